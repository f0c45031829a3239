import {
  provider = chat
  to       = kommunicate_conversation_member.courier
  identity = {
    group_id = "131000417"
    user_id  = "courier-12"
  }
}
