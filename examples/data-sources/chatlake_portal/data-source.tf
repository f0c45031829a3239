resource "chatlake_portal" "help" {
  provider = chat

  slug = "help"
  name = "Help"
}

data "chatlake_portal" "help" {
  provider = chat

  slug = chatlake_portal.help.slug
}
