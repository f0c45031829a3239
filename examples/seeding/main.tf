# A test environment with as many customers as you want: each contact has a conversation and has asked a question.
# The people are the rows of people.csv; if there are more contacts than rows, they come again with another number.

terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

# CHATLAKE_BASE_URL, CHATLAKE_API_ACCESS_TOKEN and CHATLAKE_ACCOUNT_ID say where.
provider "chat" {}

locals {
  people = csvdecode(file("${path.module}/people.csv"))
  rows   = [for index in range(var.contacts) : merge(local.people[index % length(local.people)], { number = index + 1 })]
}

resource "chatlake_inbox" "seeding" {
  provider = chat

  name                   = "Seeding"
  enable_auto_assignment = false
  channel                = { type = "api" }
}

# count, not for_each: Terraform itself is faster with it when there are thousands.
resource "chatlake_contact" "person" {
  provider = chat
  count    = var.contacts

  name                  = "${local.rows[count.index].name} ${local.rows[count.index].number}"
  identifier            = "${var.prefix}-${local.rows[count.index].number}"
  inbox_id              = chatlake_inbox.seeding.id
  source_id             = "${var.prefix}-${local.rows[count.index].number}"
  additional_attributes = { city = local.rows[count.index].city, country = local.rows[count.index].country }
  custom_attributes     = { plan = local.rows[count.index].plan, seats = tonumber(local.rows[count.index].seats), seeded = true }
}

resource "chatlake_conversation" "question" {
  provider = chat
  count    = var.contacts

  inbox_id   = chatlake_inbox.seeding.id
  contact_id = chatlake_contact.person[count.index].id
  source_id  = chatlake_contact.person[count.index].source_id
  on_destroy = "abandon" # Destroying the contact takes its conversations and messages along.
}

resource "chatlake_message" "question" {
  provider = chat
  count    = var.contacts

  conversation_id = chatlake_conversation.question[count.index].id
  message_type    = "incoming"
  content         = local.rows[count.index].question
  source_id       = "${var.prefix}-${local.rows[count.index].number}"
  on_destroy      = "abandon"
}
