import {
  provider = chat
  to       = kommunicate_message.welcome
  id       = "5-131000417-1760000001234"
}
