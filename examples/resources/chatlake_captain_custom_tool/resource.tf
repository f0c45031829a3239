# The account needs the feature custom_tools. Its key is a variable, so that it is in no file.
variable "orders_key" {
  type      = string
  default   = "only-for-trials"
  sensitive = true
}

resource "chatlake_captain_custom_tool" "order_status" {
  provider = chat

  title        = "Order status"
  description  = "Tells where an order is"
  endpoint_url = "https://orders.example.com/status"
  param_schema = [{ name = "order", type = "string", description = "The order's number", required = true }]
}

resource "chatlake_captain_custom_tool" "signed" {
  provider = chat

  title        = "Cancel order"
  endpoint_url = "https://orders.example.com/cancel"
  http_method  = "POST"
  auth_type    = "bearer"
  auth_config  = { token = var.orders_key }
}
