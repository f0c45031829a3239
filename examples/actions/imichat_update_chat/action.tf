resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.imichat_update_chat.close]
    }
  }
}

action "imichat_update_chat" "close" {
  provider = chat

  config {
    chat_id = "CSR2601010000001"
    status  = "closed"
    outcome = "resolved"
  }
}
