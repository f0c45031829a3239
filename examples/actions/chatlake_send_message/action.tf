resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_send_message.news]
    }
  }
}

action "chatlake_send_message" "news" {
  provider = chat

  config {
    conversation_id = "7"
    content         = "The new release is there."
  }
}
