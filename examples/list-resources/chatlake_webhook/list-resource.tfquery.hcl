# All webhooks.
list "chatlake_webhook" "all" {
  provider = chat
}
