resource "chatlake_captain_custom_tool" "order_status" {
  provider = chat

  title        = "Order status"
  endpoint_url = "https://orders.example.com/status"
}

data "chatlake_captain_custom_tool" "order_status" {
  provider = chat

  slug = chatlake_captain_custom_tool.order_status.slug
}
