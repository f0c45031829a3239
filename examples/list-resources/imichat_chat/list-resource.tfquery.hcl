list "imichat_chat" "all" {
  provider = chat

  config {
    status = "queued"
  }
}
