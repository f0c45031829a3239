package imichat

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ datasource.DataSourceWithConfigure        = (*teamDataSource)(nil)
	_ datasource.DataSourceWithConfigValidators = (*teamDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*teamsDataSource)(nil)
)

const teamsDescription = "No page documents the list of teams beyond naming it: id and name are what the platform's other answers show of a team. " +
	"The API key sees only the teams that it is shared with."

type teamModel struct {
	ID   types.String `tfsdk:"id"`
	Name types.String `tfsdk:"name"`
}

func newTeamDataSource() datasource.DataSource { return &teamDataSource{} }

type teamDataSource struct{ tenantDataSource }

func (d *teamDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "imichat_team"
}

// ConfigValidators accepts exactly one key.
func (d *teamDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{attribute.ExactlyOne("id", "name")}
}

func (d *teamDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A [team](https://docs.imi.chat/docs/groups) by `id` or `name`. " + teamsDescription,
		Attributes: map[string]schema.Attribute{
			"id":   schema.StringAttribute{MarkdownDescription: "Id of the team, a whole number.", Optional: true, Computed: true, Validators: attribute.OrEmpty(attribute.IntegerID())},
			"name": schema.StringAttribute{MarkdownDescription: "Name of the team.", Optional: true, Computed: true},
		},
	}
}

func (d *teamDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config teamModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(d.client, &resp.Diagnostics)

	teams, err := d.client.Teams(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "list teams", err)
		return
	}

	var found []api.Team

	for _, team := range teams {
		if team.ID == config.ID.ValueString() || config.Name.ValueString() != "" && team.Name == config.Name.ValueString() {
			found = append(found, team)
		}
	}

	switch len(found) {
	case 0:
		name := "Team " + config.ID.ValueString()
		if config.ID.ValueString() == "" {
			name = "The team with this name"
		}

		apidiag.NotFound(&resp.Diagnostics, name)
	case 1:
		state := teamModel{ID: types.StringValue(found[0].ID), Name: tfvalue.StringOrNull(found[0].Name)}
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
	default:
		resp.Diagnostics.AddAttributeError(path.Root("name"), "Several teams have the name", fmt.Sprintf("%d teams have this name. Choose one by its id.", len(found)))
	}
}

func newTeamsDataSource() datasource.DataSource { return &teamsDataSource{} }

type teamsDataSource struct{ tenantDataSource }

type teamsModel struct {
	Teams []teamModel `tfsdk:"teams"`
}

func (d *teamsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "imichat_teams"
}

func (d *teamsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The tenant's [teams](https://docs.imi.chat/docs/groups). " + teamsDescription,
		Attributes: map[string]schema.Attribute{
			"teams": schema.ListNestedAttribute{
				MarkdownDescription: "The teams, in the platform's order.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"id": attribute.Found("Id of the team."), "name": attribute.Found("Name of the team."),
				}},
			},
		},
	}
}

func (d *teamsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	defer warnOfQuota(d.client, &resp.Diagnostics)

	teams, err := d.client.Teams(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "list teams", err)
		return
	}

	state := teamsModel{Teams: []teamModel{}}
	for _, team := range teams {
		state.Teams = append(state.Teams, teamModel{ID: types.StringValue(team.ID), Name: tfvalue.StringOrNull(team.Name)})
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}
