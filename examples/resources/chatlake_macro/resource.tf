resource "chatlake_macro" "thanks" {
  provider = chat

  name       = "Thank and close"
  visibility = "global"
  actions = [
    { action_name = "send_message", action_params = ["Thank you for writing!"] },
    { action_name = "resolve_conversation", action_params = [] },
  ]
}

# The file is uploaded again by the next apply after its content has changed.
resource "chatlake_macro" "hours" {
  provider = chat

  name       = "Send our hours"
  visibility = "global"
  actions = [
    { action_name = "send_message", action_params = ["These are our hours."] },
    { action_name = "send_attachment", file = "${path.module}/hours.txt" },
  ]
}
