resource "chatlake_portal" "help" {
  provider = chat

  slug = "help"
  name = "Help"
}

data "chatlake_profile" "me" {
  provider = chat
}

resource "chatlake_article" "hello" {
  provider = chat

  portal_slug = chatlake_portal.help.slug
  title       = "Hello"
  author_id   = data.chatlake_profile.me.id
}

data "chatlake_article" "hello" {
  provider = chat

  portal_slug = chatlake_portal.help.slug
  id          = chatlake_article.hello.id
}
