import {
  provider = chat
  to       = chatlake_webhook.crm
  id       = "5"
}
