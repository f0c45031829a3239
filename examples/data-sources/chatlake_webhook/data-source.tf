resource "chatlake_webhook" "billing" {
  provider = chat

  url = "https://billing.example.com/chatlake"
}

data "chatlake_webhook" "billing" {
  provider = chat

  url = chatlake_webhook.billing.url
}
