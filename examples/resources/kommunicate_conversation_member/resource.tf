resource "kommunicate_conversation" "order" {
  provider = chat

  group_name        = "Order 7783"
  group_member_list = ["customer-7783"]
}

# The courier takes part, beside the other members.
resource "kommunicate_conversation_member" "courier" {
  provider = chat

  group_id = kommunicate_conversation.order.group_id
  user_id  = "courier-12"
  role     = "user"
}
