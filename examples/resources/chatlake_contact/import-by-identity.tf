import {
  provider = chat
  to       = chatlake_contact.ana
  identity = {
    id = "42"
  }
}
