import {
  provider = chat
  to       = chatlake_inbox.app
  id       = "101"
}
