package api

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Statuses of a chat.
const (
	StatusQueued = "queued"
	StatusPicked = "picked"
	StatusOnHold = "onhold"
	StatusClosed = "closed"
)

// Chat is a chat as the platform answers it. A row of the list has no team, subject, thread id, routing attributes,
// customer's name or messages; Listed says that it is one.
type Chat struct {
	ID, AliasID       string
	TeamID, TeamName  string
	Status, Channel   string
	Subject, ThreadID string
	Asset             Asset
	Customer          Customer
	Messages          []Message
	Assignee, Flag    string
	Tags              []string
	RouteParams       map[string]string
	OtherDetails      map[string]string
	// Details are OtherDetails as they came, of whatever types their values are.
	Details              map[string]json.RawMessage
	CreatedAt, UpdatedAt time.Time
	Listed               bool
}

// Asset is the business's side of a channel: a number, a page, a mailbox.
type Asset struct{ ID, Name string }

// Customer is the person at the other end.
type Customer struct{ ID, DestinationID, Name string }

// Closed says that the chat has ended.
func (c *Chat) Closed() bool { return c.Status == StatusClosed }

// ChatRequest is what a new chat is made of.
//
// Unverified: no page documents the body of POST /chats; the names are those of the answer.
type ChatRequest struct {
	Channel      string            `json:"channel"`
	Asset        AssetRequest      `json:"asset"`
	Customer     CustomerRequest   `json:"customer"`
	Messages     []Message         `json:"messages,omitempty"`
	AliasID      *string           `json:"alias_id,omitempty"`
	Subject      *string           `json:"subject,omitempty"`
	ThreadID     *string           `json:"thread_id,omitempty"`
	RouteParams  map[string]string `json:"route_params,omitempty"`
	OtherDetails map[string]string `json:"other_details,omitempty"`
	Assignee     *string           `json:"assignee,omitempty"`
}

// AssetRequest names an asset; its other fields are the platform's.
type AssetRequest struct {
	ID string `json:"id"`
}

// CustomerRequest is a customer by address; the platform finds or makes the profile.
type CustomerRequest struct {
	DestinationID string  `json:"destination_id"`
	Name          *string `json:"name,omitempty"`
}

// ChatUpdate holds the only fields that can be changed. Tags replace all tags.
type ChatUpdate struct {
	AliasID      *string         `json:"alias_id,omitempty"`
	Tags         *[]string       `json:"tags,omitempty"`
	Status       *string         `json:"status,omitempty"`
	Assignee     *string         `json:"assignee,omitempty"`
	Outcome      *string         `json:"outcome,omitempty"`
	OtherDetails *map[string]any `json:"other_details,omitempty"`
}

// Empty says that there is nothing to change.
func (u ChatUpdate) Empty() bool { return u == ChatUpdate{} }

// CreateChat makes a chat in a team. If the answer is lost, the chat is looked up by its alias, if it has one
// (https://docs.imi.chat/reference/create-chat).
func (c *Client) CreateChat(ctx context.Context, team string, request ChatRequest) (*Chat, error) {
	defer c.wrote()

	began := c.now()

	chat, err := needed[Chat](ctx, c, inTeam(c.create(http.MethodPost, "/chats"), team).WithJSON(request), "chat")
	if transport.IsLost(err) {
		found := c.justSent(ctx, request, began)
		if found != nil {
			chat, err = found, nil
		}
	}

	if err != nil {
		return nil, err
	}

	c.Remember(chat.ID, team, "")
	c.note(chat)

	return chat, nil
}

// Chat reads a chat: from the list where that is cheaper, and where the platform does not answer the call that reads one
// (https://docs.imi.chat/reference/get-chats).
func (c *Client) Chat(ctx context.Context, id string) (*Chat, error) {
	if c.listOnly.Load() {
		return c.listedChat(ctx, id)
	}

	return c.chats.Get(ctx, id)
}

// WholeChat reads a chat with everything that rows of the list lack. Where the platform does not answer that call, it is
// the row all the same.
func (c *Client) WholeChat(ctx context.Context, id string) (*Chat, error) {
	if c.listOnly.Load() {
		return c.listedChat(ctx, id)
	}

	return c.oneChat(ctx, id)
}

// oneChat asks for one chat.
//
// Unverified: that the call exists. No page documents it, but the codes 4304, 2031 and 4108 make sense for no other. If
// the platform does not know it, the list answers, for good.
func (c *Client) oneChat(ctx context.Context, id string) (*Chat, error) {
	chat, err := needed[Chat](ctx, c, inTeam(c.read(http.MethodGet, "/chats/%s", id), c.teamOf(id)), "chat")
	if unanswered(err) {
		listed, listErr := c.listedChat(ctx, id)
		if listErr == nil || transport.IsNotFound(listErr) {
			c.listOnly.Store(true) // The list is there, so it was not the address that is wrong.
		}

		return listed, listErr
	}

	if err != nil {
		return nil, err
	}

	c.note(chat)

	return chat, nil
}

// UpdateChat changes a chat (https://docs.imi.chat/v5.1/reference/update-chat).
func (c *Client) UpdateChat(ctx context.Context, id string, update ChatUpdate) (*Chat, error) {
	defer c.wrote()

	chat, err := one[Chat](ctx, c, inTeam(c.write(http.MethodPatch, "/chats/%s", id), c.teamOf(id)).WithJSON(update), "chat")
	if err != nil {
		return nil, err
	}

	if chat == nil { // The answer is documented, but transfer shows that writes may answer without an object.
		return c.WholeChat(ctx, id)
	}

	c.note(chat)

	return chat, nil
}

// CloseChat ends a chat. One that is closed or gone already is no failure.
//
// Unverified: what the platform says to closing a closed chat.
func (c *Client) CloseChat(ctx context.Context, id string, outcome *string) error {
	status := StatusClosed
	chat, err := c.UpdateChat(ctx, id, ChatUpdate{Status: &status, Outcome: outcome})

	failure := transport.As(err)
	switch {
	case err == nil && chat.Closed(), transport.IsNotFound(err):
		return nil
	case err == nil:
		err = &transport.Error{
			Platform: "IMIchat", Method: http.MethodPatch, Path: "/" + c.APIVersion + "/chats/" + id,
			Message: "closing the chat was accepted, but it is still " + chat.Status,
		}
	case failure == nil:
		return err
	case failure.Reason == transport.Conflict, failure.Reason == transport.Invalid, failure.Reason == transport.Unusable:
	default:
		return err
	}

	if chat, readErr := c.WholeChat(ctx, id); transport.IsNotFound(readErr) || readErr == nil && chat.Closed() {
		return nil
	}

	return err
}

// note remembers what later calls and look-ups by alias need of a chat.
func (c *Client) note(chat *Chat) {
	c.saw(chat)
	c.aliases.note(chat)
}
