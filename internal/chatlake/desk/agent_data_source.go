package desk

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*agentDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*agentsDataSource)(nil)
)

func newAgentDataSource() datasource.DataSource { return &agentDataSource{} }

func newAgentsDataSource() datasource.DataSource { return &agentsDataSource{} }

type agentDataSource struct{ account.DataSource }

func (d *agentDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_agent"
}

func agentDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                  attribute.Found("The user's id."),
		"email":               attribute.Found("The address the user signs in with."),
		"name":                attribute.Found("The user's name."),
		"available_name":      attribute.Found("The name that customers see."),
		"role":                attribute.Found("What the user may do: `agent` or `administrator`."),
		"auto_offline":        attribute.FoundFlag("Whether the user is shown as offline while not connected."),
		"custom_role_id":      attribute.Found("The id of the user's custom role, on servers that have them."),
		"availability_status": attribute.Found("How the user is shown right now: `online`, `offline` or `busy`."),
		"confirmed":           attribute.FoundFlag("Whether the user has confirmed the address."),
		"thumbnail":           attribute.Found("The address of the user's picture."),
	}
}

func (d *agentDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := agentDataAttributes()
	attributes["id"] = attribute.Lookup("The user's id. Exactly one of `id` and `email` is needed.", attribute.IntegerID())
	attributes["email"] = attribute.Lookup("The address the user signs in with.", attribute.Email())
	resp.Schema = schema.Schema{MarkdownDescription: "A user of the account, by id or e-mail address.", Attributes: attributes}
}

func (d *agentDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("email"))}
}

func (d *agentDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config agentData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	agents, err := d.Client.Agents(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read agents", err)
		return
	}

	email := config.Email
	for _, agent := range agents {
		if agent.ID.String() != config.ID.ValueString() && !strings.EqualFold(agent.Email, email.ValueString()) {
			continue
		}

		config.fromAPI(agent)

		if !email.IsNull() {
			config.Email = email // As it was asked for: case does not count.
		}

		resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

		return
	}

	apidiag.NotFound(&resp.Diagnostics, "Agent "+config.ID.ValueString()+config.Email.ValueString())
}

type agentsDataSource struct{ account.DataSource }

func (d *agentsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_agents"
}

func (d *agentsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All users of the account, administrators included.",
		Attributes:          map[string]schema.Attribute{"agents": attribute.FoundList("The users.", agentDataAttributes())},
	}
}

func (d *agentsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	agents, err := d.Client.Agents(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read agents", err)
		return
	}

	all := struct {
		Agents []agentData `tfsdk:"agents"`
	}{make([]agentData, len(agents))}
	for i, agent := range agents {
		all.Agents[i].fromAPI(agent)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
