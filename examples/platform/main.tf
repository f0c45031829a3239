# From nothing to a desk: an account, its people and their roles, by the token of a platform app; and then, with the token of
# the account's own administrator, what is in the account. One apply makes all of it.

terraform {
  required_version = ">= 1.11"

  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

# The installation. A super administrator makes the token: Super Admin Console > Platform Apps.
provider "chat" {
  chatlake = {
    base_url              = var.base_url
    platform_access_token = var.platform_access_token
  }
}

resource "chatlake_platform_account" "shop" {
  provider = chat

  name   = "Shop"
  locale = "en"
  limits = { agents = 20, inboxes = 5 }
}

resource "chatlake_platform_user" "people" {
  provider = chat
  for_each = var.people

  name                = each.value.name
  email               = each.key
  password_wo         = var.first_password
  password_wo_version = 1
}

resource "chatlake_platform_account_user" "people" {
  provider = chat
  for_each = var.people

  account_id = chatlake_platform_account.shop.id
  user_id    = chatlake_platform_user.people[each.key].id
  role       = each.value.role
}

# In no plan and no state. It asks by the person's place in the account, so that the person is there before the token is used.
ephemeral "chatlake_platform_user_token" "owner" {
  provider = chat

  user_id = chatlake_platform_account_user.people[var.owner].user_id
}

# The account. While it is being made, its id and the token are not known: everything below is planned as new.
provider "chat" {
  alias = "shop"

  chatlake = {
    base_url         = var.base_url
    api_access_token = ephemeral.chatlake_platform_user_token.owner.access_token
    account_id       = chatlake_platform_account_user.people[var.owner].account_id
  }
}

resource "chatlake_inbox" "website" {
  provider = chat.shop

  name    = "Website"
  channel = { type = "web_widget", website_url = "https://shop.example" }
}

resource "chatlake_team" "support" {
  provider = chat.shop

  name       = "support"
  member_ids = [for person in chatlake_platform_account_user.people : person.user_id]
}

resource "chatlake_label" "vip" {
  provider = chat.shop

  title = "vip"
}

output "account_id" {
  value = chatlake_platform_account.shop.id
}
