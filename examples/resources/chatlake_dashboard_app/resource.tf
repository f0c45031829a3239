resource "chatlake_dashboard_app" "orders" {
  provider = chat

  title = "Orders"
  content = [
    { url = "https://shop.example.com/agents/orders" },
  ]
}
