package api

import (
	"context"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Conversation is a thread of messages with a contact. Its id counts within the account.
type Conversation struct {
	ID                   ID       `json:"id"`
	UUID                 string   `json:"uuid"`
	InboxID              ID       `json:"inbox_id"`
	Status               string   `json:"status"`
	Priority             string   `json:"priority"`
	SLAPolicyID          ID       `json:"sla_policy_id"`
	SnoozedUntil         Time     `json:"snoozed_until"`
	Labels               []string `json:"labels"`
	Muted                bool     `json:"muted"`
	CanReply             bool     `json:"can_reply"`
	UnreadCount          int64    `json:"unread_count"`
	CustomAttributes     Object   `json:"custom_attributes"`
	AdditionalAttributes Object   `json:"additional_attributes"`
	LastActivityAt       Time     `json:"last_activity_at"`
	FirstReplyCreatedAt  Time     `json:"first_reply_created_at"`
	WaitingSince         Time     `json:"waiting_since"`
	AgentLastSeenAt      Time     `json:"agent_last_seen_at"`
	ContactLastSeenAt    Time     `json:"contact_last_seen_at"`
	CreatedAt            Time     `json:"created_at"`
	UpdatedAt            Time     `json:"updated_at"`
	// Meta is who takes part; the server leaves out who is not there.
	Meta struct {
		Sender       Contact `json:"sender"`
		Channel      string  `json:"channel"`
		Assignee     *Party  `json:"assignee"`
		AssigneeType string  `json:"assignee_type"`
		Team         *Party  `json:"team"`
	} `json:"meta"`
	// Messages is the last one, if there is any: the only place that tells the session.
	Messages []LastMessage `json:"messages"`
	// LastNonActivityMessage is the last that a person or a bot sent.
	LastNonActivityMessage *LastMessage `json:"last_non_activity_message"`
}

// Party is an agent or a team of a conversation.
type Party struct {
	ID   ID     `json:"id"`
	Name string `json:"name"`
}

// AssigneeID is the agent who has the conversation; 0 means none, or a bot.
func (c *Conversation) AssigneeID() ID {
	if c.Meta.Assignee == nil || c.Meta.AssigneeType == "AgentBot" {
		return 0
	}

	return c.Meta.Assignee.ID
}

// TeamID is the team that has the conversation; 0 is none.
func (c *Conversation) TeamID() ID {
	if c.Meta.Team == nil {
		return 0
	}

	return c.Meta.Team.ID
}

// SourceID is the session, if a message tells it.
func (c *Conversation) SourceID() string {
	for _, last := range c.last() {
		if last.session != "" {
			return last.session
		}
	}

	return ""
}

// last are the messages that the conversation brings along.
func (c *Conversation) last() []LastMessage {
	if c.LastNonActivityMessage == nil {
		return c.Messages
	}

	return append(c.Messages[:len(c.Messages):len(c.Messages)], *c.LastNonActivityMessage)
}

// ConversationRequest opens a conversation. Without all of the first three the server would open a session of its own.
type ConversationRequest struct {
	InboxID              ID             `json:"inbox_id"`
	ContactID            ID             `json:"contact_id"`
	SourceID             string         `json:"source_id,omitempty"`
	Status               string         `json:"status,omitempty"`
	SnoozedUntil         *time.Time     `json:"snoozed_until,omitempty"`
	AssigneeID           ID             `json:"assignee_id,omitzero"`
	TeamID               ID             `json:"team_id,omitzero"`
	AdditionalAttributes map[string]any `json:"additional_attributes,omitempty"`
	CustomAttributes     map[string]any `json:"custom_attributes,omitempty"`
}

func (c Conversation) identity() ID { return c.ID }

// Check refuses a row without an id.
func (c Conversation) Check() error { return checkID(c.ID) }

// dropConversations forgets what was read of conversations and their messages, and who follows them: the agent who gets one
// follows it.
func (c *Client) dropConversations() {
	c.conversations.Drop()
	c.messages.Drop()
	c.windows.drop()
	c.participants.Drop()
}

func (c *Client) newConversations() *reads.Pages[ID, Conversation] {
	return &reads.Pages[ID, Conversation]{One: c.conversation, Page: c.conversationPage, Key: Conversation.identity}
}

// conversation reads one and nothing else.
//
// https://developers.chatwoot.com/api-reference/conversations/conversation-details
func (c *Client) conversation(ctx context.Context, id ID) (Conversation, error) {
	return doObject[Conversation](ctx, c, c.read("GET", "/conversations/%s", id.String()))
}

// OpenedConversation is the answer to a request for a conversation.
type OpenedConversation struct {
	Conversation

	// Existed reports that the inbox keeps a single conversation per contact, and that this one was there before.
	Existed bool
}

// CreateConversation opens a conversation. In an inbox that keeps a single conversation per contact the server answers
// with the one that is there, as it is. The vendor's page shows an answer that is only an id; then the rest is read, and
// if that fails the conversation has its id and nothing else.
//
// https://developers.chatwoot.com/api-reference/conversations/create-new-conversation
func (c *Client) CreateConversation(ctx context.Context, req ConversationRequest) (OpenedConversation, error) {
	defer c.dropConversations()

	if err := c.requireStatus(ctx, req.Status); err != nil {
		return OpenedConversation{}, err
	}

	call := c.create("POST", "/conversations").WithJSON(req)

	var earliest time.Time

	created, err := whileReserved(ctx, c, req.InboxID, req.SourceID, http.StatusUnprocessableEntity, func() (Conversation, error) {
		var answer Conversation

		begun := time.Now()

		response, err := c.sender.Send(ctx, &call)
		if err != nil {
			return answer, err
		}

		earliest = serverTime(response, begun)
		err = transport.Decode(&call, response, &answer)

		return checkObject(call, answer, err)
	})
	if err != nil {
		return OpenedConversation{}, err
	}

	if !c.opened.add(created.ID) {
		return OpenedConversation{}, refused(call, fmt.Sprintf("the inbox keeps a single conversation per contact, and answered with conversation %s, "+
			"which this run made for another resource already. Take one of the two out of the configuration, or use an inbox without lock_to_single_conversation", created.ID))
	}

	if c.sessions.remember(req.ContactID, ContactInbox{SourceID: req.SourceID, Inbox: SessionInbox{ID: req.InboxID}}) {
		c.contacts.Drop() // The contact may have a session more.
	}

	if created.Status == "" {
		whole, err := c.conversation(ctx, created.ID)
		if err != nil {
			return OpenedConversation{Conversation: created}, err
		}

		created = whole
	}

	existed := !created.CreatedAt.IsZero() && created.CreatedAt.Before(earliest)
	if !existed {
		c.empty.add(created.ID)
	}

	return OpenedConversation{Conversation: created, Existed: existed}, nil
}

// serverTime returns the time of the server's clock at which a request was begun, in whole seconds, as objects are dated.
func serverTime(response *transport.Response, begun time.Time) time.Time {
	now, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		now = time.Now()
	}

	return now.Add(-time.Since(begun)).Truncate(time.Second)
}

