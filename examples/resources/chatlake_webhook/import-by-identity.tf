import {
  provider = chat
  to       = chatlake_webhook.crm
  identity = {
    account_id = "1"
    id         = "5"
  }
}
