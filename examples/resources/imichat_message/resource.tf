resource "imichat_chat" "order" {
  provider = chat

  channel  = "whatsapp"
  asset    = { id = "whatsapp-service-key-0001" }
  customer = { destination_id = "447700900123", name = "Ana Example" }
}

resource "imichat_message" "shipped" {
  provider = chat

  chat_id           = imichat_chat.order.id
  type              = "outbound"
  whatsapp_sub_type = "hsm"
  template_name     = "order_shipped"
  delivery_details  = { correlation_id = "b7d0c2de-5e4f-4b0a-8a37-4d5f0c1b2a39" }

  # Another value sends the message once more.
  triggers = { shipment = "1" }
}
