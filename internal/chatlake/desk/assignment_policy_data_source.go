package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// assignmentPolicySources are the data sources chatlake_assignment_policy and chatlake_assignment_policies.
var assignmentPolicySources = lookup.Sources[api.Client, api.AssignmentPolicy, assignmentPolicyData]{
	Type: "chatlake_assignment_policy", Plural: "chatlake_assignment_policies", ListName: "assignment_policies",
	Description:       "An assignment policy, by id or `name`.",
	PluralDescription: "All assignment policies of the account.",
	ListDescription:   "The assignment policies.",
	Attributes: map[string]schema.Attribute{
		"id":                       attribute.Found("The policy's id."),
		"name":                     attribute.Found("What the policy is called."),
		"description":              attribute.Found("What the policy is for."),
		"assignment_order":         attribute.Found("Who is next."),
		"conversation_priority":    attribute.Found("Which conversation is next."),
		"fair_distribution_limit":  attribute.FoundNumber("How many conversations an agent gets at most within the window."),
		"fair_distribution_window": attribute.FoundNumber("The window, in seconds."),
		"enabled":                  attribute.FoundFlag("Whether the policy is in force."),
	},
	Keys: []lookup.Key[api.AssignmentPolicy]{
		{
			Name: "id", Attribute: attribute.Lookup("The assignment policy's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.AssignmentPolicy) string { return found.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The policy's name.", attribute.NotEmpty()),
			Of: func(found api.AssignmentPolicy) string { return found.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.AssignmentPolicy, error) {
		return client.AssignmentPolicies(ctx)
	},
	Model: func(found api.AssignmentPolicy, _ string) assignmentPolicyData {
		var m assignmentPolicyData
		m.fromAPI(found, true)

		return m
	},
}
