list "chatlake_captain_scenario" "all" {
  provider = chat

  config {
    assistant_id = "42"
  }
}
