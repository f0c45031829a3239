package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// AgentBot is a program that answers in inboxes.
type AgentBot struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	Description string `json:"description"`
	OutgoingURL string `json:"outgoing_url"`
	BotType     string `json:"bot_type"`
	BotConfig   Object `json:"bot_config"`
	Thumbnail   string `json:"thumbnail"`
	SystemBot   bool   `json:"system_bot"` // It belongs to the installation, and cannot be changed here.
	AccessToken string `json:"access_token"`
	Secret      string `json:"secret"` // Administrators only.
}

func (x AgentBot) identity() ID { return x.ID }

// CreateAgentBot makes a bot.
//
// https://developers.chatwoot.com/api-reference/account-agentbots/create-an-agent-bot
func (c *Client) CreateAgentBot(ctx context.Context, fields Fields) (AgentBot, error) {
	defer c.agentBots.Drop()

	found, err := doObject[AgentBot](ctx, c, c.create("POST", "/agent_bots").WithJSON(fields))

	return found, c.need(ctx, err, "an agent bot of the account", "1.17.0")
}

// AgentBot reads one, from the list.
func (c *Client) AgentBot(ctx context.Context, id ID) (AgentBot, error) {
	return c.agentBots.Get(ctx, id)
}

// AgentBots lists all that the token's user may see.
func (c *Client) AgentBots(ctx context.Context) ([]AgentBot, error) { return c.agentBots.All(ctx) }

// https://developers.chatwoot.com/api-reference/account-agentbots/list-all-agentbots
func (c *Client) listAgentBots(ctx context.Context) ([]AgentBot, error) {
	found, err := transport.Do[list[AgentBot]](ctx, c.sender, c.read("GET", "/agent_bots"))
	return found, c.need(ctx, err, "an agent bot of the account", "1.17.0")
}

// UpdateAgentBot changes fields of a bot.
//
// https://developers.chatwoot.com/api-reference/account-agentbots/update-an-agent-bot
func (c *Client) UpdateAgentBot(ctx context.Context, id ID, fields Fields) (AgentBot, error) {
	defer c.agentBots.Drop()

	found, err := doObject[AgentBot](ctx, c, c.write("PATCH", "/agent_bots/%s", id.String()).WithJSON(fields))

	return found, c.need(ctx, err, "an agent bot of the account", "1.17.0")
}

// DeleteAgentBot deletes a bot.
//
// https://developers.chatwoot.com/api-reference/account-agentbots/delete-an-agentbot
func (c *Client) DeleteAgentBot(ctx context.Context, id ID) error {
	defer c.agentBots.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/agent_bots/%s", id.String()))
}
