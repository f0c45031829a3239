resource "chatlake_portal" "help" {
  provider = chat

  slug = "help"
  name = "Help"
}

resource "chatlake_category" "billing" {
  provider = chat

  portal_slug = chatlake_portal.help.slug
  name        = "Billing"
  slug        = "billing"
  description = "Invoices and payments"
}
