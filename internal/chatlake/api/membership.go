package api

import (
	"context"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// membersOf returns how the members of groups of a kind are read: one list answers all that a refresh asks about a group.
func membersOf(list func(ctx context.Context, group ID) ([]ID, error)) *reads.By[ID, *reads.List[ID, ID]] {
	return &reads.By[ID, *reads.List[ID, ID]]{New: func(group ID) *reads.List[ID, ID] {
		return &reads.List[ID, ID]{
			Read: func(ctx context.Context) ([]ID, error) { return list(ctx, group) },
			Key:  func(member ID) ID { return member },
		}
	}}
}

// AddedMembers lists the members of a group directly after a user was added to it.
func (c *Client) AddedMembers(ctx context.Context, user ID, list func(context.Context) ([]ID, error)) ([]ID, error) {
	isIn := func(members []ID) bool { return slices.Contains(members, user) }

	return ReadBack(ctx, "member "+user.String(), func(ctx context.Context) ([]ID, error) {
		members, err := list(ctx)
		if !isIn(members) { // It may be older than the write: no other reader is to have it.
			c.inboxMembers.Drop()
			c.teamMembers.Drop()
			c.participants.Drop()
		}

		return members, err
	}, isIn)
}

// AddInboxMember lets a user work in an inbox. The others stay.
//
// https://developers.chatwoot.com/api-reference/inboxes/add-a-new-agent
func (c *Client) AddInboxMember(ctx context.Context, inbox, user ID) error {
	defer c.inboxes.Drop()
	defer c.inboxMembers.Drop()

	return transport.Run(ctx, c.sender, c.write("POST", "/inbox_members").WithJSON(inboxMember(inbox, user)))
}

// RemoveInboxMember takes a user out of an inbox.
//
// https://developers.chatwoot.com/api-reference/inboxes/remove-an-agent-from-inbox
func (c *Client) RemoveInboxMember(ctx context.Context, inbox, user ID) error {
	defer c.inboxes.Drop()
	defer c.inboxMembers.Drop()

	return transport.Run(ctx, c.sender, c.write("DELETE", "/inbox_members").WithJSON(inboxMember(inbox, user)))
}

// inboxMember is the form of a request about one member of an inbox. The ids are integers: the server takes texts for others.
func inboxMember(inbox, user ID) any {
	return struct {
		InboxID ID   `json:"inbox_id"`
		UserIDs []ID `json:"user_ids"`
	}{inbox, []ID{user}}
}

// AddTeamMember puts a user into a team. The others stay.
//
// https://developers.chatwoot.com/api-reference/teams/add-a-new-agent
func (c *Client) AddTeamMember(ctx context.Context, team, user ID) error {
	defer c.teamMembers.Drop()
	return transport.Run(ctx, c.sender, c.write("POST", "/teams/%s/team_members", team.String()).WithJSON(wrapped("user_ids", []ID{user})))
}

// RemoveTeamMember takes a user out of a team.
//
// https://developers.chatwoot.com/api-reference/teams/remove-an-agent-from-team
func (c *Client) RemoveTeamMember(ctx context.Context, team, user ID) error {
	defer c.teamMembers.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/teams/%s/team_members", team.String()).WithJSON(wrapped("user_ids", []ID{user})))
}

// Participant is a user who follows a conversation.
type Participant struct {
	ID    ID     `json:"id"`
	Name  string `json:"name"`
	Email string `json:"email"`
}

// Check refuses a row without an id.
func (p Participant) Check() error { return checkID(p.ID) }

// Participants lists the users who follow a conversation.
//
// GET /conversations/:id/participants is not on the vendor's pages.
func (c *Client) Participants(ctx context.Context, conversation ID) ([]Participant, error) {
	call := c.read("GET", "/conversations/%s/participants", conversation.String())
	rows, err := transport.Do[wirejson.Rows[Participant]](ctx, c.sender, call)

	return whole(call, rows, err)
}

// ParticipantIDs lists the ids of the users who follow a conversation; one list answers all that a refresh asks about it.
func (c *Client) ParticipantIDs(ctx context.Context, conversation ID) ([]ID, error) {
	return c.participants.Of(conversation).All(ctx)
}

func (c *Client) listParticipantIDs(ctx context.Context, conversation ID) ([]ID, error) {
	participants, err := c.Participants(ctx, conversation)

	users := make([]ID, len(participants))
	for i, user := range participants {
		users[i] = user.ID
	}

	return users, err
}

// AddParticipant lets a user follow a conversation. The answer also shows users who have no access to the inbox, whom the
// server does not keep: only Participants tells who is in.
//
// POST /conversations/:id/participants is not on the vendor's pages.
func (c *Client) AddParticipant(ctx context.Context, conversation, user ID) error {
	defer c.participants.Drop()
	return transport.Run(ctx, c.sender, c.write("POST", "/conversations/%s/participants", conversation.String()).WithJSON(wrapped("user_ids", []ID{user})))
}

// RemoveParticipant lets a user follow a conversation no longer.
//
// DELETE /conversations/:id/participants is not on the vendor's pages.
func (c *Client) RemoveParticipant(ctx context.Context, conversation, user ID) error {
	defer c.participants.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/conversations/%s/participants", conversation.String()).WithJSON(wrapped("user_ids", []ID{user})))
}
