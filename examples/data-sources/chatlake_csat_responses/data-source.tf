data "chatlake_csat_responses" "bad" {
  provider = chat

  rating      = 1
  max_results = 50
}

output "complaints" {
  value = data.chatlake_csat_responses.bad.csat_responses[*].feedback_message
}
