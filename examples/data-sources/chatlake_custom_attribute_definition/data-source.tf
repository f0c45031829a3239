resource "chatlake_custom_attribute_definition" "plan" {
  provider = chat

  attribute_display_name = "Plan"
  attribute_key          = "plan"
  attribute_model        = "contact_attribute"
}

data "chatlake_custom_attribute_definition" "plan" {
  provider = chat

  attribute_key   = chatlake_custom_attribute_definition.plan.attribute_key
  attribute_model = "contact_attribute"
}
