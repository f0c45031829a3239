# The settings of the account, with everything that an import reads.
list "chatlake_account_settings" "this" {
  provider = chat

  include_resource = true
}
