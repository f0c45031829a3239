package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"slices"
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

const (
	// firstReadBack is the first wait for what was just written, and lastReadBack the last one: four seconds in all.
	firstReadBack = 250 * time.Millisecond
	lastReadBack  = 2 * time.Second
)

// Chat is a chat as the platform answers it. A row of the list has no team, subject, thread id, routing attributes,
// customer's name or messages; Listed marks such a row.
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
	// Details are OtherDetails as the platform sent them: their values may have any type.
	Details              map[string]json.RawMessage
	CreatedAt, UpdatedAt time.Time
	Listed               bool
}

// Asset is the business's side of a channel: a number, a page, a mailbox.
type Asset struct{ ID, Name string }

// Customer is the person at the other end.
type Customer struct{ ID, DestinationID, Name string }

// Closed reports whether the chat has ended.
func (c *Chat) Closed() bool { return c.Status == StatusClosed }

func (c *Chat) key() string { return c.ID }

// ChatRequest makes a chat.
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

// AssetRequest names an asset. Its other fields belong to the platform.
type AssetRequest struct {
	ID string `json:"id"`
}

// CustomerRequest names a customer by address. The platform finds or makes the profile.
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

// IsEmpty reports whether there is nothing to change.
func (u ChatUpdate) IsEmpty() bool { return u == ChatUpdate{} }

// Names lists the fields that are sent.
func (u ChatUpdate) Names() []string {
	var names []string

	for _, field := range []struct {
		name   string
		isSent bool
	}{
		{"alias_id", u.AliasID != nil},
		{"tags", u.Tags != nil},
		{"status", u.Status != nil},
		{"assignee", u.Assignee != nil},
		{"other_details", u.OtherDetails != nil},
	} {
		if field.isSent {
			names = append(names, field.name)
		}
	}

	return names
}

// CreateChat makes a chat in a team (https://docs.imi.chat/reference/create-chat). If the answer is lost or does not show
// the chat, the chat is looked up. A chat that was made and cannot be read comes with its id alone, and with the error.
func (c *Client) CreateChat(ctx context.Context, team string, request ChatRequest) (*Chat, error) {
	defer c.wrote()

	began := c.now()
	call := inTeam(c.create(http.MethodPost, "/chats"), team).WithJSON(request)

	chat, err := c.createChat(ctx, team, call)
	if chat == nil && transport.IsLost(err) {
		chat, err = c.findLostChat(ctx, team, request, began, err)
	}

	if chat == nil {
		return nil, err
	}

	c.made.add(chat.ID)
	c.Remember(chat.ID, team, request.Channel)

	if err == nil {
		c.note(chat)
	}

	return chat, err
}

// createChat sends the call and reads the new chat from its answer, or by the id that the answer holds.
//
// Unverified: the answer. The page describes a chat; the vendor's later products answer ids and transaction ids.
func (c *Client) createChat(ctx context.Context, team string, call transport.Call) (*Chat, error) {
	sent, response, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}

	chat, err := decodeOne[Chat](response.Body, "chat")
	if err == nil && chat != nil {
		return chat, nil
	}

	named, namedErr := decodeOne[chatName](response.Body, "chat")
	if namedErr == nil && named != nil {
		c.Remember(named.ID, team, "")

		chat, err := c.ChatAfterWrite(ctx, named.ID)
		if err != nil {
			return &Chat{ID: named.ID}, err
		}

		return chat, nil
	}

	if err == nil {
		err = errors.New("the answer holds no chat")
	}

	return nil, transport.Malformed(sent, response, err.Error())
}

