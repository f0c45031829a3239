resource "kommunicate_conversation" "example" {
  provider = chat

  group_name        = "Order 7787"
  group_member_list = ["customer-7787"]
}

resource "kommunicate_message" "example" {
  provider = chat

  group_id       = kommunicate_conversation.example.group_id
  from_user_name = "agent.one@agents.example"
  message        = "Tell us where to deliver"
  skip_bot       = true

  rich_message = provider::chat::kommunicate_form([
    { type = "text", label = "Name", placeholder = "Your name", validation = { regex = "[A-Za-z ]+", error_text = "Letters only" } },
    {
      type  = "radio"
      name  = "when"
      title = "When?"
      options = [
        { label = "Morning", value = "am" },
        { label = "Afternoon", value = "pm" },
      ]
    },
    { type = "textarea", name = "notes", title = "Anything else?", rows = 3 },
    { type = "hidden", name = "order", value = "7787" },
    {
      type         = "submit"
      name         = "Send"
      form_action  = "https://shop.example.com/delivery"
      request_type = "json"
      message      = "Thank you!"

      # The answers stand in the conversation, too: a message with the labels, and metadata for bots.
      post_form_data_as_message = true
      add_form_label_in_message = true
      reply_metadata            = { order = "7787" }
    },
  ])
}
