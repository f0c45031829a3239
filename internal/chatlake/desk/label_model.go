package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// labelModel is a label in a configuration and in state.
type labelModel struct {
	labelData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// labelData is what the platform has of a label.
type labelData struct {
	ID            types.String `tfsdk:"id"`
	Title         types.String `tfsdk:"title"`
	Description   types.String `tfsdk:"description"`
	Color         types.String `tfsdk:"color"`
	ShowOnSidebar types.Bool   `tfsdk:"show_on_sidebar"`
}

// fromAPI takes over a label; of what is optional, only what is managed, or all after an import.
func (m *labelData) fromAPI(found api.Label, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Title = types.StringValue(found.Title)
	m.Description = account.Track(all, m.Description, account.TextOrNull(found.Description))
	m.Color = types.StringValue(found.Color)
	m.ShowOnSidebar = account.Track(all, m.ShowOnSidebar, types.BoolPointerValue(found.ShowOnSidebar))
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *labelData) request(prior labelData) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "title", prior.Title, m.Title)
	account.SendChange(fields, "description", prior.Description, m.Description)
	account.SendChange(fields, "color", prior.Color, m.Color)
	account.SendChange(fields, "show_on_sidebar", prior.ShowOnSidebar, m.ShowOnSidebar)

	return fields
}
