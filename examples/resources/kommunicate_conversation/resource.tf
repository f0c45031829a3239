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

  # The customer sees the title and the greeting, and bots get the context with each message, and not the event of the welcome.
  conversation_title = "Your order 7783"
  welcome_message    = "Hello! Ask us anything about your order."
  chat_context       = { language = "en", order = "7783" }
  skip_bot_event     = ["WELCOME_EVENT"]
}

# The rules do not apply: this one belongs to an agent from the start.
resource "kommunicate_conversation" "complaint" {
  provider = chat

  group_name        = "Complaint about order 7783"
  group_member_list = [kommunicate_user.ana.user_id, "agent.one@agents.example"]
  skip_routing      = true
  assignee          = "agent.one@agents.example"
  status            = "open"

  # Sent when the assignee changes: bots leave, and the vendor's apps send switchAssignee, too.
  take_over_from_bot = true
  switch_assignee    = true
}
