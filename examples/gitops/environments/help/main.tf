# The help centre of the production account, in a state of its own: other people write it, and more often. It finds the
# inbox by its name, so the two states need not know each other.

terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }

  backend "http" {}
}

provider "chat" {}

data "chatlake_inbox" "shoes" {
  provider = chat

  name = "Shoes"
}

resource "chatlake_portal" "help" {
  provider = chat

  slug = "help"
  name = "Help for ${data.chatlake_inbox.shoes.name}"
}
