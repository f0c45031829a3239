data "chatlake_webhooks" "all" {
  provider = chat
}

output "webhook_urls" {
  value = data.chatlake_webhooks.all.webhooks[*].url
}
