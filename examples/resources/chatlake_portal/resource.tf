resource "chatlake_portal" "help" {
  provider = chat

  slug            = "help"
  name            = "Help"
  custom_domain   = "help.example.com"
  default_locale  = "en"
  allowed_locales = ["en", "de"]
  draft_locales   = ["de"]
}

# Another picture in the file is sent by the next apply.
resource "chatlake_portal" "press" {
  provider = chat

  slug = "press"
  name = "Press"
  logo = "${path.module}/logo.png"
}

resource "chatlake_inbox" "site" {
  provider = chat

  name      = "Site"
  channel   = { type = "web_widget", website_url = "https://example.com" }
  portal_id = chatlake_portal.help.id
}
