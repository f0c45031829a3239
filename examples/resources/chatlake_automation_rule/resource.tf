resource "chatlake_team" "refunds" {
  provider = chat

  name = "refunds"
}

resource "chatlake_automation_rule" "refunds" {
  provider = chat

  name        = "Refunds"
  description = "Who asks for money back goes to the team that can give it"
  event_name  = "message_created"
  conditions = [
    { attribute_key = "message_type", filter_operator = "equal_to", values = ["incoming"], query_operator = "AND" },
    { attribute_key = "content", filter_operator = "contains", values = ["refund"] },
  ]
  actions = [
    { action_name = "assign_team", action_params = [chatlake_team.refunds.id] },
    { action_name = "add_label", action_params = ["billing"] },
  ]
}
