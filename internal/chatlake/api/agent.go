package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Agent is a user of the account, whatever the role. The availability that was set is not in it: AvailabilityStatus is
// what others see, which follows presence for those who go offline by themselves.
type Agent struct {
	ID                 ID     `json:"id"`
	Email              string `json:"email"`
	Name               string `json:"name"`
	AvailableName      string `json:"available_name"`
	Role               string `json:"role"`
	AutoOffline        bool   `json:"auto_offline"`
	AvailabilityStatus string `json:"availability_status"`
	Confirmed          bool   `json:"confirmed"`
	Thumbnail          string `json:"thumbnail"`
	CustomRoleID       ID     `json:"custom_role_id"` // 0 is none, also on a server that has no custom roles.
}

func (a Agent) identity() ID { return a.ID }

// CreateAgent adds a user to the account; a new one gets a mail to confirm the address. The name of a user whom the
// installation knows already stays as it is.
//
// https://developers.chatwoot.com/api-reference/agents/add-a-new-agent
func (c *Client) CreateAgent(ctx context.Context, fields Fields) (Agent, error) {
	defer c.agents.Drop()
	return doObject[Agent](ctx, c, c.create("POST", "/agents").WithJSON(agentBody(fields)))
}

// Agent reads one agent, from the list: the platform has no other read.
func (c *Client) Agent(ctx context.Context, id ID) (Agent, error) { return c.agents.Get(ctx, id) }

// Agents lists all users of the account.
func (c *Client) Agents(ctx context.Context) ([]Agent, error) { return c.agents.All(ctx) }

// https://developers.chatwoot.com/api-reference/agents/list-agents-in-account
func (c *Client) listAgents(ctx context.Context) ([]Agent, error) {
	return transport.Do[list[Agent]](ctx, c.sender, c.read("GET", "/agents"))
}

// UpdateAgent changes fields of an agent. Servers with custom roles take away the one that is not sent, so custom_role_id
// belongs into every update of an agent who has one.
//
// https://developers.chatwoot.com/api-reference/agents/update-agent-in-account
func (c *Client) UpdateAgent(ctx context.Context, id ID, fields Fields) (Agent, error) {
	defer c.agents.Drop()
	return doObject[Agent](ctx, c, c.write("PATCH", "/agents/%s", id.String()).WithJSON(agentBody(fields)))
}

// agentBody nests the fields, but for the one that the server reads beside them.
func agentBody(fields Fields) Fields {
	agent, body := Fields{}, Fields{}

	for name, value := range fields {
		if name == "custom_role_id" {
			body[name] = value
		} else {
			agent[name] = value
		}
	}

	body["agent"] = agent

	return body
}

// DeleteAgent removes a user from the account. Who is in no other account is deleted some time later.
//
// https://developers.chatwoot.com/api-reference/agents/remove-an-agent-from-account
func (c *Client) DeleteAgent(ctx context.Context, id ID) error {
	defer c.agents.Drop()
	defer c.teams.Drop()

	return transport.Run(ctx, c.sender, c.write("DELETE", "/agents/%s", id.String()))
}
