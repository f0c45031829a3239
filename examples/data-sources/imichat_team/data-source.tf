data "imichat_team" "support" {
  provider = chat

  name = "Support"
}

output "support_team_id" {
  value = data.imichat_team.support.id
}
