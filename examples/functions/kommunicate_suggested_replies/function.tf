resource "kommunicate_conversation" "example" {
  provider = chat

  group_name        = "Order 7787"
  group_member_list = ["customer-7787"]
}

resource "kommunicate_message" "example" {
  provider = chat

  group_id       = kommunicate_conversation.example.group_id
  from_user_name = "agent.one@agents.example"
  message        = "Do you want more updates?"
  skip_bot       = true

  rich_message = provider::chat::kommunicate_suggested_replies([
    { title = "Yes", message = "Cool! Send me more." },
    { title = "No", message = "Don't send it to me again." },
  ])
}
