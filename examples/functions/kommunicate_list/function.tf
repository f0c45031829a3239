resource "kommunicate_conversation" "example" {
  provider = chat

  group_name        = "Order 7787"
  group_member_list = ["customer-7787"]
}

resource "kommunicate_message" "example" {
  provider = chat

  group_id       = kommunicate_conversation.example.group_id
  from_user_name = "agent.one@agents.example"
  message        = "Our tours"
  skip_bot       = true

  rich_message = provider::chat::kommunicate_list({
    header_img_src = "https://img.example.com/tours.jpg"
    header_text    = "Tours in June"
    elements = [
      {
        title       = "Old town"
        description = "Two hours on foot"
        img_src     = "https://img.example.com/old-town.jpg"
        action      = { type = "link", url = "https://tours.example.com/old-town" }
      },
      { title = "Harbour", action = { type = "quick_reply", text = "Tell me about the harbour tour" } },
    ]
    buttons = [
      { name = "Talk to us", action = { type = "quick_reply", text = "I want to talk to somebody" } },
    ]
  })
}
