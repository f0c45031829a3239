resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_sync_templates.whatsapp]
    }
  }
}

action "chatlake_sync_templates" "whatsapp" {
  provider = chat

  config {
    inbox_id = "104"
  }
}
