resource "kommunicate_conversation" "order" {
  provider = chat

  group_name        = "Order 7784"
  client_group_id   = "order-7784"
  group_member_list = ["customer-7784"]
}

data "kommunicate_conversation" "order" {
  provider = chat

  client_group_id = kommunicate_conversation.order.client_group_id
}

output "handled_by" {
  value = data.kommunicate_conversation.order.assignee_details.display_name
}
