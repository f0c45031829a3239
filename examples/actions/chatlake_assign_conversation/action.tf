resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_assign_conversation.support]
    }
  }
}

action "chatlake_assign_conversation" "support" {
  provider = chat

  config {
    conversation_id = "7"
    team_id         = "2"
  }
}
