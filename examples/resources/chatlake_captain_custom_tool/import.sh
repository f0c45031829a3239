# By id, or by the slug that the server made.
terraform import chatlake_captain_custom_tool.order_status 42
terraform import chatlake_captain_custom_tool.order_status slug:custom_order_status
