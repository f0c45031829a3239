# By id, or by address.
terraform import chatlake_webhook.crm 42
terraform import chatlake_webhook.crm url:https://example.com/chat
