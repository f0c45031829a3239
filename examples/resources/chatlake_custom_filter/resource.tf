resource "chatlake_custom_filter" "waiting" {
  provider = chat

  name        = "Waiting for us"
  filter_type = "conversation"
  query = {
    payload = [
      { attribute_key = "status", filter_operator = "equal_to", values = ["open"], query_operator = "and" },
      { attribute_key = "priority", filter_operator = "equal_to", values = ["urgent"] },
    ]
  }
}
