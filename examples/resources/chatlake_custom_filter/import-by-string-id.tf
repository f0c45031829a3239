import {
  provider = chat
  to       = chatlake_custom_filter.waiting
  id       = "5"
}
