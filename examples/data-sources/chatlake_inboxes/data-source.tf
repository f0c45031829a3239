data "chatlake_inboxes" "all" {
  provider = chat
}

output "websites" {
  value = { for inbox in data.chatlake_inboxes.all.inboxes : inbox.name => inbox.website_url if inbox.channel_type == "Channel::WebWidget" }
}
