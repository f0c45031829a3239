package desk

import (
	"cmp"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// dashboardAppData is a dashboard app in a configuration, in state, and in a data source.
type dashboardAppData struct {
	ID        types.String     `tfsdk:"id"`
	Title     types.String     `tfsdk:"title"`
	Content   []dashboardFrame `tfsdk:"content"`
	CreatedAt types.String     `tfsdk:"created_at"`
}

// dashboardFrame is one page of a dashboard app.
type dashboardFrame struct {
	Type types.String `tfsdk:"type"`
	URL  types.String `tfsdk:"url"`
}

// fromAPI takes everything from the platform's answer. An empty type stays: it means the default.
func (m *dashboardAppData) fromAPI(found api.DashboardApp) {
	m.ID = types.StringValue(found.ID.String())
	m.Title = types.StringValue(found.Title)

	prior := m.Content

	m.Content = make([]dashboardFrame, len(found.Content))
	for i, frame := range found.Content {
		m.Content[i] = dashboardFrame{Type: types.StringValue(string(frame.Type)), URL: types.StringValue(string(frame.URL))}

		if i < len(prior) && frame.Type == frameType && prior[i].Type.Equal(types.StringValue("")) {
			m.Content[i].Type = prior[i].Type
		}
	}

	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates an app.
func (m *dashboardAppData) changeFrom(prior dashboardAppData) api.DashboardAppRequest {
	change := api.DashboardAppRequest{Title: account.TextChange(prior.Title, m.Title)}
	if slices.Equal(m.Content, prior.Content) {
		return change
	}

	frames := make([]api.DashboardFrame, len(m.Content))
	for i, frame := range m.Content {
		frames[i] = api.NewDashboardFrame(cmp.Or(frame.Type.ValueString(), frameType), frame.URL.ValueString())
	}

	change.Content = api.Set(frames)

	return change
}
