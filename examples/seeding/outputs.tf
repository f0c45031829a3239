output "inbox_id" {
  value = chatlake_inbox.seeding.id
}

output "contacts" {
  value = length(chatlake_contact.person)
}

output "first_conversation" {
  value = one(slice(chatlake_conversation.question[*].id, 0, min(1, var.contacts)))
}
