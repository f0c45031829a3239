# Two accounts with the same content: the main one, which the environment names as in staging, and the European one.

terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }

  backend "http" {}
}

provider "chat" {}

# What is not written here comes from the environment, such as the address.
provider "chat" {
  alias = "europe"

  chatlake = {
    account_id       = var.europe_account_id
    api_access_token = var.europe_api_access_token
  }
}

variable "europe_account_id" {
  description = "Number of the European account."
  type        = string
}

variable "europe_api_access_token" {
  description = "Token of an administrator of the European account."
  type        = string
  sensitive   = true
}

locals {
  content          = "${path.module}/../../content"
  labels           = yamldecode(file("${local.content}/labels.yaml"))
  canned_responses = yamldecode(file("${local.content}/canned_responses.yaml"))
  teams            = yamldecode(file("${local.content}/teams.yaml"))
}

module "desk" {
  source = "../../desk"

  labels           = local.labels
  canned_responses = local.canned_responses
  teams            = local.teams
  brands           = { shoes = "Shoes", hats = "Hats" }
}

module "desk_europe" {
  source    = "../../desk"
  providers = { chat = chat.europe }

  labels           = local.labels
  canned_responses = local.canned_responses
  teams            = local.teams
  brands           = { shoes = "Shoes (Europe)" }
}
