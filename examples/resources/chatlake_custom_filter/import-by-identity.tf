import {
  provider = chat
  to       = chatlake_custom_filter.waiting
  identity = {
    account_id = "1"
    id         = "5"
  }
}
