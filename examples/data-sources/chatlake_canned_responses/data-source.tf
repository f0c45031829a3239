data "chatlake_canned_responses" "all" {
  provider = chat
}

output "short_codes" {
  value = sort(data.chatlake_canned_responses.all.canned_responses[*].short_code)
}
