package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// agentCapacityPolicyKind is chatlake_agent_capacity_policy, with its data sources and its list.
func agentCapacityPolicyKind() account.Kind {
	return account.Kind{
		Resource: newAgentCapacityPolicyResource, DataSources: agentCapacityPolicySources.DataSources(), List: agentCapacityPolicyList.New,
	}
}

// agentCapacityPolicyModel is an agent capacity policy in a configuration and in state.
type agentCapacityPolicyModel struct {
	agentCapacityPolicyData

	UserIDs tfvalue.TextSet `tfsdk:"user_ids"`
}

// agentCapacityPolicyData is what the list of policies holds of each.
type agentCapacityPolicyData struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Rules       types.Object `tfsdk:"exclusion_rules"`
	Limits      types.Set    `tfsdk:"inbox_limits"`
}

var (
	exclusionRulesTypes = map[string]attr.Type{"excluded_labels": types.SetType{ElemType: types.StringType}, "exclude_older_than_hours": types.Float64Type}
	inboxLimitType      = types.ObjectType{AttrTypes: map[string]attr.Type{"inbox_id": types.StringType, "conversation_limit": types.Int64Type}}
)

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. Users are read apart.
func (m *agentCapacityPolicyData) fromAPI(found api.AgentCapacityPolicy, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.Rules = account.Track(everything, m.Rules, rulesOf(m.Rules, found.Rules))
	m.Limits = account.Track(everything, m.Limits, limitsOf(found.Limits))
}

// rulesOf returns the rules. Without any there are none, unless the state has a value that means none.
func rulesOf(prior types.Object, found api.ExclusionRules) types.Object {
	isNone := len(found.Labels) == 0 && found.OlderThanHours == nil
	if isNone && prior.IsNull() {
		return types.ObjectNull(exclusionRulesTypes)
	}

	return types.ObjectValueMust(exclusionRulesTypes, map[string]attr.Value{
		"excluded_labels": account.TextSetOrNull(found.Labels), "exclude_older_than_hours": types.Float64PointerValue(found.OlderThanHours),
	})
}

func limitsOf(found []api.InboxLimit) types.Set {
	if len(found) == 0 {
		return types.SetNull(inboxLimitType)
	}

	limits := make([]attr.Value, len(found))
	for i, limit := range found {
		limits[i] = types.ObjectValueMust(inboxLimitType.AttrTypes, map[string]attr.Value{
			"inbox_id": types.StringValue(limit.Inbox.String()), "conversation_limit": types.Int64Value(limit.Limit),
		})
	}

	return types.SetValueMust(inboxLimitType, limits)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates an agent capacity policy.
func (m *agentCapacityPolicyData) changeFrom(prior agentCapacityPolicyData) api.AgentCapacityPolicyRequest {
	return api.AgentCapacityPolicyRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Description: account.TextChange(prior.Description, m.Description),
		Rules:       rulesChange(prior.Rules, m.Rules),
	}
}

// rulesChange returns the rules in full: the server replaces them.
func rulesChange(prior, plan types.Object) api.Nullable[api.ExclusionRules] {
	if plan.IsUnknown() || !account.IsChanged(prior, plan) {
		return api.Nullable[api.ExclusionRules]{}
	}

	rules := api.ExclusionRules{Labels: account.Texts(plan.Attributes()["excluded_labels"])}

	hours, ok := plan.Attributes()["exclude_older_than_hours"].(types.Float64)
	if ok && tfvalue.IsSet(hours) {
		rules.OlderThanHours = hours.ValueFloat64Pointer()
	}

	return api.Set(rules)
}

// limitRequests returns the limits that a set names.
func limitRequests(set types.Set) []api.InboxLimit {
	limits := make([]api.InboxLimit, 0, len(set.Elements()))

	for _, element := range set.Elements() {
		limit, _ := element.(types.Object)
		inbox, _ := limit.Attributes()["inbox_id"].(types.String)
		count, _ := limit.Attributes()["conversation_limit"].(types.Int64)

		limits = append(limits, api.InboxLimit{Inbox: api.ParseID(inbox.ValueString()), Limit: count.ValueInt64()})
	}

	return limits
}

// limitedInboxes returns the ids of the inboxes that a set of limits names.
func limitedInboxes(set types.Set) types.Set {
	inboxes := []api.ID{}
	for _, limit := range limitRequests(set) {
		inboxes = append(inboxes, limit.Inbox)
	}

	return account.IDSet(inboxes).SetValue
}

