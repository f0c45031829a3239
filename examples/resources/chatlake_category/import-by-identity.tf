import {
  provider = chat
  to       = chatlake_category.billing
  identity = {
    account_id  = "1"
    portal_slug = "help"
    id          = "3"
  }
}
