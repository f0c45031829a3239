resource "chatlake_label" "vip" {
  provider = chat

  title           = "vip"
  description     = "Customers with a support contract"
  color           = "#f5a623"
  show_on_sidebar = true
}
