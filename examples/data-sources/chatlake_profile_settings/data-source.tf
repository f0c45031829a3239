data "chatlake_profile_settings" "this" {
  provider = chat
}

output "signature" {
  value = data.chatlake_profile_settings.this.message_signature
}
