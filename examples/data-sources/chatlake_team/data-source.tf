data "chatlake_team" "sandbox" {
  provider = chat

  name = "sandbox team"
}
