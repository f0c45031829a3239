import {
  provider = chat
  to       = chatlake_conversation.order
  identity = {
    id = "7"
  }
}
