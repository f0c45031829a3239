resource "chatlake_portal" "help" {
  provider = chat

  slug = "help"
  name = "Help"
}

resource "chatlake_category" "start" {
  provider = chat

  portal_slug = chatlake_portal.help.slug
  name        = "Getting started"
  slug        = "start"
}

data "chatlake_category" "start" {
  provider = chat

  portal_slug = chatlake_portal.help.slug
  id          = chatlake_category.start.id
}
