resource "chatlake_assignment_policy" "fair" {
  provider = chat

  name                    = "Fair"
  description             = "Whoever waits longest comes first"
  conversation_priority   = "longest_waiting"
  fair_distribution_limit = 20
}
