resource "chatlake_sla_policy" "gold" {
  provider = chat

  name                          = "Gold"
  description                   = "Customers with a support contract"
  first_response_time_threshold = 600
  next_response_time_threshold  = 1800
  resolution_time_threshold     = 86400
  only_during_business_hours    = true
}

# New conversations that are urgent get the policy.
resource "chatlake_automation_rule" "gold" {
  provider = chat

  name       = "Gold"
  event_name = "conversation_created"
  conditions = [{ attribute_key = "priority", filter_operator = "equal_to", values = ["urgent"] }]
  actions    = [{ action_name = "add_sla", action_params = [chatlake_sla_policy.gold.id] }]
}
