list "imichat_user" "all" {
  provider = chat

  config {
    status = "active"
  }
}
