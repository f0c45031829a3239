package inbox_test

// channels are inboxes of every type of channel, each with a change.
var channels = map[string][2]values{
	"api": {
		{"webhook_url": "https://example.com/one", "hmac_mandatory": true, "additional_attributes": values{"agent_reply_time_window": 24}},
		{},
	},
	"web_widget": {
		{
			"website_url": "https://one.example.com", "widget_color": "#ff0000", "welcome_title": "Hi", "welcome_tagline": "Ask us", "reply_time": "in_a_day",
			"pre_chat_form_enabled": true, "pre_chat_form_options": values{"pre_chat_fields": []any{values{"name": "fullName"}}}, "continuity_via_email": false, "hmac_mandatory": true,
			"allowed_domains": "one.example.com", "selected_feature_flags": []any{"attachments"},
		},
		{"website_url": "https://two.example.com"},
	},
	"email":    {mail("one", "1", 993, true), {"email": "two@example.com"}},
	"line":     {{"line_channel_id": "1", "line_channel_secret_wo": "a", "line_channel_token_wo": "b"}, {"line_channel_id": "1", "line_channel_secret_wo": "c", "line_channel_secret_wo_version": "2", "line_channel_token_wo": "b"}},
	"telegram": {{"bot_token_wo": "a"}, {"bot_token_wo": "b", "bot_token_wo_version": "2"}},
	"whatsapp": {
		{"phone_number": "+14155550100", "provider": "whatsapp_cloud", "provider_config_wo": values{"api_key": "a"}},
		{"phone_number": "+14155550100", "provider": "default"},
	},
	"sms": {
		{"phone_number": "+14155550101", "provider_config_wo": values{"api_key": "a"}},
		{"phone_number": "+14155550101", "provider_config_wo": values{"api_key": "b"}, "provider_config_wo_version": "2"},
	},
	"twilio_sms": {
		{"phone_number": "+14155550103", "account_sid": "AC1", "auth_token_wo": "a", "api_key_sid": "SK1", "auth_token_wo_version": "1"},
		{"phone_number": "+14155550103", "account_sid": "AC2", "auth_token_wo": "b", "auth_token_wo_version": "2"},
	},
	"twilio_whatsapp": {
		{"messaging_service_sid": "MG1", "account_sid": "AC1", "auth_token_wo": "a"}, {"messaging_service_sid": "MG1", "account_sid": "AC2", "auth_token_wo": "a"},
	},
}
