data "chatlake_profile" "me" {
  provider = chat

  lifecycle {
    postcondition {
      condition     = self.role == "administrator"
      error_message = "The access token must be an administrator's."
    }
  }
}
