package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// teamModel is a team in a configuration and in state.
type teamModel struct {
	teamData

	MemberIDs     types.Set  `tfsdk:"member_ids"`
	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// teamData is what a list of teams tells of each.
type teamData struct {
	ID              types.String `tfsdk:"id"`
	Name            types.String `tfsdk:"name"`
	Description     types.String `tfsdk:"description"`
	AllowAutoAssign types.Bool   `tfsdk:"allow_auto_assign"`
}

// fromAPI takes over a team; of what is optional, only what is managed, or all after an import. Members are read apart.
func (m *teamData) fromAPI(found api.Team, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(all, m.Description, account.TextOrNull(found.Description))
	m.AllowAutoAssign = types.BoolValue(found.AllowAutoAssign)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *teamData) request(prior teamData) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "description", prior.Description, m.Description)
	account.SendChange(fields, "allow_auto_assign", prior.AllowAutoAssign, m.AllowAutoAssign)

	return fields
}
