data "chatlake_automation_rules" "all" {
  provider = chat
}

output "rules_in_force" {
  value = [for rule in data.chatlake_automation_rules.all.automation_rules : rule.name if rule.active]
}
