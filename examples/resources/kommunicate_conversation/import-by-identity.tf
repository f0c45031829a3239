import {
  provider = chat
  to       = kommunicate_conversation.order
  identity = {
    group_id = "131000417"
  }
}
