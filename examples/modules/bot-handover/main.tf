# A hand-over from a bot to an agent on Kommunicate. Each conversation begins with the bot. Once its handed_over is true, the
# bot leaves, the agent has the conversation, and the customer is told so.

terraform {
  required_version = ">= 1.9" # Validations that look at other variables.

  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

locals {
  handed_over = { for key, conversation in var.conversations : key => conversation if conversation.handed_over }
}

resource "kommunicate_user" "customer" {
  provider = chat
  for_each = var.customers

  user_id      = each.key
  display_name = each.value.name
  email        = each.value.email
}

resource "kommunicate_conversation" "this" {
  provider = chat
  for_each = var.conversations

  client_group_id    = each.key
  group_name         = each.value.title
  group_member_list  = [kommunicate_user.customer[each.value.customer].user_id, var.bot_id, var.agent_id]
  assignee           = each.value.handed_over ? var.agent_id : var.bot_id
  take_over_from_bot = true
  skip_routing       = true
  conversation_info  = each.value.info
}

resource "kommunicate_message" "handed_over" {
  provider = chat
  for_each = local.handed_over

  group_id       = kommunicate_conversation.this[each.key].group_id
  from_user_name = var.agent_id
  message        = var.handover_message
  skip_bot       = true # The bot is not to answer this.
}
