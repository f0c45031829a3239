resource "chatlake_agent_bot" "triage" {
  provider = chat

  name         = "Triage"
  description  = "Asks what it is about, and hands over"
  outgoing_url = "https://bots.example.com/triage"
}

resource "chatlake_inbox" "app" {
  provider = chat

  name         = "App"
  channel      = { type = "api" }
  agent_bot_id = chatlake_agent_bot.triage.id
}

# Another picture in the file is sent by the next apply.
resource "chatlake_agent_bot" "greeter" {
  provider = chat

  name   = "Greeter"
  avatar = "${path.module}/greeter.png"
}
