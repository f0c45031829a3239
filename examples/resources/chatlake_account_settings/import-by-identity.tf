import {
  provider = chat
  to       = chatlake_account_settings.this
  identity = {
    account_id = "1"
    id         = "1"
  }
}
