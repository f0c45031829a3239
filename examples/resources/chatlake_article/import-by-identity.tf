import {
  provider = chat
  to       = chatlake_article.invoices
  identity = {
    account_id  = "1"
    portal_slug = "help"
    id          = "9"
  }
}
