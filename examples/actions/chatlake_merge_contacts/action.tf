resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_merge_contacts.duplicate]
    }
  }
}

action "chatlake_merge_contacts" "duplicate" {
  provider = chat

  config {
    base_contact_id   = "42"
    mergee_contact_id = "43"
  }
}
