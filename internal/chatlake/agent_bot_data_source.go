package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*agentBotDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*agentBotsDataSource)(nil)
)

func newAgentBotDataSource() datasource.DataSource { return &agentBotDataSource{} }

func newAgentBotsDataSource() datasource.DataSource { return &agentBotsDataSource{} }

type agentBotDataSource struct{ configuredDataSource }

func (d *agentBotDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_agent_bot"
}

func agentBotDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":           foundText("The bot's id."),
		"name":         foundText("What the bot is called."),
		"description":  foundText("What the bot does."),
		"outgoing_url": foundText("Where the platform posts what happens in the bot's inboxes."),
		"bot_type":     foundText("The kind of bot."),
		"bot_config":   foundText("The bot's settings, as JSON."),
		"thumbnail":    foundText("The address of the bot's picture."),
		"system_bot":   foundFlag("Whether the bot belongs to the whole installation."),
	}
}

func (d *agentBotDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := agentBotDataAttributes()
	attributes["id"] = lookup("The agent bot's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = lookup("What the bot is called. It is an error if several have it.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "An agent bot, by id or `name`.", Attributes: attributes}
}

func (d *agentBotDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

func (d *agentBotDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config agentBotData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.client.AgentBots(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read agent bots", err)
		return
	}

	found, ok := theOne(&resp.Diagnostics, asked{"agent_bot", config.ID, config.Name, "name"}, all, func(one api.AgentBot) (api.ID, string) { return one.ID, one.Name })
	if !ok {
		return
	}

	config.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type agentBotsDataSource struct{ configuredDataSource }

func (d *agentBotsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_agent_bots"
}

func (d *agentBotsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All agent bots of the account.",
		Attributes:          map[string]schema.Attribute{"agent_bots": foundList("The agent bots.", agentBotDataAttributes())},
	}
}

func (d *agentBotsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.client.AgentBots(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read agent bots", err)
		return
	}

	all := struct {
		AgentBots []agentBotData `tfsdk:"agent_bots"`
	}{make([]agentBotData, len(found))}
	for i, one := range found {
		all.AgentBots[i].fromAPI(one)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
