resource "kommunicate_conversation" "example" {
  provider = chat

  group_name        = "Order 7787"
  group_member_list = ["customer-7787"]
}

resource "kommunicate_message" "example" {
  provider = chat

  group_id       = kommunicate_conversation.example.group_id
  from_user_name = "agent.one@agents.example"
  message        = "Your room"
  skip_bot       = true

  rich_message = provider::chat::kommunicate_images([
    { url = "https://img.example.com/room.jpg", caption = "The room" },
    { url = "https://img.example.com/view.jpg", caption = "The view" },
  ])
}
