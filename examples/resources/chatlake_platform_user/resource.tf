resource "chatlake_platform_user" "ana" {
  provider = chat

  name  = "Ana Admin"
  email = "ana@shop.example"

  # In no plan and no state. Give it from outside, as by a variable that is ephemeral, and raise the version with it.
  password_wo         = "Change-me-1!"
  password_wo_version = 1
}
