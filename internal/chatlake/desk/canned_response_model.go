package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// cannedResponseModel is a canned response in a configuration and in state.
type cannedResponseModel struct {
	cannedResponseData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// cannedResponseData is what the platform has of a canned response.
type cannedResponseData struct {
	ID        types.String `tfsdk:"id"`
	ShortCode types.String `tfsdk:"short_code"`
	Content   types.String `tfsdk:"content"`
	CreatedAt types.String `tfsdk:"created_at"`
}

func (m *cannedResponseData) fromAPI(found api.CannedResponse) {
	m.ID = types.StringValue(found.ID.String())
	m.ShortCode = types.StringValue(found.ShortCode)
	m.Content = types.StringValue(found.Content)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *cannedResponseData) request(prior cannedResponseData) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "short_code", prior.ShortCode, m.ShortCode)
	account.SendChange(fields, "content", prior.Content, m.Content)

	return fields
}
