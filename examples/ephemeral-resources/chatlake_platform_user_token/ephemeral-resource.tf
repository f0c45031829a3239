ephemeral "chatlake_platform_user_token" "ana" {
  provider = chat

  user_id = "11"
}

# A second configuration of the provider, in the account of that person.
provider "chat" {
  alias = "shop"

  chatlake = {
    api_access_token = ephemeral.chatlake_platform_user_token.ana.access_token
    account_id       = "1"
  }
}
