variable "customers" {
  description = "Customers, by their user id."
  type = map(object({
    name         = string
    email        = string
    phone_number = string
  }))

  default = {
    mira = {
      name         = "Mira Sample"
      email        = "mira@example.com"
      phone_number = "+447700900001"
    }
    theo = {
      name         = "Theo Sample"
      email        = "theo@example.com"
      phone_number = "+447700900002"
    }
    juno = {
      name         = "Juno Sample"
      email        = "juno@example.com"
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
    { number = "1001", customer = "mira" },
    { number = "1002", customer = "juno", tags = ["order", "express"] },
  ]
}

variable "imichat_asset_id" {
  description = "The number that text messages are sent from, as the tenant knows it."
  type        = string
  default     = "447700900100"
}
