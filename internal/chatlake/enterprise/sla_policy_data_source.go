package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// slaPolicyKind is chatlake_sla_policy, with its data sources and its list.
func slaPolicyKind() account.Kind {
	return account.Kind{Resource: newSLAPolicyResource, DataSources: slaPolicySources.DataSources(), List: slaPolicyList.New}
}

var slaPolicySources = lookup.Sources[api.Client, api.SLAPolicy, slaPolicyData]{
	Type: "chatlake_sla_policy", Plural: "chatlake_sla_policies", ListName: "sla_policies",
	Description:       "An SLA policy of the account, by id or `name`.",
	PluralDescription: "All SLA policies of the account.",
	ListDescription:   "The SLA policies.",
	Attributes: map[string]schema.Attribute{
		"id":          attribute.Found("The policy's id."),
		"name":        attribute.Found("What the policy is called."),
		"description": attribute.Found("What the policy is for."),

		"first_response_time_threshold": attribute.FoundFloat("How soon the first answer is due, in seconds; null if the policy says nothing."),
		"next_response_time_threshold":  attribute.FoundFloat("How soon each further answer is due, in seconds; null if the policy says nothing."),
		"resolution_time_threshold":     attribute.FoundFloat("How soon a conversation is to be resolved, in seconds; null if the policy says nothing."),
		"only_during_business_hours":    attribute.FoundFlag("Whether time counts only within the inbox's working hours."),
	},
	Keys: []lookup.Key[api.SLAPolicy]{
		{
			Name: "id", Attribute: attribute.Lookup("The policy's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.SLAPolicy) string { return found.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The policy's name. Several policies may have the same one.", attribute.NotEmpty()),
			Of: func(found api.SLAPolicy) string { return found.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.SLAPolicy, error) {
		return client.SLAPolicies().All(ctx)
	},
	Model: func(found api.SLAPolicy, _ string) slaPolicyData {
		var m slaPolicyData
		m.fromAPI(found, true)

		return m
	},
}

var slaPolicyList = account.Listing[api.SLAPolicy, slaPolicyModel]{
	Type: "chatlake_sla_policy", Noun: "SLA policies",
	Description: "All SLA policies of the account.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.SLAPolicy, error) {
		return client.SLAPolicies().All(ctx)
	}),
	Name: func(found api.SLAPolicy) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *slaPolicyModel, found api.SLAPolicy, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
