# What the token's user is told of, as an import reads it.
list "chatlake_notification_settings" "this" {
  provider = chat

  include_resource = true
}
