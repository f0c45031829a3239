resource "kommunicate_conversation" "order" {
  provider = chat

  group_name        = "Order 7786"
  group_member_list = ["customer-7786"]
}

# The newest first.
data "kommunicate_messages" "latest" {
  provider = chat

  group_id    = kommunicate_conversation.order.group_id
  max_results = 20
}

output "latest" {
  value = [for m in data.kommunicate_messages.latest.messages : m.message]
}
