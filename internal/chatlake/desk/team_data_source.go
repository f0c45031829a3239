package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

var _ datasource.DataSourceWithConfigValidators = (*teamDataSource)(nil)

func newTeamDataSource() datasource.DataSource { return &teamDataSource{} }

// newTeamsDataSource returns chatlake_teams. The singular data source is another one, because it has the members, too.
func newTeamsDataSource() datasource.DataSource { return teamSources.DataSources()[1]() }

// teamSources are the teams without their members.
var teamSources = lookup.Sources[api.Client, api.Team, teamData]{
	Type: "chatlake_team", Plural: "chatlake_teams", ListName: "teams",
	PluralDescription: "All teams of the account. The data source `chatlake_team` has the members of one.",
	ListDescription:   "The teams.",
	Attributes:        teamDataAttributes(),
	Client:            account.ClientOf,
	All:               func(ctx context.Context, client *api.Client, _ string) ([]api.Team, error) { return client.Teams(ctx) },
	Model: func(found api.Team, _ string) teamData {
		var m teamData
		m.fromAPI(found, true)

		return m
	},
}

type teamDataSource struct{ account.DataSource }

func (d *teamDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_team"
}

func teamDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                attribute.Found("The team's id."),
		"name":              attribute.Found("What the team is called, in lower case."),
		"description":       attribute.Found("What the team does."),
		"allow_auto_assign": attribute.FoundFlag("Whether conversations of the team are assigned to its members automatically."),
	}
}

func (d *teamDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := teamDataAttributes()
	attributes["id"] = attribute.Lookup("The team's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = attribute.Lookup("What the team is called, in lower case.", attribute.LowerCase())
	attributes["member_ids"] = attribute.FoundIDs("The ids of the agents in the team.")
	resp.Schema = schema.Schema{MarkdownDescription: "A team, by id or name.", Attributes: attributes}
}

func (d *teamDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

func (d *teamDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config struct {
		teamData

		MemberIDs types.Set `tfsdk:"member_ids"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	teams, err := d.Client.Teams(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read teams", err)
		return
	}

	for _, team := range teams {
		if team.ID.String() != config.ID.ValueString() && team.Name != config.Name.ValueString() {
			continue
		}

		members, err := d.Client.TeamMembers(ctx, team.ID)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "read the members of team "+team.ID.String(), err)
			return
		}

		config.fromAPI(team, true)
		config.MemberIDs = account.IDSet(members)
		resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

		return
	}

	apidiag.NotFound(&resp.Diagnostics, "Team "+config.ID.ValueString()+config.Name.ValueString())
}
