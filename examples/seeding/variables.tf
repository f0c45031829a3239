variable "customers" {
  type        = number
  default     = 1000
  description = "How many contacts to make, each with a conversation and a message."

  validation {
    condition     = var.customers >= 0 && floor(var.customers) == var.customers
    error_message = "A whole number, 0 or more."
  }
}

variable "prefix" {
  type        = string
  default     = "seed"
  description = "What the contacts' identifiers begin with; another one makes other contacts."
}
