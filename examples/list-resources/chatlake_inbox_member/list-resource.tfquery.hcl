list "chatlake_inbox_member" "all" {
  provider = chat

  config {
    inbox_id = "101"
  }
}
