resource "chatlake_contact" "mira" {
  provider = chat

  email    = "mira@example.com"
  inbox_id = "101"
}

resource "chatlake_conversation" "order" {
  provider = chat

  inbox_id   = "101"
  contact_id = chatlake_contact.mira.id
}

resource "chatlake_conversation_participant" "lead" {
  provider = chat

  conversation_id = chatlake_conversation.order.id
  agent_id        = "12"
}

data "chatlake_conversation_participants" "order" {
  provider = chat

  conversation_id = chatlake_conversation_participant.lead.conversation_id
}

output "followers" {
  value = data.chatlake_conversation_participants.order.conversation_participants[*].name
}
