data "chatlake_assignment_policies" "all" {
  provider = chat
}

output "policies_in_force" {
  value = [for policy in data.chatlake_assignment_policies.all.assignment_policies : policy.name if policy.enabled]
}
