package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// slaPolicyKind is chatlake_sla_policy, with its data sources and its list.
func slaPolicyKind() account.Kind {
	return account.Kind{Resource: newSLAPolicyResource, DataSources: slaPolicySources.DataSources(), List: slaPolicyList.New}
}

// slaPolicyModel is an SLA policy in a configuration and in state.
type slaPolicyModel struct {
	slaPolicyData

	Timeouts timeouts.Value `tfsdk:"timeouts"`
}

// slaPolicyData is what the platform has of an SLA policy.
type slaPolicyData struct {
	ID            types.String  `tfsdk:"id"`
	Name          types.String  `tfsdk:"name"`
	Description   types.String  `tfsdk:"description"`
	FirstResponse types.Float64 `tfsdk:"first_response_time_threshold"`
	NextResponse  types.Float64 `tfsdk:"next_response_time_threshold"`
	Resolution    types.Float64 `tfsdk:"resolution_time_threshold"`
	BusinessHours types.Bool    `tfsdk:"only_during_business_hours"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *slaPolicyData) fromAPI(found api.SLAPolicy, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.FirstResponse = account.Track(everything, m.FirstResponse, types.Float64PointerValue(found.FirstResponse))
	m.NextResponse = account.Track(everything, m.NextResponse, types.Float64PointerValue(found.NextResponse))
	m.Resolution = account.Track(everything, m.Resolution, types.Float64PointerValue(found.Resolution))
	m.BusinessHours = types.BoolValue(found.BusinessHours)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates an SLA policy.
func (m *slaPolicyData) changeFrom(prior slaPolicyData) api.SLAPolicyRequest {
	return api.SLAPolicyRequest{
		Name:          account.TextChange(prior.Name, m.Name),
		Description:   account.TextChange(prior.Description, m.Description),
		FirstResponse: account.FloatChange(prior.FirstResponse, m.FirstResponse),
		NextResponse:  account.FloatChange(prior.NextResponse, m.NextResponse),
		Resolution:    account.FloatChange(prior.Resolution, m.Resolution),
		BusinessHours: account.FlagChange(prior.BusinessHours, m.BusinessHours),
	}
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
