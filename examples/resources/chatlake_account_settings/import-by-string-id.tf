import {
  provider = chat
  to       = chatlake_account_settings.this
  id       = "1"
}
