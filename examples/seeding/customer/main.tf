terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}

variable "key" {
  type        = string
  description = "What no other customer has: the contact's identifier, and the source id of session and message."
}

variable "person" {
  type        = object({ name = string, city = string, country = string, plan = string, seats = number, question = string })
  description = "A row of people.csv."
}

variable "inbox_id" {
  type        = string
  description = "The inbox that the customer writes to."
}

resource "chatlake_contact" "this" {
  provider = chat

  name                  = "${var.person.name} (${var.key})"
  identifier            = var.key
  inbox_id              = var.inbox_id
  source_id             = var.key
  additional_attributes = { city = var.person.city, country = var.person.country }
  custom_attributes     = { plan = var.person.plan, seats = var.person.seats, seeded = true }
  adopt_existing        = true # A run that was killed may have left the contact.
}

resource "chatlake_conversation" "question" {
  provider = chat

  inbox_id   = var.inbox_id
  contact_id = chatlake_contact.this.id
  source_id  = chatlake_contact.this.source_id
  on_destroy = "abandon" # Destroying the contact takes its conversations and messages along.
}

resource "chatlake_message" "question" {
  provider = chat

  conversation_id = chatlake_conversation.question.id
  message_type    = "incoming"
  content         = var.person.question
  source_id       = var.key
  on_destroy      = "abandon"
}

output "conversation_id" {
  value = chatlake_conversation.question.id
}
