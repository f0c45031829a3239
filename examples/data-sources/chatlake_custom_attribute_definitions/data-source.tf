data "chatlake_custom_attribute_definitions" "all" {
  provider = chat
}

output "contact_attributes" {
  value = [for definition in data.chatlake_custom_attribute_definitions.all.custom_attribute_definitions : definition.attribute_key if definition.attribute_model == "contact_attribute"]
}
