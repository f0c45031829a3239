variable "agents" {
  description = "People who answer, by e-mail address. People who are members of the account already are taken over."
  type = map(object({
    name = string
    role = optional(string, "agent")
  }))
  default = {}

  validation {
    condition     = alltrue([for email in keys(var.agents) : email == lower(email) && can(regex("^[^@\\s]+@[^@\\s]+$", email))])
    error_message = "Agents are named by their e-mail addresses, in lower case."
  }
}

variable "teams" {
  description = "Teams, by name, which the platform writes in lower case. Members are e-mail addresses of var.agents."
  type = map(object({
    description       = optional(string)
    members           = optional(list(string), [])
    allow_auto_assign = optional(bool, true)
  }))
  default = {}

  validation {
    condition     = alltrue([for name in keys(var.teams) : name == lower(name)])
    error_message = "A team's name is in lower case."
  }

  validation {
    condition     = alltrue(flatten([for team in var.teams : [for email in team.members : contains(keys(var.agents), email)]]))
    error_message = "Each member of a team is one of var.agents."
  }
}

variable "inboxes" {
  description = "Where customers write, by a key of your own. The types are api (webhook_url), web_widget (website_url) and email (email)."
  type = map(object({
    name          = string
    type          = optional(string, "api")
    website_url   = optional(string)
    webhook_url   = optional(string)
    email         = optional(string)
    welcome_title = optional(string)
    greeting      = optional(string)
    members       = optional(list(string), [])
  }))
  default = {}

  validation {
    condition     = alltrue([for inbox in var.inboxes : contains(["api", "web_widget", "email"], inbox.type)])
    error_message = "An inbox is of type api, web_widget or email."
  }

  validation {
    condition     = alltrue([for inbox in var.inboxes : inbox.type != "web_widget" || inbox.website_url != null])
    error_message = "An inbox of type web_widget needs a website_url."
  }

  validation {
    condition     = alltrue([for inbox in var.inboxes : inbox.type != "email" || inbox.email != null])
    error_message = "An inbox of type email needs an email."
  }

  validation {
    condition     = alltrue(flatten([for inbox in var.inboxes : [for email in inbox.members : contains(keys(var.agents), email)]]))
    error_message = "Each member of an inbox is one of var.agents."
  }
}

variable "labels" {
  description = "Labels, by title."
  type = map(object({
    description = optional(string)
    color       = optional(string)
  }))
  default = {}

  validation {
    condition     = alltrue([for title in keys(var.labels) : can(regex("^[a-z0-9][a-z0-9_-]+$", title))])
    error_message = "A label's title has lower-case letters, digits, \"_\" and \"-\", at least two."
  }

  validation {
    condition     = alltrue([for label in var.labels : label.color == null || can(regex("^#[0-9a-fA-F]{6}$", label.color))])
    error_message = "A label's color is like \"#1f93ff\"."
  }
}

variable "canned_responses_csv" {
  description = "Path of a CSV file of canned responses, with the columns short_code and content. None, unless set."
  type        = string
  default     = null

  validation {
    condition = var.canned_responses_csv == null || (can(file(var.canned_responses_csv)) && can([
      for row in csvdecode(file(var.canned_responses_csv)) : "${row.short_code}${row.content}"
    ]))
    error_message = "The file is a CSV file with the columns short_code and content."
  }
}

variable "automation_rules" {
  description = "Rules, by name. Actions assign_team and assign_agent take names of var.teams and addresses of var.agents."
  type = map(object({
    description = optional(string)
    event       = string
    join        = optional(string, "AND")
    conditions = list(object({
      attribute = string
      operator  = optional(string, "equal_to")
      values    = optional(list(string), [])
    }))
    actions = list(object({
      name   = string
      values = optional(list(string), [])
    }))
  }))
  default = {}

  validation {
    condition     = alltrue([for rule in var.automation_rules : contains(["AND", "OR"], rule.join)])
    error_message = "Conditions are joined by AND or by OR."
  }

  validation {
    condition = alltrue(flatten([for rule in var.automation_rules : [for action in rule.actions : [
      for value in action.values : contains(keys(var.teams), value)
    ] if action.name == "assign_team"]]))
    error_message = "The action assign_team takes a name of var.teams."
  }
}

variable "macros" {
  description = "Macros that all agents see: their actions, by name. Values are as in automation_rules."
  type = map(list(object({
    name   = string
    values = optional(list(string), [])
  })))
  default = {}
}

variable "help_center" {
  description = "The help centre: its folder of Markdown files has a folder for each category. None, unless set."
  type = object({
    slug   = string
    name   = string
    folder = string
    locale = optional(string, "en")
  })
  default = null

  validation {
    condition     = var.help_center == null || can(regex("^[A-Za-z0-9_-]+$", var.help_center.slug))
    error_message = "A slug has letters, digits, \"_\" and \"-\"."
  }

  validation {
    condition = var.help_center == null || alltrue([
      for path in try(fileset(var.help_center.folder, "*/*.md"), []) : startswith(file("${var.help_center.folder}/${path}"), "# ")
    ])
    error_message = "Each article begins with its title: \"# Where are my invoices?\"."
  }
}

variable "webhooks" {
  description = "Webhooks: what each posts, by address, such as [\"message_created\"]."
  type        = map(list(string))
  default     = {}

  validation {
    condition     = alltrue([for url in keys(var.webhooks) : can(regex("^https?://", url))])
    error_message = "Webhooks are named by their addresses."
  }
}
