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

data "chatlake_categories" "help" {
  provider = chat

  portal_slug = chatlake_category.start.portal_slug
}

output "category_names" {
  value = data.chatlake_categories.help.categories[*].name
}
