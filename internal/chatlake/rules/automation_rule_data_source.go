package rules

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// automationRuleSources are the data sources chatlake_automation_rule and chatlake_automation_rules.
var automationRuleSources = lookup.Sources[api.Client, api.AutomationRule, ruleData]{
	Type: "chatlake_automation_rule", Plural: "chatlake_automation_rules", ListName: "automation_rules",
	Description:       "An automation rule, by id or `name`.",
	PluralDescription: "All automation rules of the account.",
	ListDescription:   "The automation rules.",
	Attributes: map[string]schema.Attribute{
		"id":          attribute.Found("The rule's id."),
		"name":        attribute.Found("What the rule is called."),
		"description": attribute.Found("What the rule is for."),
		"event_name":  attribute.Found("When the rule acts."),
		"conditions":  attribute.Found("On what, as JSON."),
		"actions":     attribute.Found("What is done, as JSON."),
		"active":      attribute.FoundFlag("Whether the rule is in force."),
		"created_on":  attribute.Found("When it was made. RFC 3339, in UTC."),
	},
	Keys: []lookup.Key[api.AutomationRule]{
		{
			Name: "id", Attribute: attribute.Lookup("The automation rule's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(rule api.AutomationRule) string { return rule.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("What the rule is called. It is an error if several have it.", attribute.NotEmpty()),
			Of: func(rule api.AutomationRule) string { return rule.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.AutomationRule, error) {
		return client.AutomationRules(ctx)
	},
	Model: func(rule api.AutomationRule, _ string) ruleData {
		var m ruleData
		m.fromAPI(rule)

		return m
	},
}
