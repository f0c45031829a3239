package permission

var types = []Type{
	{
		Name: "chatlake_account_settings", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_agent", Path: "agents", Plural: "chatlake_agents", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_agent_bot", Path: "agent_bots", Plural: "chatlake_agent_bots", Read: Member, Write: Administrator, Since: "1.17.0",
		Note: "The bot's `secret` is shown to administrators only.",
	},
	{
		Name: "chatlake_agent_capacity_policy", Path: "agent_capacity_policies", Plural: "chatlake_agent_capacity_policies", Read: Administrator, Write: Administrator,
		Edition: Enterprise, Since: "4.6.0",
	},
	{
		Name: "chatlake_applied_slas", Path: "applied_slas", Read: Administrator, Edition: Enterprise, Since: "2.17.0",
	},
	{
		Name: "chatlake_article", Path: "portals/*/articles", Plural: "chatlake_articles", Read: Administrator, Write: Administrator,
	},
	{
		Name: "chatlake_assignment_policy", Path: "assignment_policies", Plural: "chatlake_assignment_policies", Read: Administrator, Write: Administrator, Since: "4.5.1",
		Note: "Servers before 4.13.0 store a policy and do not act on it: assignment follows the inbox's own settings there.",
	},
	{
		Name: "chatlake_audit_logs", Path: "audit_logs", Read: Administrator, Edition: Enterprise, Since: "2.15.0", Features: []string{"audit_logs"},
		Note: "The server goes on logging while the feature is off.",
	},
	{
		Name: "chatlake_automation_rule", Path: "automation_rules", Plural: "chatlake_automation_rules", Read: Administrator, Write: Administrator, Since: "2.1.0",
		Note: "A word for an event, a condition or an action that is newer than the server is refused by the server when it is applied.",
	},
	{
		Name: "chatlake_campaign", Path: "campaigns", Plural: "chatlake_campaigns", Read: Administrator, Write: Administrator, Since: "1.16.1",
	},
	{
		Name: "chatlake_canned_response", Path: "canned_responses", Plural: "chatlake_canned_responses", Read: Member, Write: Member,
	},
	{
		Name: "chatlake_captain_assistant", Path: "captain/assistants", Plural: "chatlake_captain_assistants", Read: Member, Write: Administrator,
		Edition: Enterprise, Since: "4.0.0",
	},
	{
		// Unverified: that one of the two features is enough. The recorded server had both on, or both off.
		Name: "chatlake_captain_custom_tool", Path: "captain/custom_tools", Plural: "chatlake_captain_custom_tools", Read: Member, Write: Administrator,
		Edition: Enterprise, Since: "4.7.0", Features: []string{"custom_tools", "captain_integration_v2"},
		Note: "What a tool signs its requests with is shown to administrators only.",
	},
	{
		Name: "chatlake_captain_document", Path: "captain/documents", Plural: "chatlake_captain_documents", Read: Member, Write: Administrator,
		Edition: Enterprise, Since: "4.0.0",
	},
	{
		Name: "chatlake_captain_inbox", Path: "captain/assistants/*/inboxes", Plural: "chatlake_captain_inboxes", Read: Member, Write: Administrator,
		Edition: Enterprise, Since: "4.0.0",
	},
	{
		Name: "chatlake_captain_response", Path: "captain/assistant_responses", Plural: "chatlake_captain_responses", Read: Member, Write: Administrator,
		Edition: Enterprise, Since: "4.0.0",
	},
	{
		Name: "chatlake_captain_scenario", Path: "captain/assistants/*/scenarios", Plural: "chatlake_captain_scenarios", Read: Member, Write: Administrator,
		Edition: Enterprise, Since: "4.4.0",
	},
	{
		Name: "chatlake_category", Path: "portals/*/categories", Plural: "chatlake_categories", Read: Administrator, Write: Administrator,
	},
	{
		Name: "chatlake_company", Path: "companies", Plural: "chatlake_companies", Read: Member, Write: Member, Destroy: Administrator,
		Edition: Enterprise, Since: "4.7.0", Features: []string{"companies"},
	},
	{
		Name: "chatlake_contact", Path: "contacts", Plural: "chatlake_contacts", Read: Member, Write: Member, Destroy: Administrator,
	},
	{
		Name: "chatlake_contact_inbox", Path: "contacts/*/contact_inboxes", Read: InboxMember, Write: InboxMember,
	},
	{
		Name: "chatlake_contact_note", Path: "contacts/*/notes", Plural: "chatlake_contact_notes", Read: Member, Write: Member, Since: "1.22.0",
	},
	{
		Name: "chatlake_conversation", Path: "conversations", Plural: "chatlake_conversations", Read: InboxMember, Write: InboxMember,
		Note: "Only an administrator may delete a conversation (`on_destroy = \"delete\"`).",
	},
	{
		Name: "chatlake_conversation_participant", Path: "conversations/*/participants", Plural: "chatlake_conversation_participants", Read: InboxMember, Write: InboxMember, Since: "2.14.0",
	},
	{
		Name: "chatlake_csat_responses", Path: "csat_survey_responses", Read: Administrator,
		Note: "An agent whose custom role has `report_manage` may read them, too.",
	},
	{
		Name: "chatlake_custom_attribute_definition", Path: "custom_attribute_definitions", Plural: "chatlake_custom_attribute_definitions", Read: Member, Write: Administrator, Since: "1.18.2",
	},
	{
		Name: "chatlake_custom_filter", Path: "custom_filters", Plural: "chatlake_custom_filters", Read: Owner, Write: Owner, Since: "1.18.0",
	},
	{
		Name: "chatlake_custom_role", Path: "custom_roles", Plural: "chatlake_custom_roles", Read: Administrator, Write: Administrator,
		Edition: Enterprise, Since: "3.13.0",
	},
	{
		Name: "chatlake_dashboard_app", Path: "dashboard_apps", Plural: "chatlake_dashboard_apps", Read: Member, Write: Member, Since: "2.6.0",
	},
	{
		Name: "chatlake_inbox", Path: "inboxes", MadeAt: "channels/twilio_channel", Plural: "chatlake_inboxes", Read: InboxMember, Write: Administrator,
		Note: "Keys and passwords of an inbox are shown to administrators only.",
	},
	{
		Name: "chatlake_inbox_member", Path: "inbox_members", Read: InboxMember, Write: Administrator,
		Note: "Servers before 1.20.0 cannot take an agent out.",
	},
	{
		Name: "chatlake_integration_apps", Path: "integrations/apps", Read: Member, Since: "1.16.1",
		Note: "An agent's token does not see which settings an app takes.",
	},
	{
		Name: "chatlake_integration_hook", Path: "integrations/hooks", Plural: "chatlake_integration_hooks", Read: Administrator, Write: Administrator, Since: "1.16.1",
		Note: "`leadsquared` needs the feature `crm_integration` of the account.",
	},
	{
		Name: "chatlake_label", Path: "labels", Plural: "chatlake_labels", Read: Member, Write: Administrator,
		Note: "Servers before 4.14.0 leave a destroyed label on the contacts and conversations that carry it.",
	},
	{
		Name: "chatlake_macro", Path: "macros", Plural: "chatlake_macros", Read: Member, Write: Member, Since: "2.8.0",
		Note: "A personal macro is found with its owner's token only, and only an administrator may make or change a global one.",
	},
	{
		Name: "chatlake_message", Path: "conversations/*/messages", Plural: "chatlake_messages", Read: InboxMember, Write: InboxMember,
	},
	{
		Name: "chatlake_notification_settings", Path: "notification_settings", Read: Owner, Write: Owner,
	},
	{
		Name: "chatlake_platform_account", Path: "-", Plural: "chatlake_platform_accounts", Read: PlatformApp, Write: PlatformApp, Since: "1.12.0",
		Note: "An app reaches what it made, and what a super administrator gave it.",
	},
	{
		Name: "chatlake_platform_account_user", Path: "-", Plural: "chatlake_platform_account_users", Read: PlatformApp, Write: PlatformApp, Since: "1.12.0",
		Note: "The account has to be one that the app made or was given.",
	},
	{
		Name: "chatlake_platform_agent_bot", Path: "-", Plural: "chatlake_platform_agent_bots", Read: PlatformApp, Write: PlatformApp, Since: "1.12.0",
		Note: "An app reaches what it made, and what a super administrator gave it.",
	},
	{
		Name: "chatlake_platform_user", Path: "-", Read: PlatformApp, Write: PlatformApp, Since: "1.12.0",
		Note: "An app reaches whom it made, and whom it was given.",
	},
	{
		Name: "chatlake_portal", Path: "portals", Plural: "chatlake_portals", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_profile", Path: "-", Read: Owner,
	},
	{
		Name: "chatlake_profile_settings", Path: "-", Read: Owner, Write: Owner,
	},
	{
		Name: "chatlake_report", Path: "reports", Read: Administrator,
		Note: "An agent whose custom role has `report_manage` may read it, too.",
	},
	{
		Name: "chatlake_saml_settings", Path: "saml_settings", Read: Administrator, Write: Administrator,
		Edition: Enterprise, Since: "4.6.0", Features: []string{"saml"},
	},
	{
		Name: "chatlake_server", Path: "-", Read: Member,
	},
	{
		Name: "chatlake_sla_policy", Path: "sla_policies", Plural: "chatlake_sla_policies", Read: Member, Write: Administrator,
		Edition: Enterprise, Since: "2.17.0",
	},
	{
		Name: "chatlake_team", Path: "teams", Plural: "chatlake_teams", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_team_member", Path: "teams/*/team_members", Read: Member, Write: Administrator,
	},
	{
		Name: "chatlake_webhook", Path: "webhooks", Plural: "chatlake_webhooks", Read: Administrator, Write: Administrator,
	},
}
