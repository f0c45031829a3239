resource "terraform_data" "release" {
  input = "2026.11"

  lifecycle {
    action_trigger {
      events  = [after_update]
      actions = [action.chatlake_import_contacts.customers]
    }
  }
}

action "chatlake_import_contacts" "customers" {
  provider = chat

  config {
    file = "${path.module}/customers.csv"
  }
}
