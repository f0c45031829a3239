list "chatlake_contact_note" "ana" {
  provider = chat

  config {
    contact_id = "42"
  }
}
