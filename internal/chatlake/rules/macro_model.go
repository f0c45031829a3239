package rules

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// macroModel is a macro in a configuration and in state.
type macroModel struct {
	ID          types.String  `tfsdk:"id"`
	Name        types.String  `tfsdk:"name"`
	Visibility  types.String  `tfsdk:"visibility"`
	Actions     types.Dynamic `tfsdk:"actions"`
	CreatedByID types.String  `tfsdk:"created_by_id"`
}

// macroData is what data sources tell of a macro; lists of such cannot hold values of differing types.
type macroData struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Visibility  types.String `tfsdk:"visibility"`
	Actions     types.String `tfsdk:"actions"`
	CreatedByID types.String `tfsdk:"created_by_id"`
}

func (m *macroModel) fromAPI(found api.Macro, _ bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Visibility = tfvalue.StringOrNull(found.Visibility)
	m.Actions = stepsFromAPI(m.Actions, found.Actions)
	m.CreatedByID = account.IDOrNull(found.CreatedBy.ID)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create. Visibility goes into
// every update: without it, the server hides the macro.
func (m *macroModel) request(prior macroModel) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "visibility", prior.Visibility, m.Visibility)
	sendSteps(fields, "actions", prior.Actions, m.Actions)

	if len(fields) > 0 {
		fields["visibility"] = m.Visibility.ValueString()
	}

	return fields
}

func (m *macroData) fromAPI(found api.Macro) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Visibility = tfvalue.StringOrNull(found.Visibility)
	m.Actions = jsonList(found.Actions)
	m.CreatedByID = account.IDOrNull(found.CreatedBy.ID)
}
