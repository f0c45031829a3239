import {
  provider = chat
  to       = kommunicate_conversation.order
  id       = "client:order-7783"
}
