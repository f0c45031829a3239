variable "bot_id" {
  description = "Id of the bot that answers first, as the dashboard shows it."
  type        = string

  validation {
    condition     = trimspace(var.bot_id) != ""
    error_message = "The id of a bot is needed."
  }
}

variable "agent_id" {
  description = "User id of the agent who takes over, usually the e-mail address."
  type        = string

  validation {
    condition     = trimspace(var.agent_id) != "" && var.agent_id != var.bot_id
    error_message = "The agent is somebody else than the bot."
  }
}

variable "customers" {
  description = "Customers, by their user id."
  type = map(object({
    name  = string
    email = optional(string)
  }))
  default = {}
}

variable "conversations" {
  description = "Conversations, by your own id. handed_over gives one to the agent."
  type = map(object({
    customer    = string
    title       = string
    info        = optional(map(string))
    handed_over = optional(bool, false)
  }))
  default = {}

  validation {
    condition     = alltrue([for conversation in var.conversations : contains(keys(var.customers), conversation.customer)])
    error_message = "The customer of each conversation is one of var.customers."
  }
}

variable "handover_message" {
  description = "What the customer reads when the agent takes over."
  type        = string
  default     = "A colleague is with you now."
}
