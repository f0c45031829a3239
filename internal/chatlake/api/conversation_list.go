package api

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"net/url"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// ConversationsQuery narrows a list of conversations. The zero value is all of them.
type ConversationsQuery struct {
	// Status is one of the statuses; empty is all.
	Status string
	// AssigneeType is me, unassigned, assigned, or empty for all.
	AssigneeType    string
	InboxID, TeamID ID
	// Labels are alternatives.
	Labels   []string
	SourceID string
	// Search is a part of a message.
	Search string
}

func (q ConversationsQuery) values(page int) url.Values {
	values := url.Values{
		"status": {"all"}, "assignee_type": {"all"}, "page": {strconv.Itoa(page)},
		// Servers before 3.4.0 list by last activity all the same; what moves between pages meanwhile is read singly.
		"sort_by": {"created_at_asc"},
	}

	for name, value := range map[string]string{
		"status": q.Status, "assignee_type": q.AssigneeType, "source_id": q.SourceID, "q": q.Search,
	} {
		if value != "" {
			values.Set(name, value)
		}
	}

	for name, id := range map[string]ID{"inbox_id": q.InboxID, "team_id": q.TeamID} {
		if id != 0 {
			values.Set(name, id.String())
		}
	}

	if len(q.Labels) > 0 {
		values["labels[]"] = q.Labels
	}

	return values
}

type conversationList struct {
	Data struct {
		Meta struct {
			AllCount int `json:"all_count"`
		} `json:"meta"`
		Payload wirejson.Rows[Conversation] `json:"payload"`
	} `json:"data"`
}

// UnmarshalJSON wants the list itself: without it, it would seem that there is no conversation.
func (l *conversationList) UnmarshalJSON(raw []byte) error {
	type plain conversationList

	var read plain
	if err := json.Unmarshal(raw, &read); err != nil {
		return err
	}

	if read.Data.Payload.Good == nil {
		return errors.New("it has no data.payload")
	}

	*l = conversationList(read)

	return nil
}

func (c *Client) conversationPage(ctx context.Context, number int) (reads.Page[Conversation], error) {
	list, err := c.listConversations(ctx, ConversationsQuery{}, number)
	size := list.Data.Payload.Len()
	page := reads.Page[Conversation]{Rows: list.Data.Payload.Good, Last: size == 0}

	if number == 1 && size > 0 {
		// The first page tells how long one is: 25 rows, unless the installation changed that.
		page.Pages = (list.Data.Meta.AllCount + size - 1) / size
	}

	return page, err
}

// listConversations reads one page.
func (c *Client) listConversations(ctx context.Context, q ConversationsQuery, number int) (conversationList, error) {
	return transport.Do[conversationList](ctx, c.sender, c.read("GET", "/conversations").WithQuery(q.values(number)))
}

// EachConversation lists conversations page by page, the oldest first. Of a search, the server ignores the status.
//
// https://developers.chatwoot.com/api-reference/conversations/conversations-list
func (c *Client) EachConversation(ctx context.Context, q ConversationsQuery) iter.Seq2[Conversation, error] {
	return func(yield func(Conversation, error) bool) {
		read, size := 0, 0

		for number := 1; ; number++ {
			list, err := c.listConversations(ctx, q, number)
			if err != nil {
				yield(Conversation{}, err)
				return
			}

			rows := list.Data.Payload
			transport.LeaveOut(ctx, fmt.Sprintf("/conversations, page %d", number), rows.Odd...)

			for _, row := range rows.Good {
				isAsked := q.Search == "" || q.Status == "" || row.Status == q.Status
				if isAsked && !yield(row, nil) {
					return
				}
			}

			read, size = read+rows.Len(), max(size, rows.Len())
			// The count is of all assignees.
			if rows.Len() < size || rows.Len() == 0 || q.AssigneeType == "" && read >= list.Data.Meta.AllCount {
				return
			}
		}
	}
}

// Conversations lists conversations as EachConversation does, at most that many; 0 is all.
func (c *Client) Conversations(ctx context.Context, q ConversationsQuery, most int) ([]Conversation, error) {
	all, err := collect(c.EachConversation(ctx, q), most)
	if err == nil && all == nil {
		all = []Conversation{}
	}

	return all, err
}

// LostConversation looks for a conversation whose creation, begun at some time, got no answer: one in the same session
// that is as young and has the same attributes, and that no other creation of this process answered with. It is taken
// only if there is exactly one.
func (c *Client) LostConversation(ctx context.Context, req ConversationRequest, begun time.Time) (Conversation, bool, error) {
	query := ConversationsQuery{SourceID: req.SourceID, InboxID: req.InboxID}
	call := c.read("GET", "/conversations").WithQuery(query.values(1))

	response, err := c.sender.Send(ctx, &call)
	if err != nil {
		return Conversation{}, false, err
	}

	var list conversationList
	if err := transport.Decode(&call, response, &list); err != nil {
		return Conversation{}, false, err
	}

	earliest := serverTime(response, begun)

	found := slices.DeleteFunc(list.Data.Payload.Good, func(row Conversation) bool {
		return row.CreatedAt.Before(earliest) || row.Meta.Sender.ID != req.ContactID || c.opened.has(row.ID) ||
			!contains(row.AdditionalAttributes, req.AdditionalAttributes) || !contains(row.CustomAttributes, req.CustomAttributes)
	})
	if len(found) != 1 {
		return Conversation{}, false, nil
	}

	c.opened.add(found[0].ID)
	c.sessions.remember(req.ContactID, ContactInbox{SourceID: req.SourceID, Inbox: SessionInbox{ID: req.InboxID}})

	return found[0], true, nil
}

// contains reports whether the object has the keys; their values the server may have written in another way.
func contains(object Object, keys map[string]any) bool {
	for key := range keys {
		if _, ok := object[key]; !ok {
			return false
		}
	}

	return true
}

// ConversationSource finds the session of a conversation that does not tell it: the contact's only one in the inbox, or
// the one under which the server lists the conversation. It is empty if that cannot be told.
func (c *Client) ConversationSource(ctx context.Context, conversation *Conversation) (string, error) {
	source := conversation.SourceID()
	if source != "" {
		return source, nil
	}

	contact, err := c.Contact(ctx, conversation.Meta.Sender.ID)
	if err != nil {
		return "", err
	}

	sessions := slices.DeleteFunc(slices.Clone(contact.ContactInboxes), func(s ContactInbox) bool { return s.Inbox.ID != conversation.InboxID })
	if len(sessions) == 1 {
		return sessions[0].SourceID, nil
	}

	for _, session := range sessions {
		rows, err := c.Conversations(ctx, ConversationsQuery{SourceID: session.SourceID, InboxID: conversation.InboxID}, 0)
		if err != nil {
			return "", err
		}

		if slices.ContainsFunc(rows, func(row Conversation) bool { return row.ID == conversation.ID }) {
			return session.SourceID, nil
		}
	}

	return "", nil
}

// idSet is a set that may be used from anywhere.
type idSet struct {
	mu  sync.Mutex
	ids map[ID]bool
}

// add reports whether the id is new.
func (s *idSet) add(id ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()

	if s.ids == nil {
		s.ids = map[ID]bool{}
	}

	known := s.ids[id]
	s.ids[id] = true

	return !known
}

func (s *idSet) has(id ID) bool {
	s.mu.Lock()
	defer s.mu.Unlock()

	return s.ids[id]
}
