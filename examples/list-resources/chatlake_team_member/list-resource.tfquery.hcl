list "chatlake_team_member" "all" {
  provider = chat

  config {
    team_id = "201"
  }
}
