resource "chatlake_portal" "help" {
  provider = chat

  slug = "help"
  name = "Help"
}

data "chatlake_profile" "me" {
  provider = chat
}

resource "chatlake_article" "invoices" {
  provider = chat

  portal_slug = chatlake_portal.help.slug
  title       = "Where are my invoices?"
  author_id   = data.chatlake_profile.me.id
  slug        = "where-are-my-invoices"
  status      = "published"
  content     = "Under *Account*, *Billing*."
}
