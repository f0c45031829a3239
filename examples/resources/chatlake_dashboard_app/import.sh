# By id, or by title.
terraform import chatlake_dashboard_app.orders 42
terraform import chatlake_dashboard_app.orders title:CRM
