# What a support desk holds, the same in every account: labels, canned responses, teams, and an inbox for each brand.

terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

resource "chatlake_label" "this" {
  provider = chat
  for_each = var.labels

  title       = each.key
  description = each.value
}

resource "chatlake_canned_response" "this" {
  provider = chat
  for_each = var.canned_responses

  short_code = each.key
  content    = each.value
}

resource "chatlake_team" "this" {
  provider = chat
  for_each = var.teams

  name        = each.key
  description = each.value
}

resource "chatlake_inbox" "brand" {
  provider = chat
  for_each = var.brands

  name    = each.value
  channel = { type = "api", webhook_url = var.webhook_url }
}
