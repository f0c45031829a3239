import {
  provider = chat
  to       = chatlake_custom_attribute_definition.plan
  id       = "5"
}
