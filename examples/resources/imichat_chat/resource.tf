resource "imichat_chat" "order" {
  provider = chat

  channel  = "api"
  asset    = { id = "api-service-key-0001" }
  customer = { destination_id = "customer-7781", name = "Ana Example" }

  # Your own id: adopt_existing and import find the chat by it.
  alias_id       = "order-4711"
  adopt_existing = true

  tags          = ["vip"]
  other_details = { order = "4711", plan = "gold" }
  outcome       = "resolved" # Sent when destroy closes the chat.

  initial_messages = [
    { type = "inbound", text = "Where is my order?", timestamp = "2026-01-31T09:30:00Z" },
    {
      type       = "inbound"
      attachment = { type = "image", url = "https://files.example.com/receipt.png" }
    },
  ]
}

# Live chat: an agent's quick replies and the visitor's choice.
resource "imichat_chat" "visitor" {
  provider = chat

  channel   = "livechat"
  asset     = { id = "im00000001" }
  customer  = { destination_id = "visitor-204" }
  thread_id = "thread-204"

  initial_messages = [
    {
      type              = "outbound"
      livechat_sub_type = "quick_replies"
      quick_replies = {
        request_identifier = "9c4f1a52-6f5e-4d5b-9a67-0d6c9a1e2b3c"
        options            = [{ title = "Track an order", payload = "track" }, { title = "Something else", payload = "other" }]
      }
    },
    {
      type              = "inbound"
      livechat_sub_type = "quick_replies"
      quick_reply_response = {
        request_identifier = "9c4f1a52-6f5e-4d5b-9a67-0d6c9a1e2b3c"
        options            = [{ title = "Track an order" }]
      }
    },
  ]
}
