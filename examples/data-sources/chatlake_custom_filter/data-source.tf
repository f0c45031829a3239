resource "chatlake_custom_filter" "blocked" {
  provider = chat

  name        = "Blocked"
  filter_type = "contact"
  query       = { payload = [{ attribute_key = "blocked", filter_operator = "equal_to", values = [true] }] }
}

data "chatlake_custom_filter" "blocked" {
  provider = chat

  name = chatlake_custom_filter.blocked.name
}
