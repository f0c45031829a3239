resource "chatlake_contact" "bo" {
  provider = chat

  email = "bo@example.com"
}

resource "chatlake_contact_note" "bo" {
  provider = chat

  contact_id = chatlake_contact.bo.id
  content    = "Speaks Danish."
}

data "chatlake_contact_notes" "bo" {
  provider = chat

  contact_id = chatlake_contact_note.bo.contact_id
}

output "notes" {
  value = data.chatlake_contact_notes.bo.contact_notes[*].content
}
