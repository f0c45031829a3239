import {
  provider = chat
  to       = chatlake_contact.ana
  id       = "email:ana.lima@example.com"
}
