resource "kommunicate_conversation" "order" {
  provider = chat

  group_name        = "Order 7785"
  client_group_id   = "order-7785"
  group_member_list = ["customer-7785"]
}

# Bots do not answer what an agent or a program sends with skip_bot.
resource "kommunicate_message" "welcome" {
  provider = chat

  group_id       = kommunicate_conversation.order.group_id
  from_user_name = "agent.one@agents.example"
  message        = "Your order is on its way."
  skip_bot       = true
}

# Below the text, two replies to choose from.
resource "kommunicate_message" "question" {
  provider = chat

  group_id       = kommunicate_conversation.order.group_id
  from_user_name = "agent.one@agents.example"
  message        = "Do you want more updates?"
  skip_bot       = true

  rich_message = {
    template_id = "6"
    payload = jsonencode([
      { title = "Yes", message = "Cool! Send me more." },
      { title = "No", message = "Don't send it to me again." },
    ])
  }
}

# A file that is somewhere already; source would upload a local one.
resource "kommunicate_message" "receipt" {
  provider = chat

  client_group_id = kommunicate_conversation.order.client_group_id
  from_user_name  = "agent.one@agents.example"
  message         = "Your receipt"

  attachment = {
    url          = "https://files.example.com/receipt-7785.pdf"
    content_type = "application/pdf"
  }

  # Another value sends it again, on purpose.
  triggers = {
    revision = "1"
  }
}
