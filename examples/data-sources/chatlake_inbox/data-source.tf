data "chatlake_inbox" "api" {
  provider = chat

  name = "Sandbox API"
}
