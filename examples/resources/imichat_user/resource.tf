variable "first_password" {
  type      = string
  sensitive = true
  default   = "change-me-at-the-first-login"
}

resource "imichat_user" "bo" {
  provider = chat

  login_id   = "bo.andersson"
  email_id   = "bo.andersson@example.com"
  first_name = "Bo"
  last_name  = "Andersson"

  # Sent once, never stored.
  password_wo         = var.first_password
  password_wo_version = 1

  privileges       = [{ teamid = "101", role = "Team Agent" }]
  skill_attributes = { language = "sv" }
}
