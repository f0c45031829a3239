# The custom attributes of contacts.
list "chatlake_custom_attribute_definition" "contacts" {
  provider = chat

  config {
    attribute_model = "contact_attribute"
  }
}