// Conversation reads a conversation: singly, or with many others from the pages of the list.
func (c *Client) Conversation(ctx context.Context, id ID) (Conversation, error) {
	return c.conversations.Get(ctx, id)
}

// WrittenConversation is Conversation directly after a write.
func (c *Client) WrittenConversation(ctx context.Context, id ID) (Conversation, error) {
	return ReadBack(ctx, "conversation "+id.String(), func(ctx context.Context) (Conversation, error) { return c.Conversation(ctx, id) }, nil)
}

// requireStatus refuses a status that the server is too old for, over which it would crash.
func (c *Client) requireStatus(ctx context.Context, status string) error {
	if status != "snoozed" {
		return nil
	}

	return c.Require(ctx, "snoozing a conversation", "1.18.2")
}

// SetStatus makes the status what it says; never without one, which would toggle it. The time is for snoozing.
//
// https://developers.chatwoot.com/api-reference/conversations/toggle-status
func (c *Client) SetStatus(ctx context.Context, id ID, status string, until time.Time) error {
	defer c.dropConversations()

	if err := c.requireStatus(ctx, status); err != nil {
		return err
	}

	body := struct {
		Status string `json:"status"`
		// SnoozedUntil is a number of seconds: ISO 8601 is cut to its leading digits.
		SnoozedUntil int64 `json:"snoozed_until,omitempty"`
	}{Status: status}
	if !until.IsZero() {
		body.SnoozedUntil = until.Unix()
	}

	call := c.write("POST", "/conversations/%s/toggle_status", id.String()).WithJSON(body)

	answer, err := transport.Do[struct {
		Payload struct {
			CurrentStatus string `json:"current_status"`
		} `json:"payload"`
	}](ctx, c.sender, call)
	if err == nil && answer.Payload.CurrentStatus != status {
		return refused(call, fmt.Sprintf("the status should be %s and is %s", status, answer.Payload.CurrentStatus))
	}

	return err
}

