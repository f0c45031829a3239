import {
  provider = chat
  to       = chatlake_portal.help
  id       = "5"
}
