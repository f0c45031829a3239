data "chatlake_conversations" "unassigned" {
  provider = chat

  status        = "open"
  assignee_type = "unassigned"
  max_results   = 50
}

output "unassigned_conversations" {
  value = [for conversation in data.chatlake_conversations.unassigned.conversations : conversation.id]
}
