# The saved views of the token's user.
list "chatlake_custom_filter" "mine" {
  provider = chat
}
