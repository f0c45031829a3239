package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*agentBotDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*agentBotsDataSource)(nil)
)

func newAgentBotDataSource() datasource.DataSource { return &agentBotDataSource{} }

func newAgentBotsDataSource() datasource.DataSource { return &agentBotsDataSource{} }

type agentBotDataSource struct{ account.DataSource }

func (d *agentBotDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_agent_bot"
}

func agentBotDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":           attribute.Found("The bot's id."),
		"name":         attribute.Found("What the bot is called."),
		"description":  attribute.Found("What the bot does."),
		"outgoing_url": attribute.Found("Where the platform posts what happens in the bot's inboxes."),
		"bot_type":     attribute.Found("The kind of bot."),
		"bot_config":   attribute.Found("The bot's settings, as JSON."),
		"thumbnail":    attribute.Found("The address of the bot's picture."),
		"system_bot":   attribute.FoundFlag("Whether the bot belongs to the whole installation."),
	}
}

func (d *agentBotDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := agentBotDataAttributes()
	attributes["id"] = attribute.Lookup("The agent bot's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = attribute.Lookup("What the bot is called. It is an error if several have it.", attribute.NotEmpty())
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

	all, err := d.Client.AgentBots(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read agent bots", err)
		return
	}

	found, ok := account.FindOne(&resp.Diagnostics, account.Query{Kind: "agent_bot", ID: config.ID, Key: config.Name, KeyName: "name"}, all, func(one api.AgentBot) (api.ID, string) { return one.ID, one.Name })
	if !ok {
		return
	}

	config.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type agentBotsDataSource struct{ account.DataSource }

func (d *agentBotsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_agent_bots"
}

func (d *agentBotsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All agent bots of the account.",
		Attributes:          map[string]schema.Attribute{"agent_bots": attribute.FoundList("The agent bots.", agentBotDataAttributes())},
	}
}

func (d *agentBotsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.AgentBots(ctx)
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
