import {
  provider = chat
  to       = chatlake_macro.thanks
  id       = "5"
}
