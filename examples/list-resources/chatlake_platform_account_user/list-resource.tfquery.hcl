# Who is in an account, with everything that an import reads.
list "chatlake_platform_account_user" "all" {
  provider = chat

  include_resource = true

  config {
    account_id = "42"
  }
}
