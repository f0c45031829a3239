package permission

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
