# The staging account. CHATLAKE_BASE_URL, CHATLAKE_API_ACCESS_TOKEN and CHATLAKE_ACCOUNT_ID say which one it is.

terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }

  backend "http" {}
}

provider "chat" {}

locals {
  content = "${path.module}/../../content"
}

module "desk" {
  source = "../../desk"

  labels           = yamldecode(file("${local.content}/labels.yaml"))
  canned_responses = yamldecode(file("${local.content}/canned_responses.yaml"))
  teams            = yamldecode(file("${local.content}/teams.yaml"))
  brands           = { shop = "Shop (staging)" }
}
