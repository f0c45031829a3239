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

data "chatlake_conversation" "gus" {
  provider = chat

  id = chatlake_conversation.gus.id
}

output "gus_waits_since" {
  value = data.chatlake_conversation.gus.waiting_since
}
