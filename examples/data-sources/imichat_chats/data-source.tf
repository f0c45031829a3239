data "imichat_chats" "waiting" {
  provider = chat

  status      = "queued"
  channel     = "whatsapp"
  max_results = 20
}

output "waiting" {
  value = { for chat in data.imichat_chats.waiting.chats : chat.chat_id => chat.created_at }
}
