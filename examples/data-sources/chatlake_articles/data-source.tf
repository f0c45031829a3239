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

data "chatlake_articles" "help" {
  provider = chat

  portal_slug = chatlake_article.hello.portal_slug
}

output "article_titles" {
  value = data.chatlake_articles.help.articles[*].title
}
