# The categories of a help center, with everything that an import reads.
list "chatlake_category" "help" {
  provider = chat

  include_resource = true

  config {
    portal_slug = "help"
  }
}
