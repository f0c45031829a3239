package rules

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// ruleModel is an automation rule in a configuration and in state.
type ruleModel struct {
	ID          types.String  `tfsdk:"id"`
	Name        types.String  `tfsdk:"name"`
	Description types.String  `tfsdk:"description"`
	EventName   types.String  `tfsdk:"event_name"`
	Conditions  types.Dynamic `tfsdk:"conditions"`
	Actions     types.Dynamic `tfsdk:"actions"`
	Active      types.Bool    `tfsdk:"active"`
	CreatedOn   types.String  `tfsdk:"created_on"`
}

// ruleData is what data sources tell of a rule; lists of such cannot hold values of differing types.
type ruleData struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	EventName   types.String `tfsdk:"event_name"`
	Conditions  types.String `tfsdk:"conditions"`
	Actions     types.String `tfsdk:"actions"`
	Active      types.Bool   `tfsdk:"active"`
	CreatedOn   types.String `tfsdk:"created_on"`
}

// fromAPI takes over a rule; of what is optional, only what is managed, or all after an import. Files are those that were sent.
func (m *ruleModel) fromAPI(found api.AutomationRule, all bool, files sentFiles) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.EventName = types.StringValue(found.EventName)
	m.Conditions = stepsFromAPI(m.Conditions, found.Conditions)
	m.Actions = stepsFromAPI(m.Actions, files.name(found.Actions))
	m.Active = types.BoolValue(found.Active)
	m.CreatedOn = tfvalue.Timestamp(found.CreatedOn.Time)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a rule.
func (m *ruleModel) changeFrom(prior ruleModel) api.AutomationRuleRequest {
	return api.AutomationRuleRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Description: account.TextChange(prior.Description, m.Description),
		EventName:   account.TextChange(prior.EventName, m.EventName),
		Conditions:  stepsChange(prior.Conditions, m.Conditions),
		Actions:     stepsChange(prior.Actions, m.Actions),
		Active:      account.FlagChange(prior.Active, m.Active),
	}
}

func (m *ruleData) fromAPI(found api.AutomationRule) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = tfvalue.StringOrNull(found.Description)
	m.EventName = types.StringValue(found.EventName)
	m.Conditions, m.Actions = jsonList(found.Conditions), jsonList(found.Actions)
	m.Active = types.BoolValue(found.Active)
	m.CreatedOn = tfvalue.Timestamp(found.CreatedOn.Time)
}
