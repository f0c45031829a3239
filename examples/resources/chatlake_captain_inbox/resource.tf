resource "chatlake_captain_assistant" "helper" {
  provider = chat

  name        = "Helper"
  description = "Answers questions about orders"
}

resource "chatlake_inbox" "shop" {
  provider = chat

  name    = "Shop"
  channel = { type = "api" }
}

resource "chatlake_captain_inbox" "shop" {
  provider = chat

  assistant_id = chatlake_captain_assistant.helper.id
  inbox_id     = chatlake_inbox.shop.id
}
