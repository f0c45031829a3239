package chatlake

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
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
	m.Description = kept(all, m.Description, nullable(found.Description))
	m.AllowAutoAssign = types.BoolValue(found.AllowAutoAssign)
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *teamData) request(prior teamData) api.Fields {
	fields := api.Fields{}
	send(fields, "name", prior.Name, m.Name)
	send(fields, "description", prior.Description, m.Description)
	send(fields, "allow_auto_assign", prior.AllowAutoAssign, m.AllowAutoAssign)

	return fields
}

// idSet is a set of ids as Terraform holds it.
func idSet(ids []api.ID) types.Set {
	elements := make([]string, len(ids))
	for i, id := range ids {
		elements[i] = id.String()
	}

	return tfvalue.StringSet(elements)
}

// idsOf are the ids of a set, as the platform takes them: integers.
func idsOf(ctx context.Context, set types.Set) ([]api.ID, diag.Diagnostics) {
	elements, diags := tfvalue.Strings(ctx, set)

	ids := make([]api.ID, len(elements))
	for i, element := range elements {
		ids[i] = api.ParseID(element)
	}

	slices.Sort(ids)

	return ids, diags
}
