output "users" {
  description = "User ids on Kommunicate."
  value       = [for user in kommunicate_user.customer : user.id]
}

output "conversations" {
  description = "Group ids on Kommunicate, by order."
  value       = { for number, conversation in kommunicate_conversation.order : number => conversation.group_id }
}

output "contacts" {
  description = "Contact ids on Chatlake, by customer."
  value       = { for customer, contact in chatlake_contact.customer : customer => contact.id }
}

output "chats" {
  description = "Chat ids on IMIchat, by order."
  value       = { for number, chat in imichat_chat.order : number => chat.chat_id }
}
