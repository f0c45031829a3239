data "imichat_users" "active" {
  provider = chat

  team_id = "101"
  status  = "active"
}

output "load" {
  value = { for user in data.imichat_users.active.users : user.login_id => user.active_chats }
}
