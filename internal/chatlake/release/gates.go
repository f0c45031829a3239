package release

import "slices"

// Gate says that an attribute, or a value of it, works only since a release. Older servers answer 200 and ignore it, or
// fail without a reason, so the plan refuses it.
type Gate struct {
	Type      string // The Terraform type, such as "chatlake_portal".
	Attribute string // The attribute; a dot leads into an object, such as "channel.imap_authentication".
	Since     Version

	// Values names the only values that need the release. Without it, each value does.
	Values []string

	// Defaults names values that every server has, even one that does not know the attribute. They need no release.
	Defaults []string

	// Keys names the keys of a map or an object that every server has. A map with no other key needs no release.
	Keys []string

	// Where names an attribute, and Is a value of it: the gate is only for objects with that value. Without it, it is for all.
	Where, Is string

	// Removed says that the gate is for taking the attribute out, not for setting it.
	Removed bool

	// Missing says that the gate is for leaving the attribute out.
	Missing bool

	// Instead says what to do on an older server, as a sentence. It may be empty.
	Instead string
}

// Gates returns the gates of a type.
func Gates(typeName string) []Gate {
	var found []Gate

	for _, gate := range gates {
		if gate.Type == typeName {
			found = append(found, gate)
		}
	}

	return found
}

// All returns every gate, in the order of the table.
func All() []Gate {
	return slices.Clone(gates)
}

