package releases

var types = []Type{
	{
		Name: "chatlake_account_settings", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_agent", Plural: "chatlake_agents", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_agent_bot", Plural: "chatlake_agent_bots", Read: Member, Write: Administrator, Since: "1.17.0",
		Note: "The bot's `secret` is shown to administrators only.",
	},
	{
		Name: "chatlake_article", Plural: "chatlake_articles", Read: Administrator, Write: Administrator,
	},
	{
		Name: "chatlake_assignment_policy", Plural: "chatlake_assignment_policies", Read: Administrator, Write: Administrator, Since: "4.5.1",
		Note: "Servers before 4.13.0 store a policy and do not act on it: assignment follows the inbox's own settings there.",
	},
	{
		Name: "chatlake_automation_rule", Plural: "chatlake_automation_rules", Read: Administrator, Write: Administrator, Since: "2.1.0",
		Note: "A word for an event, a condition or an action that is newer than the server is refused by the server when it is applied.",
	},
	{
		Name: "chatlake_canned_response", Plural: "chatlake_canned_responses", Read: Member, Write: Member,
	},
	{
		Name: "chatlake_category", Plural: "chatlake_categories", Read: Administrator, Write: Administrator,
	},
	{
		Name: "chatlake_contact", Plural: "chatlake_contacts", Read: Member, Write: Member, Destroy: Administrator,
	},
	{
		Name: "chatlake_contact_inbox", Read: InboxMember, Write: InboxMember,
	},
	{
		Name: "chatlake_contact_note", Plural: "chatlake_contact_notes", Read: Member, Write: Member, Since: "1.22.0",
	},
	{
		Name: "chatlake_conversation", Plural: "chatlake_conversations", Read: InboxMember, Write: InboxMember,
		Note: "Only an administrator may delete a conversation (`on_destroy = \"delete\"`).",
	},
	{
		Name: "chatlake_custom_attribute_definition", Plural: "chatlake_custom_attribute_definitions", Read: Member, Write: Administrator, Since: "1.18.2",
	},
	{
		Name: "chatlake_custom_filter", Plural: "chatlake_custom_filters", Read: Owner, Write: Owner, Since: "1.18.0",
	},
	{
		Name: "chatlake_dashboard_app", Plural: "chatlake_dashboard_apps", Read: Member, Write: Member, Since: "2.6.0",
	},
	{
		Name: "chatlake_inbox", Plural: "chatlake_inboxes", Read: InboxMember, Write: Administrator,
		Note: "Keys and passwords of an inbox are shown to administrators only.",
	},
	{
		Name: "chatlake_label", Plural: "chatlake_labels", Read: Member, Write: Administrator,
		Note: "Servers before 4.14.0 leave a destroyed label on the contacts and conversations that carry it.",
	},
	{
		Name: "chatlake_macro", Plural: "chatlake_macros", Read: Member, Write: Member, Since: "2.8.0",
		Note: "A personal macro is found with its owner's token only, and only an administrator may make or change a global one.",
	},
	{
		Name: "chatlake_message", Plural: "chatlake_messages", Read: InboxMember, Write: InboxMember,
	},
	{
		Name: "chatlake_portal", Plural: "chatlake_portals", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_profile", Read: Owner,
	},
	{
		Name: "chatlake_server", Read: Member,
	},
	{
		Name: "chatlake_team", Plural: "chatlake_teams", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_webhook", Plural: "chatlake_webhooks", Read: Administrator, Write: Administrator,
	},
}

const (
	ignores = "ignores it"
	refuses = "refuses it"
)

