import {
  provider = chat
  to       = chatlake_contact_note.ana
  id       = "42/7"
}
