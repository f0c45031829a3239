resource "chatlake_custom_role" "reports" {
  provider = chat

  name        = "Reports"
  permissions = ["report_manage"]
}

data "chatlake_custom_role" "reports" {
  provider = chat

  name = chatlake_custom_role.reports.name
}
