data "chatlake_report" "year" {
  provider = chat

  type  = "account"
  since = "2026-01-01T00:00:00Z"
  until = "2027-01-01T00:00:00Z"
}

output "conversations" {
  value = {
    this_year = data.chatlake_report.year.conversations_count
    last_year = data.chatlake_report.year.previous.conversations_count
  }
}
