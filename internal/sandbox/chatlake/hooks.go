package chatlake

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Hooks are acts of agents, customers and timers, none of which are in the journal. All are in the account AccountID.
//
//	act                  {method, path, body, token}   any request to the API, by default as the administrator
//	contact_update       {contact_id, name, email, phone_number, identifier, blocked, custom_attributes,
//	                      additional_attributes, labels}   what is sent replaces; null clears
//	contact_merge        {base_contact_id, mergee_contact_id}
//	contact_delete       {contact_id}
//	contact_online       {contact_id}                  seen now, so that it cannot be deleted for a while
//	conversation_update  {conversation_id, status, snoozed_until, assignee_id, team_id, priority, labels,
//	                      custom_attributes}           assignee_id and team_id 0 take off
//	conversation_delete  {conversation_id}             gone with its messages, at once
//	incoming_message     {conversation_id, content, source_id}
//	agent_message        {conversation_id, content, user_id, private}
//	message_status       {message_id, status, external_error}
//	message_delete       {message_id}                  the tombstone
//	agent_update         {user_id, name, display_name, connected, availability}
//	agent_remove         {user_id}
//	label_rename         {title, to}                   to "" deletes
//	inbox_delete         {inbox_id}
//	account_update       {status, name}
func (p *Platform) Hooks() map[string]sandbox.Hook {
	return map[string]sandbox.Hook{
		"act":                 hook(p, p.hookAct),
		"contact_update":      hook(p, p.hookContactUpdate),
		"contact_merge":       hook(p, p.hookContactMerge),
		"contact_delete":      hook(p, p.hookContactDelete),
		"contact_online":      hook(p, p.hookContactOnline),
		"conversation_update": hook(p, p.hookConversationUpdate),
		"conversation_delete": hook(p, p.hookConversationDelete),
		"incoming_message":    hook(p, p.hookIncomingMessage),
		"agent_message":       hook(p, p.hookAgentMessage),
		"message_status":      hook(p, p.hookMessageStatus),
		"message_delete":      hook(p, p.hookMessageDelete),
		"agent_update":        hook(p, p.hookAgentUpdate),
		"agent_remove":        hook(p, p.hookAgentRemove),
		"label_rename":        hook(p, p.hookLabelRename),
		"inbox_delete":        hook(p, p.hookInboxDelete),
		"account_update":      hook(p, p.hookAccountUpdate),
	}
}

// hook decodes a body strictly, since a misspelt act would be a test that tests nothing.
func hook[T any](p *Platform, run func(T) (any, error)) sandbox.Hook {
	return func(body []byte) (any, error) {
		p.runJobs()

		var in T

		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		decoder.DisallowUnknownFields()

		if err := decoder.Decode(&in); err != nil {
			return nil, err
		}

		return run(in)
	}
}

type actHook struct {
	Method string          `json:"method"`
	Path   string          `json:"path"`
	Body   json.RawMessage `json:"body"`
	Token  string          `json:"token"`
}

// hookAct sends a request past the journal. What it complains about is an error too.
func (p *Platform) hookAct(in actHook) (any, error) {
	path := "/api/v1/accounts/1" + in.Path

	rooted, isRooted := strings.CutPrefix(in.Path, "//")
	if isRooted {
		path = "/" + rooted
	}

	if in.Token == "" {
		in.Token = AdminToken
	}

	r, err := http.NewRequestWithContext(context.Background(), in.Method, path, http.NoBody)
	if err != nil {
		return nil, err
	}

	r.Header.Set("Api-Access-Token", in.Token)
	r.Header.Set("Accept", "application/json")

	if len(in.Body) > 0 {
		r.Header.Set("Content-Type", "application/json")
	}

	var reply *sandbox.Reply

	mux := http.NewServeMux()
	for _, route := range p.Routes() {
		mux.HandleFunc(route.Pattern, func(_ http.ResponseWriter, r *http.Request) {
			answer := route.Handle(&sandbox.Request{Request: r, Raw: in.Body})
			reply = &answer
		})
	}

	mux.ServeHTTP(discard{}, r)

	switch {
	case reply == nil:
		return nil, fmt.Errorf("no such route: %s %s", in.Method, path)
	case reply.Status >= 400:
		return nil, fmt.Errorf("%s %s: %d %s", in.Method, path, reply.Status, reply.Raw)
	case len(reply.Raw) == 0:
		return nil, nil
	}

	return json.RawMessage(reply.Raw), nil
}

// discard takes what the mux writes for an unknown path.
type discard struct{}

func (discard) Header() http.Header { return http.Header{} }
func (discard) Write(b []byte) (int, error) {
	return len(b), nil
}
func (discard) WriteHeader(int) {}

var errGone = errors.New("there is no such object in the account")

