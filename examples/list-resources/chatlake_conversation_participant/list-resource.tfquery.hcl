list "chatlake_conversation_participant" "all" {
  provider = chat

  config {
    conversation_id = "7"
  }
}
