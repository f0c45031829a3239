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

// fromAPI takes over a macro. Files are those that were sent.
func (m *macroModel) fromAPI(found api.Macro, files sentFiles) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Visibility = tfvalue.StringOrNull(found.Visibility)
	m.Actions = stepsFromAPI(m.Actions, files.name(found.Actions))
	m.CreatedByID = account.IDOrNull(found.CreatedBy.ID)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a macro. Visibility goes
// into every request: without it, the server hides the macro.
func (m *macroModel) changeFrom(prior macroModel) api.MacroRequest {
	request := api.MacroRequest{
		Name:       account.TextChange(prior.Name, m.Name),
		Visibility: account.TextChange(prior.Visibility, m.Visibility),
		Actions:    stepsChange(prior.Actions, m.Actions),
	}
	if request != (api.MacroRequest{}) {
		request.Visibility = api.Set(m.Visibility.ValueString())
	}

	return request
}

func (m *macroData) fromAPI(found api.Macro) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Visibility = tfvalue.StringOrNull(found.Visibility)
	m.Actions = jsonList(found.Actions)
	m.CreatedByID = account.IDOrNull(found.CreatedBy.ID)
}