func (p *Platform) hookedContact(id int64) (*contact, error) {
	x, found := p.contacts.Get(id)
	if !found || x.account != AccountID {
		return nil, errGone
	}

	return x, nil
}

func (p *Platform) hookedConversation(id int64) (*conversation, error) {
	conv, found := p.conversations.Get(conversationKey{AccountID, id})
	if !found {
		return nil, errGone
	}

	return conv, nil
}

func (p *Platform) hookedUser(id int64) (*user, error) {
	u, found := p.users.Get(id)
	if !found || u.memberships[AccountID] == nil {
		return nil, errGone
	}

	return u, nil
}

// sent is an optional field of a hook: null and absent are two things.
type sent[T any] struct {
	set   bool
	value *T
}

// UnmarshalJSON notes that the key was there.
func (s *sent[T]) UnmarshalJSON(raw []byte) error {
	s.set = true
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.UseNumber()

	return decoder.Decode(&s.value)
}

func (s *sent[T]) into(target **T) {
	if s.set {
		*target = s.value
	}
}

type contactHook struct {
	ContactID            int64        `json:"contact_id"`
	Name                 sent[string] `json:"name"`
	Email                sent[string] `json:"email"`
	PhoneNumber          sent[string] `json:"phone_number"`
	Identifier           sent[string] `json:"identifier"`
	Blocked              *bool        `json:"blocked"`
	CustomAttributes     object       `json:"custom_attributes"`
	AdditionalAttributes object       `json:"additional_attributes"`
	Labels               []string     `json:"labels"`
}

func (p *Platform) hookContactUpdate(in contactHook) (any, error) {
	x, err := p.hookedContact(in.ContactID)
	if err != nil {
		return nil, err
	}

	p.dropContactKeys(x)
	in.Name.into(&x.name)
	in.Email.into(&x.email)
	in.PhoneNumber.into(&x.phone)
	in.Identifier.into(&x.identifier)

	if in.Blocked != nil {
		x.blocked = *in.Blocked
	}

	if in.CustomAttributes != nil {
		x.custom = in.CustomAttributes
	}

	if in.AdditionalAttributes != nil {
		x.additional = in.AdditionalAttributes
	}

	if in.Labels != nil {
		_, x.labels = p.tagList(in.Labels)
	}

	p.keepContact(x)

	return nil, nil
}

type mergeHook struct {
	BaseContactID   int64 `json:"base_contact_id"`
	MergeeContactID int64 `json:"mergee_contact_id"`
}

func (p *Platform) hookContactMerge(in mergeHook) (any, error) {
	base, err := p.hookedContact(in.BaseContactID)
	if err != nil {
		return nil, err
	}

	mergee, err := p.hookedContact(in.MergeeContactID)
	if err != nil {
		return nil, err
	}

	p.mergeContacts(base, mergee)

	return nil, nil
}

type contactIDHook struct {
	ContactID int64 `json:"contact_id"`
}

func (p *Platform) hookContactDelete(in contactIDHook) (any, error) {
	x, err := p.hookedContact(in.ContactID)
	if err == nil {
		p.removeContact(x)
	}

	return nil, err
}

func (p *Platform) hookContactOnline(in contactIDHook) (any, error) {
	x, err := p.hookedContact(in.ContactID)
	if err == nil {
		x.seenOnline = p.core.Now()
	}

	return nil, err
}

type conversationHook struct {
	ConversationID   int64        `json:"conversation_id"`
	Status           *string      `json:"status"`
	SnoozedUntil     time.Time    `json:"snoozed_until"`
	AssigneeID       *int64       `json:"assignee_id"`
	TeamID           *int64       `json:"team_id"`
	Priority         sent[string] `json:"priority"`
	Labels           []string     `json:"labels"`
	CustomAttributes object       `json:"custom_attributes"`
}

func (p *Platform) hookConversationUpdate(in conversationHook) (any, error) {
	conv, err := p.hookedConversation(in.ConversationID)
	if err != nil {
		return nil, err
	}

	const actor = "an agent"

	if in.Status != nil {
		if !slices.Contains(statuses, *in.Status) {
			return nil, fmt.Errorf("status %q", *in.Status)
		}

		p.setStatus(conv, *in.Status, in.SnoozedUntil, actor)
	}

	if in.TeamID != nil {
		t, _ := p.teams.Get(*in.TeamID)
		p.setTeam(conv, t, actor)
	}

	if in.AssigneeID != nil {
		u, _ := p.users.Get(*in.AssigneeID)
		p.setAssignee(conv, u, actor)
	}

	if in.Priority.set {
		p.setPriority(conv, deref(in.Priority.value), actor)
	}

	if in.Labels != nil {
		p.tagConversation(conv, in.Labels, actor)
	}

	if in.CustomAttributes != nil {
		conv.custom = in.CustomAttributes
	}

	return nil, nil
}

