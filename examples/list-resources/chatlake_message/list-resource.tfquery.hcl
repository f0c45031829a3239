# The latest 50 messages of a conversation.
list "chatlake_message" "order" {
  provider = chat

  limit = 50

  config {
    conversation_id = "7"
  }
}
