variable "labels" {
  description = "Labels: their descriptions, by title."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for title in keys(var.labels) : can(regex("^[a-z0-9][a-z0-9_-]+$", title))])
    error_message = "A label's title has lower-case letters, digits, \"_\" and \"-\", at least two."
  }
}

variable "canned_responses" {
  description = "Canned responses: their texts, by short code."
  type        = map(string)
  default     = {}
}

variable "teams" {
  description = "Teams: their descriptions, by name. The platform writes names in lower case."
  type        = map(string)
  default     = {}

  validation {
    condition     = alltrue([for name in keys(var.teams) : name == lower(name)])
    error_message = "A team's name is in lower case."
  }
}

variable "brands" {
  description = "Brands that customers write to: the names of their inboxes, by a key of your own."
  type        = map(string)
  default     = {}
}

variable "webhook_url" {
  description = "Where the platform posts what happens in the brands' inboxes. Nowhere, unless set."
  type        = string
  default     = null
}
