# A bot that every account of the server may use.
resource "chatlake_platform_agent_bot" "helper" {
  provider = chat

  name         = "Helper"
  description  = "Answers what is asked most"
  outgoing_url = "https://bots.example.com/helper"
}
