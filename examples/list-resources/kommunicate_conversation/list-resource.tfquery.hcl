# All conversations that are open.
list "kommunicate_conversation" "open" {
  provider = chat

  config {
    status = "open"
  }
}
