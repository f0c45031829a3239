# For what takes ephemeral values: a write-only argument, or a provider.
ephemeral "chatlake_platform_login_link" "ana" {
  provider = chat

  user_id = "11"
}
