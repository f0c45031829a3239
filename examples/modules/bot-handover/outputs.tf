output "group_ids" {
  description = "The platform's ids of the conversations, by your own."
  value       = { for key, conversation in kommunicate_conversation.this : key => conversation.group_id }
}

output "handed_over" {
  description = "Conversations that the agent has."
  value       = sort(keys(local.handed_over))
}
