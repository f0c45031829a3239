package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// assignmentPolicyModel is an assignment policy in a configuration and in state.
type assignmentPolicyModel struct {
	assignmentPolicyData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// assignmentPolicyData is what the platform has of an assignment policy.
type assignmentPolicyData struct {
	ID                     types.String `tfsdk:"id"`
	Name                   types.String `tfsdk:"name"`
	Description            types.String `tfsdk:"description"`
	AssignmentOrder        types.String `tfsdk:"assignment_order"`
	ConversationPriority   types.String `tfsdk:"conversation_priority"`
	FairDistributionLimit  types.Int64  `tfsdk:"fair_distribution_limit"`
	FairDistributionWindow types.Int64  `tfsdk:"fair_distribution_window"`
	Enabled                types.Bool   `tfsdk:"enabled"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *assignmentPolicyData) fromAPI(found api.AssignmentPolicy, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.AssignmentOrder = tfvalue.StringOrNull(found.AssignmentOrder)
	m.ConversationPriority = tfvalue.StringOrNull(found.ConversationPriority)
	m.FairDistributionLimit = types.Int64Value(found.FairDistributionLimit)
	m.FairDistributionWindow = types.Int64Value(found.FairDistributionWindow)
	m.Enabled = types.BoolValue(found.Enabled)
}

// changeOf returns the request that makes a policy into the planned one. What the plan does not name stays.
func (m *assignmentPolicyData) changeOf(found api.AssignmentPolicy) api.AssignmentPolicyRequest {
	prior := *m
	prior.fromAPI(found, false)

	return m.changeFrom(prior)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a policy.
func (m *assignmentPolicyData) changeFrom(prior assignmentPolicyData) api.AssignmentPolicyRequest {
	return api.AssignmentPolicyRequest{
		Name:                   account.TextChange(prior.Name, m.Name),
		Description:            account.TextChange(prior.Description, m.Description),
		AssignmentOrder:        account.TextChange(prior.AssignmentOrder, m.AssignmentOrder),
		ConversationPriority:   account.TextChange(prior.ConversationPriority, m.ConversationPriority),
		FairDistributionLimit:  account.NumberChange(prior.FairDistributionLimit, m.FairDistributionLimit),
		FairDistributionWindow: account.NumberChange(prior.FairDistributionWindow, m.FairDistributionWindow),
		Enabled:                account.FlagChange(prior.Enabled, m.Enabled),
	}
}
