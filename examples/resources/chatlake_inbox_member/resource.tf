data "chatlake_agent" "ana" {
  provider = chat

  email = "first.agent@sandbox.example"
}

resource "chatlake_inbox" "app" {
  provider = chat

  name    = "App"
  channel = { type = "api" }
}

# Ana works in the inbox, beside those whom people add.
resource "chatlake_inbox_member" "ana" {
  provider = chat

  inbox_id = chatlake_inbox.app.id
  agent_id = data.chatlake_agent.ana.id
}
