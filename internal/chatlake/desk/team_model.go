package desk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// teamModel is a team in a configuration and in state.
type teamModel struct {
	teamData

	MemberIDs     tfvalue.TextSet `tfsdk:"member_ids"`
	AdoptExisting types.Bool      `tfsdk:"adopt_existing"`
}

// teamData is what a list of teams holds of each.
type teamData struct {
	ID              types.String `tfsdk:"id"`
	Name            types.String `tfsdk:"name"`
	Description     types.String `tfsdk:"description"`
	AllowAutoAssign types.Bool   `tfsdk:"allow_auto_assign"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. Members are read
// apart.
func (m *teamData) fromAPI(found api.Team, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(everything, m.Description, account.TextOrNull(found.Description))
	m.AllowAutoAssign = types.BoolValue(found.AllowAutoAssign)
}

// changeOf returns the request that makes a team into the planned one. What the plan does not name stays.
func (m *teamData) changeOf(found api.Team) api.TeamRequest {
	prior := *m
	prior.fromAPI(found, false)

	return m.changeFrom(prior)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a team.
func (m *teamData) changeFrom(prior teamData) api.TeamRequest {
	return api.TeamRequest{
		Name:            account.TextChange(prior.Name, m.Name),
		Description:     account.TextChange(prior.Description, m.Description),
		AllowAutoAssign: account.FlagChange(prior.AllowAutoAssign, m.AllowAutoAssign),
	}
}
