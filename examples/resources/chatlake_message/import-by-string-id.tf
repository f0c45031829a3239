import {
  provider = chat
  to       = chatlake_message.welcome
  id       = "7/4711"
}
