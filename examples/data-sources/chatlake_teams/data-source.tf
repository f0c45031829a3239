data "chatlake_teams" "all" {
  provider = chat
}

output "team_ids" {
  value = { for team in data.chatlake_teams.all.teams : team.name => team.id }
}
