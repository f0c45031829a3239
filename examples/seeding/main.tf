# A test environment with as many customers as you want: each has a conversation in which they asked a question. The
# people are the rows of people.csv; if there are more customers than rows, they come again with another number.

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
}

resource "chatlake_inbox" "seeding" {
  provider = chat

  name                   = "Seeding"
  enable_auto_assignment = false
  channel                = { type = "api" }

  # A customer gets no second conversation, not even from a run that continues one that was killed.
  lock_to_single_conversation = true
}

# A module for each customer, and not three resources with count: contact[count.index] makes Terraform look at all
# contacts for each conversation, which takes minutes for a thousand.
module "customer" {
  source = "./customer"
  count  = var.customers

  key      = "${var.prefix}-${count.index + 1}"
  person   = local.people[count.index % length(local.people)]
  inbox_id = chatlake_inbox.seeding.id
}
