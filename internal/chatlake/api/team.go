package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Team is a team of the account, without its members.
type Team struct {
	ID              ID      `json:"id"`
	Name            string  `json:"name"`
	Description     *string `json:"description"`
	AllowAutoAssign bool    `json:"allow_auto_assign"`
}

func (t Team) identity() ID { return t.ID }

// CreateTeam makes a team without members.
//
// https://developers.chatwoot.com/api-reference/teams/create-a-team
func (c *Client) CreateTeam(ctx context.Context, fields Fields) (Team, error) {
	defer c.teams.Drop()
	return doObject[Team](ctx, c, c.create("POST", "/teams").WithJSON(Fields{"team": fields}))
}

// Team reads one team.
func (c *Client) Team(ctx context.Context, id ID) (Team, error) { return c.teams.Get(ctx, id) }

// Teams lists all teams.
func (c *Client) Teams(ctx context.Context) ([]Team, error) { return c.teams.All(ctx) }

// https://developers.chatwoot.com/api-reference/teams/list-all-teams
func (c *Client) listTeams(ctx context.Context) ([]Team, error) {
	return transport.Do[list[Team]](ctx, c.sender, c.read("GET", "/teams"))
}

// UpdateTeam changes fields of a team.
//
// https://developers.chatwoot.com/api-reference/teams/update-a-team
func (c *Client) UpdateTeam(ctx context.Context, id ID, fields Fields) (Team, error) {
	defer c.teams.Drop()
	return doObject[Team](ctx, c, c.write("PATCH", "/teams/%s", id.String()).WithJSON(Fields{"team": fields}))
}

// DeleteTeam deletes a team; its conversations have none afterwards.
//
// https://developers.chatwoot.com/api-reference/teams/delete-a-team
func (c *Client) DeleteTeam(ctx context.Context, id ID) error {
	defer c.teams.Drop()
	defer c.conversations.Drop()

	return transport.Run(ctx, c.sender, c.write("DELETE", "/teams/%s", id.String()))
}

// TeamMembers lists the users in a team.
//
// https://developers.chatwoot.com/api-reference/teams/list-agents-in-team
func (c *Client) TeamMembers(ctx context.Context, id ID) ([]ID, error) {
	return ids(transport.Do[list[Agent]](ctx, c.sender, c.read("GET", "/teams/%s/team_members", id.String())))
}

// SetTeamMembers makes the users the only ones in a team, and returns who is in it then. The ids are integers on the
// wire: with strings, the server would remove everybody.
//
// https://developers.chatwoot.com/api-reference/teams/update-agents-in-team
func (c *Client) SetTeamMembers(ctx context.Context, id ID, users []ID) ([]ID, error) {
	call := c.write("PATCH", "/teams/%s/team_members", id.String()).WithJSON(Fields{"user_ids": append([]ID{}, users...)})
	return ids(transport.Do[list[Agent]](ctx, c.sender, call))
}

// ids are the users of a list of agents.
func ids(agents []Agent, err error) ([]ID, error) {
	users := make([]ID, len(agents))
	for i, agent := range agents {
		users[i] = agent.ID
	}

	return users, err
}
