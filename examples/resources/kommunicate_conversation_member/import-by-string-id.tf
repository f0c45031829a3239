import {
  provider = chat
  to       = kommunicate_conversation_member.courier
  id       = "131000417/courier-12"
}
