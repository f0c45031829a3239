import {
  provider = chat
  to       = chatlake_article.invoices
  id       = "help/9"
}
