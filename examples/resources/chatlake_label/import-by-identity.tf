import {
  provider = chat
  to       = chatlake_label.vip
  identity = {
    account_id = "1"
    id         = "42"
  }
}
