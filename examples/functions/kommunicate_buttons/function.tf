resource "kommunicate_conversation" "example" {
  provider = chat

  group_name        = "Order 7787"
  group_member_list = ["customer-7787"]
}

resource "kommunicate_message" "example" {
  provider = chat

  group_id       = kommunicate_conversation.example.group_id
  from_user_name = "agent.one@agents.example"
  message        = "How would you like to pay?"
  skip_bot       = true

  rich_message = provider::chat::kommunicate_buttons([
    { type = "link", name = "Compare prices", url = "https://shop.example.com/prices", open_link_in_new_tab = true },
    {
      type        = "submit"
      name        = "Pay now"
      form_action = "https://shop.example.com/pay"
      form_data   = { order = "7787", amount = 129.9 }
      reply_text  = "Paid, thank you!"
    },
  ])
}
