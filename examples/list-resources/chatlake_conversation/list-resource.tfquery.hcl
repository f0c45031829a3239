# All open conversations of an inbox.
list "chatlake_conversation" "open" {
  provider = chat

  config {
    inbox_id = "3"
    status   = "open"
  }
}
