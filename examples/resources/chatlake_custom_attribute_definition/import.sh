# By id, or by key.
terraform import chatlake_custom_attribute_definition.plan 42
terraform import chatlake_custom_attribute_definition.plan attribute_key:plan
