resource "kommunicate_user" "ana" {
  provider = chat

  user_id      = "customer-7783"
  display_name = "Ana Example"
}

# The account's rules choose the assignee and add their members.
resource "kommunicate_conversation" "order" {
  provider = chat

  group_name        = "Order 7783"
  client_group_id   = "order-7783"
  group_member_list = [kommunicate_user.ana.user_id]

  # Agents see these beside the chat.
  conversation_info = {
    total = "129.90"
    items = "3"
  }
}

# The rules do not apply: this one belongs to an agent from the start.
resource "kommunicate_conversation" "complaint" {
  provider = chat

  group_name        = "Complaint about order 7783"
  group_member_list = [kommunicate_user.ana.user_id, "agent.one@agents.example"]
  skip_routing      = true
  assignee          = "agent.one@agents.example"
  status            = "open"
}
