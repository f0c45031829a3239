resource "chatlake_contact" "fay" {
  provider = chat

  name     = "Fay Adeyemi"
  inbox_id = "101"
}

resource "chatlake_conversation" "fay" {
  provider = chat

  inbox_id   = "101"
  contact_id = chatlake_contact.fay.id
}

# From the agent whose token is used. The platform renders the template.
resource "chatlake_message" "welcome" {
  provider = chat

  conversation_id = chatlake_conversation.fay.id
  content         = "Hello {{contact.name}}, how can we help?"
}

# From the contact: in API inboxes only.
resource "chatlake_message" "question" {
  provider = chat

  conversation_id = chatlake_conversation.fay.id
  content         = "Where is my order?"
  message_type    = "incoming"
  source_id       = "app-message-1"

  depends_on = [chatlake_message.welcome]
}

# A choice of answers.
resource "chatlake_message" "choice" {
  provider = chat

  conversation_id = chatlake_conversation.fay.id
  content         = "Which one?"
  content_type    = "input_select"
  content_attributes = {
    items = [
      { title = "The lamp", value = "lamp" },
      { title = "The chair", value = "chair" },
    ]
  }

  depends_on = [chatlake_message.question]
}
