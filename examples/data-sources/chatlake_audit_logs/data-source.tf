data "chatlake_audit_logs" "january" {
  provider = chat

  since       = "2026-01-01T00:00:00Z"
  max_results = 200
}

output "who_changed_webhooks" {
  value = [for log in data.chatlake_audit_logs.january.audit_logs : log.username if log.auditable_type == "Webhook"]
}
