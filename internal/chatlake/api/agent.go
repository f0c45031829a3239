package api

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"time"

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

// Check refuses an agent who cannot be told from others.
func (a Agent) Check() error { return checkID(a.ID) }

// AgentRequest is what a create or an update of an agent sends.
type AgentRequest struct {
	Email        Nullable[string] `json:"email,omitzero"`
	Name         Nullable[string] `json:"name,omitzero"`
	Role         Nullable[string] `json:"role,omitzero"`
	Availability Nullable[string] `json:"availability,omitzero"`
	AutoOffline  Nullable[bool]   `json:"auto_offline,omitzero"`
	// CustomRoleID is read beside the agent. Servers with custom roles take away the one that an update does not name.
	CustomRoleID Nullable[ID] `json:"-"`
}

// agentBody is the form of a request: the server reads the custom role beside the agent.
type agentBody struct {
	Agent        AgentRequest `json:"agent"`
	CustomRoleID Nullable[ID] `json:"custom_role_id,omitzero"`
}

// agentRemoval is how long the server may take to destroy the record of a user who was removed from the last account.
const agentRemoval = time.Minute

// CreateAgent adds a user to the account; a new one gets a mail to confirm the address. The name of a user whom the
// installation knows already stays as it is.
//
// Soon after a user was removed from the last account, the server destroys the user's record, and does not look whether
// the user was added again meanwhile. So a create that joins a record which this client has removed waits until the record
// is gone, and creates the user again. A record that stays belongs to another account too.
//
// https://developers.chatwoot.com/api-reference/agents/add-a-new-agent
func (c *Client) CreateAgent(ctx context.Context, request AgentRequest) (Agent, error) {
	defer c.agents.Drop()

	created, err := c.postAgent(ctx, request)
	if !c.removedAgents.hasEmail(request.Email.Value()) {
		return created, err
	}

	deadline, cancel := context.WithTimeout(ctx, agentRemoval)
	defer cancel()

	const removal = "the server's background jobs to remove the agent who had the e-mail address before"

	for started := time.Now(); c.isAgentGoing(created, err) && wait(deadline, nextLook(started), removal); {
		if err == nil && c.hasAgent(ctx, created.ID) {
			continue
		}

		created, err = c.postAgent(ctx, request)
	}

	return created, err
}

func (c *Client) postAgent(ctx context.Context, request AgentRequest) (Agent, error) {
	return doObject[Agent](ctx, c, c.create("POST", "/agents").WithJSON(agentBody{request, request.CustomRoleID}))
}

// isAgentGoing reports whether a create met the record of a removed user: it joined the record, or was refused because
// the record was going.
func (c *Client) isAgentGoing(created Agent, err error) bool {
	if err == nil {
		return c.removedAgents.hasID(created.ID)
	}

	failure := transport.As(err)

	return failure != nil && !failure.Lost && (failure.Status == http.StatusUnauthorized || failure.Status == http.StatusUnprocessableEntity)
}

// hasAgent reports whether the account still has the agent. What cannot be found out counts as yes.
func (c *Client) hasAgent(ctx context.Context, id ID) bool {
	c.agents.Drop()
	_, err := c.Agent(ctx, id)

	return !transport.IsNotFound(err)
}

// removedAgents are the users whom this client has removed from the account.
type removedAgents struct {
	mu     sync.Mutex
	ids    map[ID]bool
	emails map[string]bool
}

func (r *removedAgents) add(agent Agent) {
	r.mu.Lock()
	defer r.mu.Unlock()

	if r.ids == nil {
		r.ids, r.emails = map[ID]bool{}, map[string]bool{}
	}

	r.ids[agent.ID], r.emails[strings.ToLower(agent.Email)] = true, true
}

func (r *removedAgents) hasID(id ID) bool {
	r.mu.Lock()
	defer r.mu.Unlock()

	return r.ids[id]
}

func (r *removedAgents) hasEmail(email *string) bool {
	r.mu.Lock()
	defer r.mu.Unlock()

	return email != nil && r.emails[strings.ToLower(*email)]
}

// Agent reads one agent, from the list: the platform has no other read.
func (c *Client) Agent(ctx context.Context, id ID) (Agent, error) { return c.agents.Get(ctx, id) }

// Agents lists all users of the account.
//
// https://developers.chatwoot.com/api-reference/agents/list-agents-in-account
func (c *Client) Agents(ctx context.Context) ([]Agent, error) { return c.agents.All(ctx) }

// UpdateAgent changes fields of an agent. Servers with custom roles take away the one that is not sent, so custom_role_id
// belongs into every update of an agent who has one.
//
// https://developers.chatwoot.com/api-reference/agents/update-agent-in-account
func (c *Client) UpdateAgent(ctx context.Context, id ID, request AgentRequest) (Agent, error) {
	defer c.agents.Drop()
	return doObject[Agent](ctx, c, c.write("PATCH", "/agents/%s", id.String()).WithJSON(agentBody{request, request.CustomRoleID}))
}

// DeleteAgent removes a user from the account. Who is in no other account is deleted some time later.
//
// https://developers.chatwoot.com/api-reference/agents/remove-an-agent-from-account
func (c *Client) DeleteAgent(ctx context.Context, id ID, email string) error {
	defer c.agents.Drop()
	defer c.teams.Drop()
	defer c.teamMembers.Drop()
	defer c.inboxMembers.Drop()
	defer c.participants.Drop()

	c.removedAgents.add(Agent{ID: id, Email: email})

	return transport.Run(ctx, c.sender, c.write("DELETE", "/agents/%s", id.String()))
}
