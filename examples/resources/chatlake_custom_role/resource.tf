resource "chatlake_custom_role" "second_line" {
  provider = chat

  name        = "Second line"
  description = "Handles what the first line passes on, and reads reports"
  permissions = ["conversation_participating_manage", "conversation_unassigned_manage", "report_manage"]
}

resource "chatlake_agent" "bo" {
  provider = chat

  email          = "bo@example.com"
  name           = "Bo"
  custom_role_id = chatlake_custom_role.second_line.id
}
