data "chatlake_agent_bot" "sandbox" {
  provider = chat

  name = "Sandbox bot"
}
