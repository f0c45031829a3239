package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// dashboardAppModel is a dashboard app in a configuration and in state.
type dashboardAppModel = dashboardAppData

// dashboardAppData is what the platform has of a dashboard app.
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

func (m *dashboardAppData) fromAPI(found api.DashboardApp, _ bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Title = types.StringValue(found.Title)

	m.Content = make([]dashboardFrame, len(found.Content))
	for i, frame := range found.Content {
		m.Content[i] = dashboardFrame{Type: types.StringValue(frame.Type), URL: types.StringValue(frame.URL)}
	}

	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *dashboardAppData) request(prior dashboardAppData) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "title", prior.Title, m.Title)
	same := len(m.Content) == len(prior.Content)

	frames := make([]api.DashboardFrame, len(m.Content))
	for i, frame := range m.Content {
		frames[i] = api.DashboardFrame{Type: frame.Type.ValueString(), URL: frame.URL.ValueString()}
		same = same && frame == prior.Content[i]
	}

	if !same {
		fields["content"] = frames
	}

	return fields
}
