package enterprise

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// customRoleModel is a custom role in a configuration and in state.
type customRoleModel struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Permissions types.Set    `tfsdk:"permissions"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *customRoleModel) fromAPI(found api.CustomRole, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.Permissions = account.Track(everything, m.Permissions, account.TextSetOrNull(found.Permissions))
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a custom role.
func (m *customRoleModel) changeFrom(prior customRoleModel) api.CustomRoleRequest {
	return api.CustomRoleRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Description: account.TextChange(prior.Description, m.Description),
		Permissions: account.TextsChange(prior.Permissions, m.Permissions),
	}
}
