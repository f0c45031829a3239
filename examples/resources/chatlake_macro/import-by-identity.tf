import {
  provider = chat
  to       = chatlake_macro.thanks
  identity = {
    account_id = "1"
    id         = "5"
  }
}
