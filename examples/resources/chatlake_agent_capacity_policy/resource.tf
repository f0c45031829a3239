# Who works part time gets five conversations of the shop at most. Spam and what is older than a week do not count.
resource "chatlake_agent_capacity_policy" "part_time" {
  provider = chat

  name        = "Part-time"
  description = "Twenty hours a week"

  exclusion_rules = {
    excluded_labels          = [chatlake_label.spam.title]
    exclude_older_than_hours = 168
  }

  inbox_limits = [{ inbox_id = chatlake_inbox.shop.id, conversation_limit = 5 }]
  user_ids     = [chatlake_agent.ana.id]
}

resource "chatlake_inbox" "shop" {
  provider = chat

  name    = "Shop"
  channel = { type = "api" }
}

resource "chatlake_label" "spam" {
  provider = chat

  title = "spam"
}

resource "chatlake_agent" "ana" {
  provider = chat

  name  = "Ana"
  email = "ana@example.com"
}
