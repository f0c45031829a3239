resource "chatlake_contact" "emil" {
  provider = chat

  name = "Emil Novak"
}

# A further session, in which conversations can be opened.
resource "chatlake_contact_inbox" "emil_app" {
  provider = chat

  contact_id = chatlake_contact.emil.id
  inbox_id   = "101"
  source_id  = "app-user-4711"
}
