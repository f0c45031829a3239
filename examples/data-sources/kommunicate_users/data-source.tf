# Ids that nobody has are left out of the answer.
data "kommunicate_users" "team" {
  provider = chat

  user_ids = ["agent.one@agents.example", "agent.two@agents.example", "bot"]
}

# Without ids, users are listed.
data "kommunicate_users" "bots" {
  provider = chat

  role = "bot"
}

output "bots" {
  value = data.kommunicate_users.bots.users[*].display_name
}

output "online" {
  value = [for user in data.kommunicate_users.team.users : user.display_name if user.connected]
}