var gates = []Gate{
	{Type: "chatlake_account_settings", Attribute: "industry", Since: "3.7.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "company_size", Since: "3.7.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "timezone", Since: "3.7.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_after", Since: "4.2.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_message", Since: "4.2.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_ignore_waiting", Since: "4.2.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_label", Since: "4.3.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "audio_transcriptions", Since: "4.3.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "referral_source", Since: "4.14.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "website", Since: "4.14.0", Before: ignores},
	{Type: "chatlake_account_settings", Attribute: "user_role", Since: "4.14.0", Before: ignores},

	{Type: "chatlake_agent", Attribute: "custom_role_id", Since: "3.13.0", Edition: Enterprise, Before: ignores},

	{Type: "chatlake_agent_bot", Attribute: "avatar_url", Since: "3.4.0", Before: ignores},
	{Type: "chatlake_agent_bot", Attribute: "bot_config", Since: "4.1.0", Before: ignores},
	{Type: "chatlake_agent_bot", Attribute: "secret", Since: "4.13.0", Before: "has none"},

	{Type: "chatlake_article", Attribute: "locale", Since: "3.15.0", Before: ignores},
	{Type: "chatlake_article", Attribute: "content", Missing: true, Since: "4.13.0", Before: "refuses an article without content"},

	{
		Type: "chatlake_automation_rule", Attribute: "event_name", Value: "conversation_resolved", Since: "4.5.0",
		Before: "stores the rule and never acts on it",
	},

	{Type: "chatlake_category", Attribute: "icon", Since: "3.3.0", Before: ignores},
	{Type: "chatlake_category", Attribute: "icon_color", Since: "4.15.0", Before: ignores},

	{Type: "chatlake_contact", Attribute: "avatar_url", Since: "2.7.0", Before: ignores},
	{Type: "chatlake_contact", Attribute: "blocked", Since: "4.0.2", Before: "does not tell it"},

	{Type: "chatlake_conversation", Attribute: "on_destroy", Value: "delete", Since: "4.3.0", Before: "cannot delete a conversation"},
	{Type: "chatlake_conversation", Attribute: "status", Value: "snoozed", Since: "1.18.2", Before: refuses},
	{Type: "chatlake_conversation", Attribute: "custom_attributes", Since: "1.21.0", Before: refuses},
	{Type: "chatlake_conversation", Attribute: "priority", Since: "2.17.0", Before: refuses},

	{Type: "chatlake_custom_attribute_definition", Attribute: "regex_pattern", Since: "3.6.0", Before: ignores},
	{Type: "chatlake_custom_attribute_definition", Attribute: "regex_cue", Since: "3.6.0", Before: ignores},
	{
		Type: "chatlake_custom_attribute_definition", Attribute: "attribute_model", Value: "company_attribute", Since: "4.14.0",
		Edition: Enterprise, Before: "answers with an error of its own (500)",
	},

	{Type: "chatlake_inbox", Attribute: "lock_to_single_conversation", Since: "2.12.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "portal_id", Since: "2.17.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "sender_name_type", Since: "3.0.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "business_name", Since: "3.0.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "csat_config", Since: "4.2.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "csat_config.button_text", Except: []string{"Please rate us"}, Since: "4.9.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "csat_config.language", Except: []string{"en"}, Since: "4.9.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "assignment_policy_id", Since: "4.5.1", Before: refuses},
	{Type: "chatlake_inbox", Attribute: "channel.additional_attributes", Since: "2.6.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "channel.allowed_domains", Since: "4.6.0", Before: ignores},
	{
		Type: "chatlake_inbox", Attribute: "channel.selected_feature_flags", Value: "allow_mobile_webview", Since: "4.12.0",
		Before: "answers with an error of its own (500)",
	},
	{Type: "chatlake_inbox", Attribute: "channel.imap_authentication", Except: []string{"plain"}, Since: "4.14.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "channel.verified_for_sending", Since: "4.7.0", Before: ignores},
	{Type: "chatlake_inbox", Attribute: "secret", Since: "4.13.0", Before: "has none"},

	{Type: "chatlake_message", Attribute: "template_params", Since: "2.6.0", Before: ignores},
	{
		Type: "chatlake_message", Attribute: "content_attributes", Except: []string{"items", "in_reply_to"}, Since: "4.9.0",
		Before: "keeps no key but `items` and `in_reply_to`",
	},

	{Type: "chatlake_portal", Attribute: "inbox_id", Since: "3.15.0", Before: ignores},
	{Type: "chatlake_portal", Attribute: "inbox_id", Removing: true, Since: "4.6.0", Before: "keeps the inbox"},
	{Type: "chatlake_portal", Attribute: "draft_locales", Since: "4.12.0", Before: "may lose the portal's languages"},
	{Type: "chatlake_portal", Attribute: "layout", Except: []string{"classic"}, Since: "4.14.1", Before: "may lose the portal's languages"},
	{Type: "chatlake_portal", Attribute: "social_profiles", Since: "4.14.1", Before: "may lose the portal's languages"},
	{Type: "chatlake_portal", Attribute: "locale_translations", Since: "4.14.2", Before: "may lose the portal's languages"},

	{Type: "chatlake_webhook", Attribute: "subscriptions", Since: "2.5.0", Before: ignores},
	{Type: "chatlake_webhook", Attribute: "name", Since: "4.8.0", Before: ignores},
	{Type: "chatlake_webhook", Attribute: "secret", Since: "4.11.2", Before: "has none"},
}
