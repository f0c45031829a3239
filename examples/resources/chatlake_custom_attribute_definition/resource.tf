resource "chatlake_custom_attribute_definition" "plan" {
  provider = chat

  attribute_display_name = "Plan"
  attribute_key          = "plan"
  attribute_model        = "contact_attribute"
  attribute_display_type = "list"
  attribute_description  = "What the customer pays for"
  attribute_values       = ["free", "team", "enterprise"]
}
