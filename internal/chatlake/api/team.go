package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Team is a team of the account, without its members.
type Team struct {
	ID              ID      `json:"id"`
	Name            string  `json:"name"`
	Description     *string `json:"description"`
	AllowAutoAssign bool    `json:"allow_auto_assign"`
}

func (t Team) identity() ID { return t.ID }

// Check refuses a team that cannot be told from others.
func (t Team) Check() error { return checkID(t.ID) }

// TeamRequest is what a create or an update of a team sends.
type TeamRequest struct {
	Name            Nullable[string] `json:"name,omitzero"`
	Description     Nullable[string] `json:"description,omitzero"`
	AllowAutoAssign Nullable[bool]   `json:"allow_auto_assign,omitzero"`
}

// CreateTeam makes a team without members.
//
// https://developers.chatwoot.com/api-reference/teams/create-a-team
func (c *Client) CreateTeam(ctx context.Context, request TeamRequest) (Team, error) {
	defer c.teams.Drop()
	return doObject[Team](ctx, c, c.create("POST", "/teams").WithJSON(wrapped("team", request)))
}

// Team reads one team.
func (c *Client) Team(ctx context.Context, id ID) (Team, error) { return c.teams.Get(ctx, id) }

// Teams lists all teams.
//
// https://developers.chatwoot.com/api-reference/teams/list-all-teams
func (c *Client) Teams(ctx context.Context) ([]Team, error) { return c.teams.All(ctx) }

// UpdateTeam changes fields of a team.
//
// https://developers.chatwoot.com/api-reference/teams/update-a-team
func (c *Client) UpdateTeam(ctx context.Context, id ID, request TeamRequest) (Team, error) {
	defer c.teams.Drop()
	return doObject[Team](ctx, c, c.write("PATCH", "/teams/%s", id.String()).WithJSON(wrapped("team", request)))
}

// DeleteTeam deletes a team; its conversations have none afterwards.
//
// https://developers.chatwoot.com/api-reference/teams/delete-a-team
func (c *Client) DeleteTeam(ctx context.Context, id ID) error {
	defer c.teams.Drop()
	defer c.teamMembers.Drop()
	defer c.dropConversations()

	return transport.Run(ctx, c.sender, c.write("DELETE", "/teams/%s", id.String()))
}

// TeamMembers lists the users in a team.
//
// https://developers.chatwoot.com/api-reference/teams/list-agents-in-team
func (c *Client) TeamMembers(ctx context.Context, id ID) ([]ID, error) {
	return c.teamMembers.Of(id).All(ctx)
}

func (c *Client) listTeamMembers(ctx context.Context, id ID) ([]ID, error) {
	return c.memberIDs(ctx, c.read("GET", "/teams/%s/team_members", id.String()))
}

// SetTeamMembers makes the users the only ones in a team, and returns who is in it then. The ids are integers on the
// wire: with strings, the server would remove everybody.
//
// https://developers.chatwoot.com/api-reference/teams/update-agents-in-team
func (c *Client) SetTeamMembers(ctx context.Context, id ID, users []ID) ([]ID, error) {
	defer c.teamMembers.Drop()

	call := c.write("PATCH", "/teams/%s/team_members", id.String()).WithJSON(wrapped("user_ids", append([]ID{}, users...)))

	return c.memberIDs(ctx, call)
}

func (c *Client) memberIDs(ctx context.Context, call transport.Call) ([]ID, error) {
	rows, err := transport.Do[wirejson.Rows[member]](ctx, c.sender, call)
	return ids(whole(call, rows, err))
}

// member is a user in a team or an inbox, of whom only the id counts.
type member struct {
	ID ID `json:"id"`
}

// Check refuses a row without an id.
func (m member) Check() error { return checkID(m.ID) }

// ids returns the ids of the users in a list.
func ids(members []member, err error) ([]ID, error) {
	users := make([]ID, len(members))
	for i, user := range members {
		users[i] = user.ID
	}

	return users, err
}
