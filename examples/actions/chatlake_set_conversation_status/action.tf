resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_set_conversation_status.done]
    }
  }
}

action "chatlake_set_conversation_status" "done" {
  provider = chat

  config {
    conversation_id = "7"
    status          = "resolved"
  }
}
