# The articles of a help center, with everything that an import reads.
list "chatlake_article" "help" {
  provider = chat

  include_resource = true

  config {
    portal_slug = "help"
  }
}
