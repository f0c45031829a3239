resource "chatlake_sla_policy" "gold" {
  provider = chat

  name                          = "Gold"
  first_response_time_threshold = 600
}

data "chatlake_sla_policy" "gold" {
  provider = chat

  name = chatlake_sla_policy.gold.name
}
