output "team_ids" {
  description = "Ids of the teams, by name."
  value       = { for name, team in chatlake_team.this : name => team.id }
}

output "inbox_ids" {
  description = "Ids of the brands' inboxes, by the brand's key."
  value       = { for brand, inbox in chatlake_inbox.brand : brand => inbox.id }
}

output "canned_response_ids" {
  description = "Ids of the canned responses, by short code."
  value       = { for code, response in chatlake_canned_response.this : code => response.id }
}