// findLostChat looks for the chat that a request made whose answer did not show it. Its alias tells it from others. Without
// one, it is only found if the platform accepted the request and there is exactly one new chat like it.
func (c *Client) findLostChat(ctx context.Context, team string, request ChatRequest, began time.Time, lost error) (*Chat, error) {
	since := began.Add(-clocksApart)
	hasAlias := request.AliasID != nil && *request.AliasID != ""

	if !hasAlias {
		var accepted bool

		since, accepted = acceptedSince(transport.As(lost), c.now().Sub(began))
		if !accepted {
			return nil, lost
		}
	}

	found, err := c.chatsLike(ctx, request, since)
	if err != nil {
		return nil, lost
	}

	found = slices.DeleteFunc(found, func(chat *Chat) bool { return c.made.has(chat.ID) })
	if len(found) == 0 || !hasAlias && len(found) > 1 || !c.made.add(found[0].ID) {
		return nil, lost
	}

	c.Remember(found[0].ID, team, "")

	chat, err := c.WholeChat(ctx, found[0].ID)
	if err != nil {
		return found[0], nil //nolint:nilerr // The row of the list is enough.
	}

	return chat, nil
}

// acceptedSince returns the platform's time at which it may have begun to handle a request that it then accepted. It is
// not accepted if no success was answered, or if the answer has no date.
func acceptedSince(failure *transport.Error, took time.Duration) (time.Time, bool) {
	if failure.Status < http.StatusOK || failure.Status >= http.StatusMultipleChoices {
		return time.Time{}, false
	}

	answered, err := http.ParseTime(failure.Header.Get("Date"))
	if err != nil {
		return time.Time{}, false
	}

	return answered.Add(-took - time.Second), true // The date is in whole seconds.
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

	call := inTeam(c.write(http.MethodPatch, "/chats/%s", id), c.teamOf(id)).WithJSON(update)

	_, response, err := c.send(ctx, call)
	if err != nil {
		return nil, err
	}

	// The answer is documented as a chat. The answer to a transfer shows that the platform also accepts without one.
	chat, err := decodeOne[Chat](response.Body, "chat")
	if err != nil || chat == nil || chat.ID != id {
		return c.ChatAfterWrite(ctx, id)
	}

	c.note(chat)

	return chat, nil
}

// TransferChat moves a chat to the queue of another team (https://docs.imi.chat/reference/transfer-api-private-beta). The
// vendor enables this call for each customer.
//
// Unverified: the path. The page gives the body and the codes, and says that customers get the address.
func (c *Client) TransferChat(ctx context.Context, id, team string) error {
	defer c.wrote()

	body := map[string]transfer{"transfer": {TeamID: team}}
	call := inTeam(c.write(http.MethodPatch, "/internal/chats/%s", id), c.teamOf(id)).WithJSON(body)

	_, _, err := c.send(ctx, call)
	if unanswered(err) {
		failure := *transport.As(err)
		failure.Advice = "IMIchat does not have the call that transfers a chat: it is a private beta that the vendor enables for each customer. " +
			"Ask the vendor, or set imichat.use_transfer_api to false; then another team makes a new chat."

		return &failure
	}

	if err == nil {
		c.Remember(id, team, "")
	}

	return err
}

// transfer names the team that a chat goes to. The page calls the id an integer, and its sample has a text.
type transfer struct {
	TeamID string `json:"teamid"`
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
		err = c.own(http.MethodPatch, "/chats/"+id, transport.Other, "closing the chat was accepted, but it is still "+chat.Status)
	case failure == nil:
		return err
	case failure.Reason == transport.Conflict, failure.Reason == transport.Invalid, failure.Reason == transport.Unusable:
	default:
		return err
	}

	chat, readErr := c.WholeChat(ctx, id)
	if transport.IsNotFound(readErr) || readErr == nil && chat.Closed() {
		return nil
	}

	return err
}

// ChatAfterWrite reads a chat directly after a write. The platform may take a moment to show it, so a chat that is not there is
// asked for again, for some seconds.
func (c *Client) ChatAfterWrite(ctx context.Context, id string) (*Chat, error) {
	for wait := firstReadBack; ; wait *= 2 {
		c.listing.drop()

		chat, err := c.WholeChat(ctx, id)
		if !transport.IsNotFound(err) || wait > lastReadBack {
			return chat, err
		}

		select {
		case <-time.After(wait):
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// note remembers what later calls and look-ups by alias need of a chat.
func (c *Client) note(chat *Chat) {
	c.saw(chat)
	c.aliases.note(chat)
}