// SetPriority sets the priority. Unlike PATCH, this call exists on every server from 2.17.0 on.
//
// POST /conversations/:id/toggle_priority is not on the vendor's pages.
func (c *Client) SetPriority(ctx context.Context, id ID, priority string) error {
	defer c.dropConversations()

	body := struct {
		Priority string `json:"priority"`
	}{priority}
	err := transport.Run(ctx, c.sender, c.write("POST", "/conversations/%s/toggle_priority", id.String()).WithJSON(body))

	return c.need(ctx, err, "setting the priority of a conversation", "2.17.0")
}

// GiveSLAPolicy gives a conversation its SLA policy. A conversation gets one once. A server of the community edition says that it
// has done so, and has not.
//
// PATCH /conversations/:id is on the vendor's pages, the field is not.
func (c *Client) GiveSLAPolicy(ctx context.Context, id, policy ID) error {
	defer c.dropConversations()

	call := c.write("PATCH", "/conversations/%s", id.String()).WithJSON(wrapped("sla_policy_id", policy))

	answer, err := doObject[Conversation](ctx, c, call)
	if err == nil && answer.SLAPolicyID != policy {
		return refused(call, "the server has not taken the SLA policy: only the enterprise edition has SLA policies")
	}

	return err
}

// assignment gives a conversation to one party.
type assignment struct {
	AssigneeID ID `json:"assignee_id,omitzero"`
	TeamID     ID `json:"team_id,omitzero"`
}

// AssignAgent gives the conversation to an agent. The server takes one that does not exist for none, with success.
//
// https://developers.chatwoot.com/api-reference/conversation-assignments/assign-conversation
func (c *Client) AssignAgent(ctx context.Context, id, agent ID) error {
	return c.assign(ctx, id, assignment{AssigneeID: agent}, agent, "agent")
}

// AssignTeam gives the conversation to a team. The server takes one that does not exist for none, with success.
//
// https://developers.chatwoot.com/api-reference/conversation-assignments/assign-conversation
func (c *Client) AssignTeam(ctx context.Context, id, team ID) error {
	return c.assign(ctx, id, assignment{TeamID: team}, team, "team")
}

func (c *Client) assign(ctx context.Context, id ID, body assignment, party ID, noun string) error {
	defer c.dropConversations()

	call := c.write("POST", "/conversations/%s/assignments", id.String()).WithJSON(body)

	response, err := c.sender.Send(ctx, &call)
	if err != nil {
		return err
	}

	var answer *Party // Null for one that does not exist.

	text := string(response.Body)
	if text != "null" && text != "" {
		if err := transport.Decode(&call, response, &answer); err != nil {
			return err
		}
	}

	if answer == nil || answer.ID != party {
		return refused(call, fmt.Sprintf("there is no %s %s in the account; the conversation has none now", noun, party))
	}

	return nil
}

