data "chatlake_platform_account_users" "all" {
  provider = chat

  account_id = "1"
}

output "administrators" {
  value = [for one in data.chatlake_platform_account_users.all.account_users : one.user_id if one.role == "administrator"]
}
