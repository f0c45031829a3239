resource "chatlake_assignment_policy" "fair" {
  provider = chat

  name                    = "Fair"
  description             = "Whoever waits longest comes first"
  conversation_priority   = "longest_waiting"
  fair_distribution_limit = 20
}

resource "chatlake_inbox" "app" {
  provider = chat

  name                 = "App"
  channel              = { type = "api" }
  assignment_policy_id = chatlake_assignment_policy.fair.id
}
