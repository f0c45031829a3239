data "chatlake_account_settings" "this" {
  provider = chat
}

output "language" {
  value = data.chatlake_account_settings.this.locale
}
