data "chatlake_agent" "first" {
  provider = chat

  email = "first.agent@sandbox.example"
}
