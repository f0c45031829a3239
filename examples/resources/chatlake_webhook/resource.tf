resource "chatlake_webhook" "crm" {
  provider = chat

  url           = "https://crm.example.com/chatlake"
  name          = "CRM"
  subscriptions = ["contact_created", "contact_updated", "message_created"]
}
