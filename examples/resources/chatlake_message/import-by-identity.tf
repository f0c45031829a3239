import {
  provider = chat
  to       = chatlake_message.welcome
  identity = {
    conversation_id = "7"
    id              = "4711"
  }
}
