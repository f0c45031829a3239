resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.kommunicate_send_message.news]
    }
  }
}

action "kommunicate_send_message" "news" {
  provider = chat

  config {
    group_id       = "131000417"
    from_user_name = "agent.one@agents.example"
    message        = "The new release is there."
    skip_bot       = true
  }
}
