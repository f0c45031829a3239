data "chatlake_agent" "ana" {
  provider = chat

  email = "first.agent@sandbox.example"
}

resource "chatlake_team" "support" {
  provider = chat

  name = "support"
}

# Ana is in the team, beside those whom people add.
resource "chatlake_team_member" "ana" {
  provider = chat

  team_id  = chatlake_team.support.id
  agent_id = data.chatlake_agent.ana.id
}
