import {
  provider = chat
  to       = chatlake_contact_inbox.emil_app
  identity = {
    contact_id = "42"
    inbox_id   = "101"
    source_id  = "app-user-4711"
  }
}
