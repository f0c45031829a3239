# The sessions of one contact.
list "chatlake_contact_inbox" "ana" {
  provider = chat

  config {
    contact_id = "42"
  }
}
