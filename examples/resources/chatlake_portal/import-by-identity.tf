import {
  provider = chat
  to       = chatlake_portal.help
  identity = {
    account_id = "1"
    id         = "5"
  }
}
