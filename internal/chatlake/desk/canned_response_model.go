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

// fromAPI takes everything from the platform's answer.
func (m *cannedResponseData) fromAPI(found api.CannedResponse) {
	m.ID = types.StringValue(found.ID.String())
	m.ShortCode = types.StringValue(found.ShortCode)
	m.Content = types.StringValue(found.Content)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// changeOf returns the request that makes a canned response into the planned one.
func (m *cannedResponseData) changeOf(found api.CannedResponse) api.CannedResponseRequest {
	var prior cannedResponseData
	prior.fromAPI(found)

	return m.changeFrom(prior)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a canned response.
func (m *cannedResponseData) changeFrom(prior cannedResponseData) api.CannedResponseRequest {
	return api.CannedResponseRequest{
		ShortCode: account.TextChange(prior.ShortCode, m.ShortCode),
		Content:   account.TextChange(prior.Content, m.Content),
	}
}
