# A support desk on Chatlake, or on any other Chatwoot. What it holds is in the variables.

terraform {
  required_version = ">= 1.9" # Validations that look at other variables.

  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

locals {
  canned_responses = var.canned_responses_csv == null ? {} : {
    for row in csvdecode(file(var.canned_responses_csv)) : row.short_code => row.content
  }

  # Names in rules and macros become the platform's ids.
  ids = {
    assign_team  = { for name, team in chatlake_team.this : name => team.id }
    assign_agent = { for email, agent in chatlake_agent.this : email => agent.id }
  }
}

resource "chatlake_agent" "this" {
  provider = chat
  for_each = var.agents

  email          = each.key
  name           = each.value.name
  role           = each.value.role
  adopt_existing = true # People often have an account before the desk is in Terraform.
}

resource "chatlake_team" "this" {
  provider = chat
  for_each = var.teams

  name              = each.key
  description       = each.value.description
  allow_auto_assign = each.value.allow_auto_assign
  member_ids        = [for email in each.value.members : chatlake_agent.this[email].id]
}

resource "chatlake_inbox" "this" {
  provider = chat
  for_each = var.inboxes

  name = each.value.name
  channel = {
    type          = each.value.type
    website_url   = each.value.website_url
    webhook_url   = each.value.webhook_url
    email         = each.value.email
    welcome_title = each.value.welcome_title
  }
  greeting_enabled = each.value.greeting != null
  greeting_message = each.value.greeting
  member_ids       = [for email in each.value.members : chatlake_agent.this[email].id]
}

resource "chatlake_label" "this" {
  provider = chat
  for_each = var.labels

  title           = each.key
  description     = each.value.description
  color           = each.value.color
  show_on_sidebar = true
}

resource "chatlake_canned_response" "this" {
  provider = chat
  for_each = local.canned_responses

  short_code = each.key
  content    = each.value
}

resource "chatlake_automation_rule" "this" {
  provider = chat
  for_each = var.automation_rules

  name        = each.key
  description = each.value.description
  event_name  = each.value.event
  conditions = [for i, condition in each.value.conditions : {
    attribute_key   = condition.attribute
    filter_operator = condition.operator
    values          = condition.values
    query_operator  = i < length(each.value.conditions) - 1 ? each.value.join : null
  }]
  actions = [for action in each.value.actions : {
    action_name   = action.name
    action_params = [for value in action.values : try(local.ids[action.name][value], value)]
  }]
}

resource "chatlake_macro" "this" {
  provider = chat
  for_each = var.macros

  name       = each.key
  visibility = "global"
  actions = [for action in each.value : {
    action_name   = action.name
    action_params = [for value in action.values : try(local.ids[action.name][value], value)]
  }]
}

resource "chatlake_webhook" "this" {
  provider = chat
  for_each = var.webhooks

  url           = each.key
  subscriptions = each.value
}
