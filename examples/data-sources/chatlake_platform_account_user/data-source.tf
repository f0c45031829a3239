data "chatlake_platform_account_user" "ana" {
  provider = chat

  account_id = "1"
  user_id    = "11"
}

output "ana_role" {
  value = data.chatlake_platform_account_user.ana.role
}
