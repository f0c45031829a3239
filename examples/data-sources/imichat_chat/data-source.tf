resource "imichat_chat" "order" {
  provider = chat

  channel          = "api"
  asset            = { id = "api-service-key-0001" }
  customer         = { destination_id = "customer-7781" }
  alias_id         = "order-4711"
  initial_messages = [{ type = "inbound", text = "Where is my order?" }]
}

# By chat_id, or by alias_id, which costs more requests.
data "imichat_chat" "order" {
  provider = chat

  chat_id = imichat_chat.order.chat_id
}

output "transcript" {
  value = [for message in data.imichat_chat.order.messages : "${message.type}: ${coalesce(message.text, "(no text)")}"]
}
