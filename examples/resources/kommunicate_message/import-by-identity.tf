import {
  provider = chat
  to       = kommunicate_message.welcome
  identity = {
    message_key = "5-131000417-1760000001234"
  }
}
