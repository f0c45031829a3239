import {
  provider = chat
  to       = chatlake_contact_inbox.emil_app
  id       = "42/101/app-user-4711"
}
