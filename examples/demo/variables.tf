variable "customers" {
  description = "Customers, by their user id."
  type = map(object({
    name         = string
    email        = string
    phone_number = string
  }))

  default = {
    ada = {
      name         = "Ada Lovelace"
      email        = "ada@example.com"
      phone_number = "+447700900001"
    }
    alan = {
      name         = "Alan Turing"
      email        = "alan@example.com"
      phone_number = "+447700900002"
    }
    grace = {
      name         = "Grace Hopper"
      email        = "grace@example.com"
      phone_number = "+12025550103"
    }
  }
}

variable "orders" {
  description = "Open orders; each gets a conversation and a chat."
  type = list(object({
    number   = string
    customer = string
    tags     = optional(list(string), ["order"])
  }))

  default = [
    { number = "1001", customer = "ada" },
    { number = "1002", customer = "grace", tags = ["order", "express"] },
  ]
}

variable "imichat_asset_id" {
  description = "The number that text messages are sent from, as the tenant knows it."
  type        = string
  default     = "447700900100"
}
