variable "base_url" {
  description = "Address of the server."
  type        = string
}

variable "platform_access_token" {
  description = "Access token of a platform app."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "first_password" {
  description = "The password that new people sign in with."
  type        = string
  sensitive   = true
  ephemeral   = true
}

variable "owner" {
  description = "Whose token makes what is in the account: an administrator among the people."
  type        = string
  default     = "ana@shop.example"
}

variable "people" {
  description = "The people of the account, by e-mail address."
  type        = map(object({ name = string, role = optional(string, "agent") }))
  default = {
    "ana@shop.example" = { name = "Ana Admin", role = "administrator" }
    "ben@shop.example" = { name = "Ben Agent" }
  }
}
