resource "chatlake_agent" "support" {
  provider = chat

  email = "support.agent@example.com"
}

# Customers write through your own program.
resource "chatlake_inbox" "app" {
  provider = chat

  name = "Mobile app"
  channel = {
    type        = "api"
    webhook_url = "https://example.com/chatlake"
  }
  greeting_enabled = true
  greeting_message = "Hello! How can we help?"
  member_ids       = [chatlake_agent.support.id]
}

# Customers write on a site, in working hours.
resource "chatlake_inbox" "site" {
  provider = chat

  name   = "Site"
  avatar = "${path.module}/site.png"
  channel = {
    type          = "web_widget"
    website_url   = "https://example.com"
    welcome_title = "Hi there"
  }
  timezone              = "Europe/Lisbon"
  working_hours_enabled = true
  out_of_office_message = "We are back tomorrow."
  working_hours = [
    { day_of_week = 0, closed_all_day = true },
    { day_of_week = 6, open_hour = 10, close_hour = 14, close_minutes = 30 },
  ]
}

# Customers write e-mail. The password is in no state; a new version sends it again.
variable "imap_password" {
  type      = string
  default   = "change-me"
  sensitive = true
}

resource "chatlake_inbox" "mail" {
  provider = chat

  name = "Mail"
  channel = {
    type                     = "email"
    email                    = "support@example.com"
    imap_enabled             = true
    imap_address             = "imap.example.com"
    imap_port                = 993
    imap_login               = "support@example.com"
    imap_password_wo         = var.imap_password
    imap_password_wo_version = "1"
  }
  timeouts = {
    delete = "5m"
  }
}

# Customers write WhatsApp messages, by way of Twilio. The platform tries the token when it makes the inbox.
variable "twilio_auth_token" {
  type      = string
  default   = "change-me"
  sensitive = true
}

resource "chatlake_inbox" "whatsapp" {
  provider = chat

  name = "WhatsApp"
  channel = {
    type                  = "twilio_whatsapp"
    phone_number          = "+14155550100"
    account_sid           = "AC00000000000000000000000000000000"
    auth_token_wo         = var.twilio_auth_token
    auth_token_wo_version = "1"
  }
  # WhatsApp takes a question for a rating only as a template. Twilio judges it later: see csat_template.status.
  csat_survey_enabled = true
  csat_template = {
    message  = "How did we do? It takes one click."
    language = "en"
  }
}
