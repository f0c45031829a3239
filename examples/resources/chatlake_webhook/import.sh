terraform import chatlake_webhook.crm 5
