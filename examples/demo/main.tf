terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

# Where the platforms are, and the credentials for them, come from the environment.
provider "chat" {}

locals {
  orders = { for order in var.orders : order.number => order }
}

# Each customer is known on Kommunicate and on Chatlake, under the same key.
resource "kommunicate_user" "customer" {
  provider = chat
  for_each = var.customers

  user_id      = each.key
  display_name = each.value.name
  email        = each.value.email
}

resource "chatlake_contact" "customer" {
  provider = chat
  for_each = var.customers

  name         = each.value.name
  email        = each.value.email
  phone_number = each.value.phone_number
  identifier   = kommunicate_user.customer[each.key].user_id
}

# Each order has a conversation with its customer, and a chat for text messages that names the conversation.
resource "kommunicate_conversation" "order" {
  provider = chat
  for_each = local.orders

  group_name        = "Order ${each.key}"
  client_group_id   = "order-${each.key}"
  group_member_list = [kommunicate_user.customer[each.value.customer].user_id]
  status            = "open"

  conversation_info = {
    chatlake_contact = chatlake_contact.customer[each.value.customer].id
  }
}

resource "imichat_chat" "order" {
  provider = chat
  for_each = local.orders

  channel  = "sms"
  alias_id = "order-${each.key}"
  tags     = each.value.tags

  asset = {
    id = var.imichat_asset_id
  }

  customer = {
    destination_id = chatlake_contact.customer[each.value.customer].phone_number
    name           = chatlake_contact.customer[each.value.customer].name
  }

  other_details = {
    kommunicate_group_id = kommunicate_conversation.order[each.key].group_id
  }
}
