package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// agentBotSources are the data sources chatlake_agent_bot and chatlake_agent_bots.
var agentBotSources = lookup.Sources[api.Client, api.AgentBot, agentBotData]{
	Type: "chatlake_agent_bot", Plural: "chatlake_agent_bots", ListName: "agent_bots",
	Description:       "An agent bot, by id or `name`.",
	PluralDescription: "All agent bots of the account, and those of the whole installation.",
	ListDescription:   "The agent bots.",
	Attributes: map[string]schema.Attribute{
		"id":           attribute.Found("The bot's id."),
		"name":         attribute.Found("What the bot is called."),
		"description":  attribute.Found("What the bot does."),
		"outgoing_url": attribute.Found("Where the platform posts what happens in the bot's inboxes."),
		"bot_type":     attribute.Found("The kind of bot."),
		"bot_config":   attribute.FoundSecret("The bot's settings, as JSON."),
		"thumbnail":    attribute.Found("The address of the bot's picture."),
		"system_bot":   attribute.FoundFlag("Whether the bot belongs to the whole installation."),
	},
	Keys: []lookup.Key[api.AgentBot]{
		{
			Name: "id", Attribute: attribute.Lookup("The agent bot's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.AgentBot) string { return found.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The bot's name. It is an error if several have it.", attribute.NotEmpty()),
			Of: func(found api.AgentBot) string { return found.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.AgentBot, error) {
		return client.AgentBots(ctx)
	},
	Model: func(found api.AgentBot, _ string) agentBotData {
		var m agentBotData
		m.fromAPI(found)

		return m
	},
}
