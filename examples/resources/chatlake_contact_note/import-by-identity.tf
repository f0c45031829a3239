import {
  provider = chat
  to       = chatlake_contact_note.ana
  identity = {
    account_id = "1"
    contact_id = "42"
    id         = "7"
  }
}
