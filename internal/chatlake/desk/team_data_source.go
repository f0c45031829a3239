package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// teamSources are the data sources chatlake_team, which has the members, and chatlake_teams.
var teamSources = lookup.Sources[api.Client, api.Team, teamData]{
	Type: "chatlake_team", Plural: "chatlake_teams", ListName: "teams",
	Description:       "A team, by id or name.",
	PluralDescription: "All teams of the account. The data source `chatlake_team` has the members of one.",
	ListDescription:   "The teams.",
	Attributes: map[string]schema.Attribute{
		"id":                attribute.Found("The team's id."),
		"name":              attribute.Found("What the team is called, in lower case."),
		"description":       attribute.Found("What the team does."),
		"allow_auto_assign": attribute.FoundFlag("Whether conversations of the team are assigned to its members automatically."),
	},
	Keys: []lookup.Key[api.Team]{
		{
			Name: "id", Attribute: attribute.Lookup("The team's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(team api.Team) string { return team.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("What the team is called, in lower case.", attribute.LowerCase()),
			Of: func(team api.Team) string { return team.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Team, error) {
		return client.Teams(ctx)
	},
	Model: func(team api.Team, _ string) teamData {
		var m teamData
		m.fromAPI(team, true)

		return m
	},
	Details: map[string]schema.Attribute{"member_ids": attribute.FoundIDs("The ids of the agents in the team.")},
	Detailed: func(ctx context.Context, client *api.Client, team api.Team) (any, error) {
		var m struct {
			teamData

			MemberIDs types.Set `tfsdk:"member_ids"`
		}

		members, err := client.TeamMembers(ctx, team.ID)
		m.fromAPI(team, true)
		m.MemberIDs = account.IDSet(members).SetValue

		return m, err
	},
}
