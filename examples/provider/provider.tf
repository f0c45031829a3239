terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

# Configure the platforms you use; leave the others out. Credentials may come from the environment instead:
# KOMMUNICATE_API_KEY, CHATLAKE_API_ACCESS_TOKEN, IMICHAT_API_KEY.
provider "chat" {
  kommunicate = {
    api_key        = var.kommunicate_api_key
    acting_user_id = "agent@example.com"
  }
  chatlake = {
    base_url         = "https://chat.example.com"
    api_access_token = var.chatlake_api_access_token
    account_id       = "1"
  }
  imichat = {
    base_url = "https://tenant.imi.chat"
    api_key  = var.imichat_api_key
    domain   = "tenant.imi.chat"
    team_id  = "1001"
  }
}

variable "kommunicate_api_key" {
  type      = string
  sensitive = true
}

variable "chatlake_api_access_token" {
  type      = string
  sensitive = true
}

variable "imichat_api_key" {
  type      = string
  sensitive = true
}
