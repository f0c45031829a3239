package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
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
	SystemBot   bool   `json:"system_bot"` // Servers before 4.1.0 do not say it.
	AccountID   *ID    `json:"account_id"`
	AccessToken string `json:"access_token"`
	Secret      string `json:"secret"` // Administrators only.
}

func (x AgentBot) identity() ID { return x.ID }

// IsOfInstallation reports whether the bot belongs to the whole installation: it cannot be changed from an account.
func (x AgentBot) IsOfInstallation() bool { return x.SystemBot || x.AccountID == nil }

// Check refuses one that cannot be told from others.
func (x AgentBot) Check() error { return checkID(x.ID) }

// AgentBotRequest is what a create or an update of an agent bot sends.
type AgentBotRequest struct {
	Name        Nullable[string] `json:"name,omitzero"`
	Description Nullable[string] `json:"description,omitzero"`
	OutgoingURL Nullable[string] `json:"outgoing_url,omitzero"`
	BotType     Nullable[string] `json:"bot_type,omitzero"`
	BotConfig   Nullable[Object] `json:"bot_config,omitzero"`
	AvatarURL   Nullable[string] `json:"avatar_url,omitzero"`
	// Avatar is only ever null, which removes the picture.
	Avatar Nullable[string] `json:"avatar,omitzero"`
}

// CreateAgentBot makes a bot.
//
// https://developers.chatwoot.com/api-reference/account-agentbots/create-an-agent-bot
func (c *Client) CreateAgentBot(ctx context.Context, request AgentBotRequest) (AgentBot, error) {
	defer c.agentBots.Drop()

	found, err := doObject[AgentBot](ctx, c, c.create("POST", "/agent_bots").WithJSON(request))

	return found, c.need(ctx, err, "an agent bot of the account", "1.17.0")
}

// AgentBot reads one, from the list.
func (c *Client) AgentBot(ctx context.Context, id ID) (AgentBot, error) {
	return c.agentBots.Get(ctx, id)
}

// AgentBots lists all that the token's user may see.
func (c *Client) AgentBots(ctx context.Context) ([]AgentBot, error) { return c.agentBots.All(ctx) }

// https://developers.chatwoot.com/api-reference/account-agentbots/list-all-agentbots
func (c *Client) listAgentBots(ctx context.Context) (wirejson.Rows[AgentBot], error) {
	found, err := transport.Do[wirejson.Rows[AgentBot]](ctx, c.sender, c.read("GET", "/agent_bots"))
	return byID(found), c.need(ctx, err, "an agent bot of the account", "1.17.0")
}

// UpdateAgentBot changes fields of a bot.
//
// https://developers.chatwoot.com/api-reference/account-agentbots/update-an-agent-bot
func (c *Client) UpdateAgentBot(ctx context.Context, id ID, request AgentBotRequest) (AgentBot, error) {
	defer c.agentBots.Drop()

	found, err := doObject[AgentBot](ctx, c, c.write("PATCH", "/agent_bots/%s", id.String()).WithJSON(request))

	return found, c.need(ctx, err, "an agent bot of the account", "1.17.0")
}

// DeleteAgentBot deletes a bot.
//
// https://developers.chatwoot.com/api-reference/account-agentbots/delete-an-agentbot
func (c *Client) DeleteAgentBot(ctx context.Context, id ID) error {
	defer c.agentBots.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/agent_bots/%s", id.String()))
}
