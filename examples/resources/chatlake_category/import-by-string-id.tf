import {
  provider = chat
  to       = chatlake_category.billing
  id       = "help/3"
}
