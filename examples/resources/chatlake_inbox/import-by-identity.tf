import {
  provider = chat
  to       = chatlake_inbox.app
  identity = {
    account_id = "1"
    id         = "101"
  }
}
