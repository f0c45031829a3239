package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// policyModel is an assignment policy in a configuration and in state.
type policyModel struct {
	policyData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// policyData is what the platform has of an assignment policy.
type policyData struct {
	ID                     types.String `tfsdk:"id"`
	Name                   types.String `tfsdk:"name"`
	Description            types.String `tfsdk:"description"`
	AssignmentOrder        types.String `tfsdk:"assignment_order"`
	ConversationPriority   types.String `tfsdk:"conversation_priority"`
	FairDistributionLimit  types.Int64  `tfsdk:"fair_distribution_limit"`
	FairDistributionWindow types.Int64  `tfsdk:"fair_distribution_window"`
	Enabled                types.Bool   `tfsdk:"enabled"`
}

// fromAPI takes over a policy; of what is optional, only what is managed, or all after an import.
func (m *policyData) fromAPI(found api.AssignmentPolicy, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.AssignmentOrder = tfvalue.StringOrNull(found.AssignmentOrder)
	m.ConversationPriority = tfvalue.StringOrNull(found.ConversationPriority)
	m.FairDistributionLimit = types.Int64Value(found.FairDistributionLimit)
	m.FairDistributionWindow = types.Int64Value(found.FairDistributionWindow)
	m.Enabled = types.BoolValue(found.Enabled)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *policyData) request(prior policyData) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "description", prior.Description, m.Description)
	account.SendChange(fields, "assignment_order", prior.AssignmentOrder, m.AssignmentOrder)
	account.SendChange(fields, "conversation_priority", prior.ConversationPriority, m.ConversationPriority)
	account.SendChange(fields, "fair_distribution_limit", prior.FairDistributionLimit, m.FairDistributionLimit)
	account.SendChange(fields, "fair_distribution_window", prior.FairDistributionWindow, m.FairDistributionWindow)
	account.SendChange(fields, "enabled", prior.Enabled, m.Enabled)

	return fields
}