// foundAgentCapacityPolicy is an agent capacity policy as the data sources show it.
type foundAgentCapacityPolicy struct {
	agentCapacityPolicyData

	Users types.Int64 `tfsdk:"assigned_agent_count"`
}

func foundPolicy(found api.AgentCapacityPolicy) foundAgentCapacityPolicy {
	var m foundAgentCapacityPolicy
	m.fromAPI(found, true)
	m.Users = types.Int64Value(found.Users)

	return m
}

var agentCapacityPolicySources = lookup.Sources[api.Client, api.AgentCapacityPolicy, foundAgentCapacityPolicy]{
	Type: "chatlake_agent_capacity_policy", Plural: "chatlake_agent_capacity_policies", ListName: "agent_capacity_policies",
	Description:       "An agent capacity policy of the account, by id or `name`.",
	PluralDescription: "All agent capacity policies of the account. The data source `chatlake_agent_capacity_policy` has the users of one.",
	ListDescription:   "The agent capacity policies.",
	Attributes: map[string]schema.Attribute{
		"id":          attribute.Found("The policy's id."),
		"name":        attribute.Found("What the policy is called."),
		"description": attribute.Found("What the policy is for."),
		"exclusion_rules": schema.SingleNestedAttribute{
			MarkdownDescription: "Which conversations do not count; null if all do.", Computed: true,
			Attributes: map[string]schema.Attribute{
				"excluded_labels":          attribute.FoundIDs("The titles of labels: conversations that have one of them do not count."),
				"exclude_older_than_hours": attribute.FoundFloat("After how many hours a conversation does not count any more."),
			},
		},
		"inbox_limits": schema.SetNestedAttribute{
			MarkdownDescription: "How many conversations of some inboxes each user gets at most; null if none is limited.", Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"inbox_id":           attribute.Found("The inbox."),
				"conversation_limit": attribute.FoundNumber("How many conversations a user gets at most."),
			}},
		},
		"assigned_agent_count": attribute.FoundNumber("How many users have the policy."),
	},
	Keys: []lookup.Key[api.AgentCapacityPolicy]{
		{
			Name: "id", Attribute: attribute.Lookup("The policy's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.AgentCapacityPolicy) string { return found.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The policy's name. Several policies may have the same one.", attribute.NotEmpty()),
			Of: func(found api.AgentCapacityPolicy) string { return found.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.AgentCapacityPolicy, error) {
		return client.AgentCapacityPolicies().All(ctx)
	},
	Model:   func(found api.AgentCapacityPolicy, _ string) foundAgentCapacityPolicy { return foundPolicy(found) },
	Details: map[string]schema.Attribute{"user_ids": attribute.FoundIDs("The ids of the users who have the policy.")},
	Detailed: func(ctx context.Context, client *api.Client, found api.AgentCapacityPolicy) (any, error) {
		users, err := client.AgentCapacityPolicies().UserIDs(ctx, found.ID)

		return struct {
			foundAgentCapacityPolicy

			UserIDs types.Set `tfsdk:"user_ids"`
		}{foundPolicy(found), account.IDSet(users).SetValue}, err
	},
}

// agentCapacityPolicyList lists agent capacity policies. The users of each take a request of their own.
var agentCapacityPolicyList = account.Listing[api.AgentCapacityPolicy, agentCapacityPolicyModel]{
	Type: "chatlake_agent_capacity_policy", Noun: "agent capacity policies",
	Description: "All agent capacity policies of the account. With `include_resource`, the users of each policy take a request of their own.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.AgentCapacityPolicy, error) {
		return client.AgentCapacityPolicies().All(ctx)
	}),
	Name: func(found api.AgentCapacityPolicy) string { return found.Name },
	Fill: func(ctx context.Context, client *api.Client, m *agentCapacityPolicyModel, found api.AgentCapacityPolicy, diags *diag.Diagnostics) {
		var err error

		m.UserIDs, err = account.ReadMembers(ctx, client.AgentCapacityPolicies().UserIDs, found.ID, m.UserIDs, true)
		apidiag.Add(diags, "read the users of agent capacity policy "+found.ID.String(), account.UnlessGone(err))
		m.fromAPI(found, true)
	},
}
