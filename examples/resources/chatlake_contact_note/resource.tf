resource "chatlake_contact" "ana" {
  provider = chat

  name  = "Ana Pires"
  email = "ana@example.com"
}

resource "chatlake_contact_note" "ana" {
  provider = chat

  contact_id = chatlake_contact.ana.id
  content    = "Prefers to be called in the afternoon."
}
