resource "kommunicate_conversation" "example" {
  provider = chat

  group_name        = "Order 7787"
  group_member_list = ["customer-7787"]
}

resource "kommunicate_message" "example" {
  provider = chat

  group_id       = kommunicate_conversation.example.group_id
  from_user_name = "agent.one@agents.example"
  message        = "Where would you like to stay?"
  skip_bot       = true

  rich_message = provider::chat::kommunicate_cards([
    {
      title       = "Hotel Mar"
      subtitle    = "By the sea"
      title_ext   = "120 EUR"
      description = "Breakfast included"
      header      = { img_src = "https://img.example.com/mar.jpg", overlay_text = "New" }
      buttons = [
        { name = "Details", action = { type = "link", url = "https://hotels.example.com/mar" } },
        { name = "Book", action = { type = "quickReply", message = "Book Hotel Mar" } },
      ]
    },
    { title = "Hotel Sol", subtitle = "In town" },
  ])
}
