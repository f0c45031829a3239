import {
  provider = chat
  to       = chatlake_canned_response.hours
  identity = {
    account_id = "1"
    id         = "5"
  }
}
