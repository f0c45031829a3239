# By id, or by login_id within a team.
data "imichat_user" "agent" {
  provider = chat

  login_id = "agent.one"
}

output "takes_chats" {
  value = data.imichat_user.agent.accepting_chats
}
