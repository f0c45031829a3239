# What visitors of a page are asked after half a minute.
resource "chatlake_campaign" "help" {
  provider = chat

  title         = "Help with the order"
  description   = "For visitors who hesitate"
  message       = "Can we help you?"
  inbox_id      = chatlake_inbox.website.id
  trigger_rules = { url = "https://shop.example/cart*", time_on_page = 30 }
}

resource "chatlake_inbox" "website" {
  provider = chat

  name    = "Website"
  channel = { type = "web_widget", website_url = "https://shop.example" }
}

# What customers with a label are sent once.
resource "chatlake_inbox" "sms" {
  provider = chat

  name    = "SMS"
  channel = { type = "sms", phone_number = "+14155550143" }
}

resource "chatlake_label" "newsletter" {
  provider = chat

  title = "newsletter"
}

resource "chatlake_campaign" "sale" {
  provider = chat

  title        = "Spring sale"
  message      = "The sale begins today."
  inbox_id     = chatlake_inbox.sms.id
  scheduled_at = "2098-03-01T09:00:00+01:00"
  audience     = [{ type = "Label", id = chatlake_label.newsletter.id }]
}