// refused is the error for a success that did nothing.
func refused(call transport.Call, problem string) *transport.Error {
	return &transport.Error{
		Platform: "Chatlake", Method: call.Method, Path: call.Path, Address: call.Address(), Status: 200, Reason: transport.Invalid,
		IsOwn: true, Message: problem,
	}
}

// SetConversationLabels makes these the conversation's labels.
//
// https://developers.chatwoot.com/api-reference/conversations/add-labels
func (c *Client) SetConversationLabels(ctx context.Context, id ID, labels []string) ([]string, error) {
	defer c.dropConversations()

	return payload[string](ctx, c, c.write("POST", "/conversations/%s/labels", id.String()).
		WithJSON(labelsBody{append([]string{}, labels...)})) // Never null, which would clear as well.
}

// attributeAttempts is how often custom attributes are written if another client writes them at the same time.
const attributeAttempts = 3

// SetConversationAttributes changes some custom attributes and removes others. The server replaces all of them, so those of
// other clients are read as late as possible and sent along. What is there afterwards is compared, and written again if
// another client has overwritten it. It returns the conversation, and the keys that were not kept after several attempts.
//
// https://developers.chatwoot.com/api-reference/conversations/update-custom-attributes
func (c *Client) SetConversationAttributes(ctx context.Context, id ID, change map[string]any, remove []string) (Conversation, []string, error) {
	unlock, err := c.conversationLocks.lock(ctx, id)
	if err != nil {
		return Conversation{}, nil, err
	}
	defer unlock()
	defer c.dropConversations()

	current, err := c.conversation(ctx, id)
	if err != nil {
		return Conversation{}, nil, err
	}

	wanted := map[string]any{}
	maps.Copy(wanted, change)

	for range attributeAttempts {
		all := map[string]any{}
		maps.Copy(all, current.CustomAttributes)
		maps.Copy(all, wanted)

		for _, key := range remove {
			delete(all, key)
		}

		err := c.replaceAttributes(ctx, id, all)
		if err != nil {
			return Conversation{}, nil, err
		}

		current, err = c.conversation(ctx, id)
		if err != nil {
			return Conversation{}, nil, err
		}

		missing := missingKeys(current.CustomAttributes, all)
		if len(missing) == 0 {
			return current, nil, nil
		}

		for _, key := range missing { // Also those of others that were there before.
			wanted[key] = all[key]
		}
	}

	return current, missingKeys(current.CustomAttributes, wanted), nil
}

func (c *Client) replaceAttributes(ctx context.Context, id ID, all map[string]any) error {
	body := struct {
		CustomAttributes map[string]any `json:"custom_attributes"`
	}{all}
	err := transport.Run(ctx, c.sender, c.write("POST", "/conversations/%s/custom_attributes", id.String()).WithJSON(body))

	return c.need(ctx, err, "setting custom attributes of a conversation", "1.21.0")
}

// missingKeys returns the keys of wanted that the object lacks, in order. Values are not compared: another client may have
// changed one of its own.
func missingKeys(object Object, wanted map[string]any) []string {
	var missing []string

	for key := range wanted {
		if _, ok := object[key]; !ok {
			missing = append(missing, key)
		}
	}

	slices.Sort(missing)

	return missing
}

// DeleteConversation deletes a conversation with its messages, and waits until it is gone: the server does so in the
// background.
//
// DELETE /conversations/:id is not on the vendor's pages; it is in the server since 4.3.0.
func (c *Client) DeleteConversation(ctx context.Context, id ID) error {
	defer c.dropConversations()

	if err := transport.Run(ctx, c.sender, c.write("DELETE", "/conversations/%s", id.String())); err != nil {
		return c.need(ctx, err, "deleting a conversation", "4.3.0")
	}

	return c.AwaitConversation(ctx, id)
}

// AwaitConversation waits until a conversation that was deleted is gone.
func (c *Client) AwaitConversation(ctx context.Context, id ID) error {
	defer c.dropConversations()

	return waitUntilGone(ctx, "conversation "+id.String(), func(ctx context.Context) error {
		_, err := c.conversation(ctx, id)
		return err
	})
}
