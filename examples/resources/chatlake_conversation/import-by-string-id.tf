import {
  provider = chat
  to       = chatlake_conversation.order
  id       = "7"
}
