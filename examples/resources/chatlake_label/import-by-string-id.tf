import {
  provider = chat
  to       = chatlake_label.vip
  id       = "42"
}
