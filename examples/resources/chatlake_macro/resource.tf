resource "chatlake_macro" "thanks" {
  provider = chat

  name       = "Thank and close"
  visibility = "global"
  actions = [
    { action_name = "send_message", action_params = ["Thank you for writing!"] },
    { action_name = "resolve_conversation", action_params = [] },
  ]
}
