data "chatlake_webhooks" "all" {
  provider = chat
}

output "webhook_names" {
  value = data.chatlake_webhooks.all.webhooks[*].name
}
