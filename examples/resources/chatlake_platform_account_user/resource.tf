resource "chatlake_platform_account" "shop" {
  provider = chat

  name = "Shop"
}

resource "chatlake_platform_user" "ana" {
  provider = chat

  name                = "Ana Admin"
  email               = "ana@shop.example"
  password_wo         = "Change-me-1!"
  password_wo_version = 1
}

resource "chatlake_platform_account_user" "ana" {
  provider = chat

  account_id = chatlake_platform_account.shop.id
  user_id    = chatlake_platform_user.ana.id
  role       = "administrator"
}
