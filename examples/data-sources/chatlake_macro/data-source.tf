resource "chatlake_macro" "close" {
  provider = chat

  name    = "Close"
  actions = [{ action_name = "resolve_conversation", action_params = [] }]
}

data "chatlake_macro" "close" {
  provider = chat

  name = chatlake_macro.close.name
}
