data "chatlake_platform_account" "shop" {
  provider = chat

  id = "1"
}

output "shop_features" {
  value = data.chatlake_platform_account.shop.features
}
