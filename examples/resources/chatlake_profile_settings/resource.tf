resource "chatlake_profile_settings" "this" {
  provider = chat

  display_name      = "Ada"
  message_signature = "Ada from Acme"
  auto_offline      = true
}
