# Suggestions for agents. The key is in no plan and no state: give it from outside, as by a variable that is ephemeral, and raise the
# version with it.
resource "chatlake_integration_hook" "openai" {
  provider = chat

  app_id              = "openai"
  settings            = { label_suggestion = true }
  settings_wo         = { api_key = "sk-example" }
  settings_wo_version = 1
}

# A bot for one inbox.
resource "chatlake_inbox" "website" {
  provider = chat

  name    = "Website"
  channel = { type = "web_widget", website_url = "https://shop.example" }
}

resource "chatlake_integration_hook" "bot" {
  provider = chat

  app_id              = "dialogflow"
  inbox_id            = chatlake_inbox.website.id
  settings            = { project_id = "shop", region = "europe-west1" }
  settings_wo         = { credentials = { type = "service_account", private_key = "example" } }
  settings_wo_version = 1
}
