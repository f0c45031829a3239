data "imichat_teams" "all" {
  provider = chat
}

output "team_ids" {
  value = { for team in data.imichat_teams.all.teams : team.name => team.id }
}
