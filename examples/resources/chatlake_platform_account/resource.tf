resource "chatlake_platform_account" "shop" {
  provider = chat

  name          = "Shop"
  locale        = "de"
  support_email = "help@shop.example"
  features      = { help_center = true, campaigns = false }
  limits        = { agents = 20, inboxes = 5 }
}
