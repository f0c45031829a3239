import {
  provider = chat
  to       = chatlake_dashboard_app.orders
  identity = {
    account_id = "1"
    id         = "5"
  }
}
