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

data "chatlake_message" "gus" {
  provider = chat

  conversation_id = chatlake_conversation.gus.id
  id              = chatlake_message.gus.id
}

output "gus_message_deleted" {
  value = data.chatlake_message.gus.deleted
}
