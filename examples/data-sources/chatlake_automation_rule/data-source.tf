resource "chatlake_automation_rule" "urgent" {
  provider = chat

  name       = "Urgent"
  event_name = "conversation_created"
  conditions = []
  actions    = [{ action_name = "change_priority", action_params = ["urgent"] }]
}

data "chatlake_automation_rule" "urgent" {
  provider = chat

  name = chatlake_automation_rule.urgent.name
}

output "actions" {
  value = jsondecode(data.chatlake_automation_rule.urgent.actions)
}
