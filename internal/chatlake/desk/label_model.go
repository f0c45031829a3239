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

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *labelData) fromAPI(found api.Label, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Title = types.StringValue(found.Title)
	m.Description = account.Track(everything, m.Description, account.TextOrNull(found.Description))
	m.Color = types.StringValue(found.Color)
	m.ShowOnSidebar = account.Track(everything, m.ShowOnSidebar, types.BoolPointerValue(found.ShowOnSidebar))
}

// changeOf returns the request that makes a label into the planned one. What the plan does not name stays.
func (m *labelData) changeOf(found api.Label) api.LabelRequest {
	prior := *m
	prior.fromAPI(found, false)

	return m.changeFrom(prior)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a label.
func (m *labelData) changeFrom(prior labelData) api.LabelRequest {
	return api.LabelRequest{
		Title:         account.TextChange(prior.Title, m.Title),
		Description:   account.TextChange(prior.Description, m.Description),
		Color:         account.TextChange(prior.Color, m.Color),
		ShowOnSidebar: account.FlagChange(prior.ShowOnSidebar, m.ShowOnSidebar),
	}
}
