import {
  provider = chat
  to       = chatlake_dashboard_app.orders
  id       = "5"
}
