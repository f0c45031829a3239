import {
  provider = chat
  to       = chatlake_custom_attribute_definition.plan
  identity = {
    account_id = "1"
    id         = "5"
  }
}
