resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_run_macro.close]
    }
  }
}

action "chatlake_run_macro" "close" {
  provider = chat

  config {
    macro_id         = "5"
    conversation_ids = ["7", "8"]
  }
}
