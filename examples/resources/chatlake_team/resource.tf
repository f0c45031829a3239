resource "chatlake_agent" "ana" {
  provider = chat

  email = "ana@example.com"
  name  = "Ana Pires"
}

resource "chatlake_team" "second_line" {
  provider = chat

  name              = "second line"
  description       = "Takes what the first line cannot answer"
  allow_auto_assign = false
  member_ids        = [chatlake_agent.ana.id]
}
