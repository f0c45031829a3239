data "chatlake_notification_settings" "this" {
  provider = chat
}

output "can_be_mailed" {
  value = data.chatlake_notification_settings.this.all_email_flags
}
