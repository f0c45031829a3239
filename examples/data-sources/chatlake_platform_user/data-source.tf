data "chatlake_platform_user" "ana" {
  provider = chat

  id = "11"
}

output "ana_email" {
  value = data.chatlake_platform_user.ana.email
}
