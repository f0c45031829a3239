data "chatlake_applied_slas" "missed" {
  provider = chat

  since = "2026-01-01T00:00:00Z"
  until = "2027-01-01T00:00:00Z"
}

output "conversations_with_missed_slas" {
  value = data.chatlake_applied_slas.missed.applied_slas[*].conversation_id
}