// gates was measured on eighteen releases from 2.16.0 to 4.15.1. Attributes for which an older server says itself what is
// wrong need no gate: conditions and actions of rules, content types, webhook events, lengths and characters of names.
var gates = []Gate{
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_after", Since: "4.2.0"},
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_message", Since: "4.2.0"},
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_ignore_waiting", Since: "4.2.0"},
	{Type: "chatlake_account_settings", Attribute: "auto_resolve_label", Since: "4.3.0"},
	{Type: "chatlake_account_settings", Attribute: "audio_transcriptions", Since: "4.3.0"},
	{Type: "chatlake_account_settings", Attribute: "industry", Since: "3.7.0"},
	{Type: "chatlake_account_settings", Attribute: "company_size", Since: "3.7.0"},
	{Type: "chatlake_account_settings", Attribute: "timezone", Since: "3.7.0"},
	{Type: "chatlake_account_settings", Attribute: "referral_source", Since: "4.14.0"},
	{Type: "chatlake_account_settings", Attribute: "website", Since: "4.14.0"},
	{Type: "chatlake_account_settings", Attribute: "user_role", Since: "4.14.0"},
	{Type: "chatlake_account_settings", Attribute: "conversation_required_attributes", Since: "4.11.0"},
	{Type: "chatlake_account_settings", Attribute: "captain_models", Since: "4.10.0"},
	{Type: "chatlake_account_settings", Attribute: "captain_features", Since: "4.10.0"},

	{Type: "chatlake_agent", Attribute: "custom_role_id", Since: "3.13.0"},

	{Type: "chatlake_campaign", Attribute: "template_params", Since: "4.4.0"},
	{Type: "chatlake_agent_bot", Attribute: "bot_config", Since: "4.1.0", Keys: []string{}},
	{Type: "chatlake_agent_bot", Attribute: "avatar", Since: "3.4.0"},
	{Type: "chatlake_agent_bot", Attribute: "avatar_url", Since: "3.4.0"},

	// Unverified: the release. That of definitions of companies' custom attributes.
	{Type: "chatlake_company", Attribute: "custom_attributes", Since: "4.14.0", Keys: []string{}},

	{Type: "chatlake_contact", Attribute: "blocked", Since: "4.0.2", Defaults: []string{"false"}},
	{Type: "chatlake_contact", Attribute: "avatar_url", Since: "2.7.0"},
	// Unverified: the release. That from which on a contact gets the name of its company.
	{Type: "chatlake_contact", Attribute: "company_id", Since: "4.15.0"},

	{Type: "chatlake_conversation", Attribute: "sla_policy_id", Since: "3.7.0"},
	{
		Type: "chatlake_conversation", Attribute: "on_destroy", Since: "4.3.0", Values: []string{"delete"},
		Instead: `Use "resolve", or delete the contact or the inbox: their conversations go with them.`,
	},

	{
		Type: "chatlake_message", Attribute: "content_attributes", Since: "4.9.0",
		Keys: []string{"items", "in_reply_to", "automation_rule_id"},
	},

	{Type: "chatlake_inbox", Attribute: "lock_to_single_conversation", Since: "2.12.0", Defaults: []string{"false"}},
	{Type: "chatlake_inbox", Attribute: "portal_id", Since: "2.17.0"},
	{Type: "chatlake_inbox", Attribute: "sender_name_type", Since: "3.0.0", Defaults: []string{"friendly"}},
	{Type: "chatlake_inbox", Attribute: "business_name", Since: "3.0.0"},
	{Type: "chatlake_inbox", Attribute: "assignment_policy_id", Since: "4.5.1"},
	{Type: "chatlake_inbox", Attribute: "csat_config", Since: "4.2.0"},
	{Type: "chatlake_inbox", Attribute: "csat_config.button_text", Since: "4.9.0", Defaults: []string{"Please rate us"}},
	{Type: "chatlake_inbox", Attribute: "csat_config.language", Since: "4.9.0", Defaults: []string{"en"}},
	{Type: "chatlake_inbox", Attribute: "csat_template", Since: "4.9.0", Where: "channel.type", Is: "whatsapp"},
	// Unverified: the release. That from which on the server's source makes templates at Twilio.
	{Type: "chatlake_inbox", Attribute: "csat_template", Since: "4.10.0", Where: "channel.type", Is: "twilio_whatsapp"},
	{Type: "chatlake_inbox", Attribute: "channel.additional_attributes", Since: "2.6.0", Keys: []string{}},
	{Type: "chatlake_inbox", Attribute: "channel.allowed_domains", Since: "4.6.0"},
	// Unverified: the release. That which followed the change in the server's history.
	{Type: "chatlake_inbox", Attribute: "channel.api_key_sid", Since: "3.0.0"},
	{Type: "chatlake_inbox", Attribute: "channel.imap_authentication", Since: "4.14.0", Defaults: []string{"plain"}},
	{Type: "chatlake_inbox", Attribute: "channel.verified_for_sending", Since: "4.7.0", Defaults: []string{"false"}},

	{Type: "chatlake_inbox", Attribute: "channel.selected_feature_flags", Since: "4.12.0", Values: []string{"allow_mobile_webview"}},

	{Type: "chatlake_webhook", Attribute: "name", Since: "4.8.0"},

	{Type: "chatlake_custom_attribute_definition", Attribute: "attribute_model", Since: "4.14.0", Values: []string{"company_attribute"}},
	{Type: "chatlake_custom_attribute_definition", Attribute: "regex_pattern", Since: "3.6.0"},
	{Type: "chatlake_custom_attribute_definition", Attribute: "regex_cue", Since: "3.6.0"},

	{Type: "chatlake_assignment_policy", Attribute: "name", Since: "4.5.1"},

	{
		Type: "chatlake_automation_rule", Attribute: "event_name", Since: "4.5.0", Values: []string{"conversation_resolved"},
		Instead: "Use conversation_updated with a condition on the status.",
	},

	{Type: "chatlake_portal", Attribute: "logo", Since: "3.1.0"},
	{Type: "chatlake_portal", Attribute: "draft_locales", Since: "4.12.0"},
	{Type: "chatlake_portal", Attribute: "layout", Since: "4.14.1", Defaults: []string{"classic"}},
	{Type: "chatlake_portal", Attribute: "social_profiles", Since: "4.14.1", Keys: []string{}},
	{Type: "chatlake_portal", Attribute: "locale_translations", Since: "4.14.2", Keys: []string{}},
	{Type: "chatlake_portal", Attribute: "inbox_id", Since: "3.15.0"},
	{Type: "chatlake_portal", Attribute: "inbox_id", Since: "4.6.0", Removed: true, Instead: "Keep the inbox, or name another one."},

	{Type: "chatlake_category", Attribute: "icon", Since: "3.3.0"},
	{Type: "chatlake_category", Attribute: "icon_color", Since: "4.15.0"},

	{Type: "chatlake_article", Attribute: "locale", Since: "3.15.0"},
	{Type: "chatlake_article", Attribute: "content", Since: "4.13.0", Missing: true, Instead: "Give the article a text."},
}
