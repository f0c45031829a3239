resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.imichat_append_message.notice]
    }
  }
}

action "imichat_append_message" "notice" {
  provider = chat

  config {
    chat_id = "CSR2601010000001"
    type    = "announcement"
    text    = "We are back in ten minutes."
  }
}