type conversationIDHook struct {
	ConversationID int64 `json:"conversation_id"`
}

func (p *Platform) hookConversationDelete(in conversationIDHook) (any, error) {
	conv, err := p.hookedConversation(in.ConversationID)
	if err == nil {
		p.removeConversation(conv)
	}

	return nil, err
}

type incomingHook struct {
	ConversationID int64   `json:"conversation_id"`
	Content        string  `json:"content"`
	SourceID       *string `json:"source_id"`
}

func (p *Platform) hookIncomingMessage(in incomingHook) (any, error) {
	conv, err := p.hookedConversation(in.ConversationID)
	if err != nil {
		return nil, err
	}

	m := &message{
		conversation: conv, content: &in.Content, kind: incoming, contentType: "text", status: "sent", sourceID: in.SourceID,
		attributes: object{}, additional: object{}, contact: conv.contact,
	}
	p.keepMessage(m)

	return m.id, nil
}

type agentMessageHook struct {
	ConversationID int64  `json:"conversation_id"`
	Content        string `json:"content"`
	UserID         int64  `json:"user_id"`
	Private        bool   `json:"private"`
}

func (p *Platform) hookAgentMessage(in agentMessageHook) (any, error) {
	conv, err := p.hookedConversation(in.ConversationID)
	if err != nil {
		return nil, err
	}

	u, err := p.hookedUser(in.UserID)
	if err != nil {
		return nil, err
	}

	m := &message{
		conversation: conv, content: &in.Content, kind: outgoing, contentType: "text", status: "sent", private: in.Private,
		attributes: object{}, additional: object{}, user: u,
	}
	p.keepMessage(m)

	return m.id, nil
}

type messageHook struct {
	MessageID     int64   `json:"message_id"`
	Status        string  `json:"status"`
	ExternalError *string `json:"external_error"`
}

func (p *Platform) hookMessageStatus(in messageHook) (any, error) {
	m := p.messages[in.MessageID]
	if m == nil || !slices.Contains(messageStatuses, in.Status) {
		return nil, errGone
	}

	p.setMessageStatus(m, in.Status, in.ExternalError)

	return nil, nil
}

type messageIDHook struct {
	MessageID int64 `json:"message_id"`
}

func (p *Platform) hookMessageDelete(in messageIDHook) (any, error) {
	m := p.messages[in.MessageID]
	if m == nil {
		return nil, errGone
	}

	p.bury(m)

	return nil, nil
}

type agentHook struct {
	UserID       int64   `json:"user_id"`
	Name         *string `json:"name"`
	DisplayName  *string `json:"display_name"`
	Connected    *bool   `json:"connected"`
	Availability *string `json:"availability"`
}

func (p *Platform) hookAgentUpdate(in agentHook) (any, error) {
	u, err := p.hookedUser(in.UserID)
	if err != nil {
		return nil, err
	}

	if in.Name != nil {
		u.name = *in.Name
	}

	if in.DisplayName != nil {
		u.displayName = in.DisplayName
	}

	if in.Connected != nil {
		u.connected = *in.Connected
	}

	if in.Availability != nil {
		u.memberships[AccountID].availability = *in.Availability
	}

	return nil, nil
}

type userIDHook struct {
	UserID int64 `json:"user_id"`
}

func (p *Platform) hookAgentRemove(in userIDHook) (any, error) {
	u, err := p.hookedUser(in.UserID)
	if err == nil {
		p.removeAgent(u, AccountID)
	}

	return nil, err
}

type labelHook struct {
	Title string `json:"title"`
	To    string `json:"to"`
}

func (p *Platform) hookLabelRename(in labelHook) (any, error) {
	l, found := p.labels.Get(p.labelNames[nameKey{AccountID, in.Title}])
	if !found {
		return nil, errGone
	}

	if in.To == "" {
		p.removeLabel(l)
		return nil, nil
	}

	draft := *l
	draft.Title = in.To
	p.changeLabel(l, draft)

	return nil, nil
}

type inboxIDHook struct {
	InboxID int64 `json:"inbox_id"`
}

func (p *Platform) hookInboxDelete(in inboxIDHook) (any, error) {
	i, found := p.inboxes.Get(in.InboxID)
	if !found {
		return nil, errGone
	}

	p.removeInbox(i)

	return nil, nil
}

type accountHook struct {
	Status *string `json:"status"`
	Name   *string `json:"name"`
}

func (p *Platform) hookAccountUpdate(in accountHook) (any, error) {
	row, _ := p.accounts.Get(AccountID)
	if in.Status != nil {
		row.status = *in.Status
	}

	if in.Name != nil {
		row.name = *in.Name
	}

	return nil, nil
}
