resource "chatlake_contact" "gus" {
  provider = chat

  name     = "Gus Petrov"
  inbox_id = "101"
}

resource "chatlake_conversation" "gus" {
  provider = chat

  inbox_id   = "101"
  contact_id = chatlake_contact.gus.id
}

resource "chatlake_message" "gus" {
  provider = chat

  conversation_id = chatlake_conversation.gus.id
  content         = "Hello"
}

data "chatlake_messages" "gus" {
  provider = chat

  conversation_id = chatlake_conversation.gus.id
  max_results     = 20

  depends_on = [chatlake_message.gus]
}

output "gus_transcript" {
  value = [for message in data.chatlake_messages.gus.messages : message.content if message.message_type != "activity"]
}
