package api_test

import (
	"context"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// TestOddRows reads lists of which the rows 2 and 3 are of another shape. The first row is read. An error about object 2 is
// not "not found", and quotes nothing. Object 4 is on no list, so it is gone.
func TestOddRows(t *testing.T) {
	const (
		rows     = `[{"id":1,"name":"one","slug":"one"},{"id":2,"name":{"text":"private"}},{"id":3,"name":["private"]}]`
		notes    = `[{"id":1,"content":"one"},{"id":2,"content":{"text":"private"}},{"id":3,"content":["private"]}]`
		messages = `[{"id":1,"message_type":1},{"id":2,"message_type":"private"},{"id":3,"message_type":["private"]}]`
		people   = `[{"id":1,"identifier":"a"},{"id":2,"identifier":{"text":"private"}},{"id":3,"identifier":["private"]}]`
		talks    = `[{"id":1,"labels":[]},{"id":2,"labels":"private"},{"id":3,"status":["private"]}]`
	)

	const filter = `{"payload":[{"attribute_key":"identifier","filter_operator":"equal_to","values":["a"],"query_operator":null}]}`

	list := func(path, answer string) exchange { return exchange{Request: "GET " + account + path, Answer: answer} }

	for name, test := range map[string]struct {
		lists []exchange
		list  func(context.Context, *api.Client) (int, error)
		// object reads one object from the list; nil if a list never says that an object is gone.
		objects []exchange
		object  func(context.Context, *api.Client, api.ID) error
	}{
		"automation rules": {
			lists:  []exchange{list("/automation_rules", `{"payload":`+rows+`}`)},
			list:   length((*api.Client).AutomationRules),
			object: object((*api.Client).AutomationRule),
		},
		"macros": {
			lists: []exchange{list("/macros", `{"payload":`+rows+`}`)}, list: length((*api.Client).Macros),
			objects: []exchange{{Request: "GET " + account + "/macros/4", Status: 404}}, object: object((*api.Client).Macro),
		},
		"inboxes": {
			lists: []exchange{list("/inboxes", `{"payload":`+rows+`}`)}, list: length((*api.Client).Inboxes),
		},
		"portals": {
			lists: []exchange{list("/portals", `{"payload":`+rows+`}`)}, list: length((*api.Client).Portals), object: object((*api.Client).Portal),
		},
		"contacts": {
			lists: []exchange{list("/contacts?page=1&sort=created_at", `{"meta":{"count":3},"payload":`+rows+`}`)},
			list: func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.Contacts(ctx, api.ContactsQuery{}, 0)
				return len(found), err
			},
		},
		"contacts with a key": {
			lists: []exchange{{Request: "POST " + account + "/contacts/filter", Body: filter, Answer: `{"meta":{"count":3},"payload":` + people + `}`}},
			list: func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.FindContact(ctx, api.KeyIdentifier, "a")
				return int(found.ID), err
			},
		},
		"conversations": {
			lists: []exchange{list("/conversations?assignee_type=all&page=1&sort_by=created_at_asc&status=all", `{"data":{"meta":{"all_count":3},"payload":`+talks+`}}`)},
			list: func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.Conversations(ctx, api.ConversationsQuery{}, 0)
				return len(found), err
			},
		},
		"notes": {
			lists: []exchange{list("/contacts/5/notes", notes)},
			list: func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.ContactNotes(ctx, 5)
				return len(found), err
			},
			objects: []exchange{list("/contacts/5/notes", notes)},
			object: func(ctx context.Context, c *api.Client, id api.ID) error {
				_, err := c.ContactNote(ctx, 5, id)
				return err
			},
		},
		"messages": {
			lists: []exchange{list("/conversations/5/messages", `{"payload":`+messages+`}`), list("/conversations/5/messages?before=1", `{"payload":[]}`)},
			list: func(ctx context.Context, c *api.Client) (int, error) {
				found, err := c.Messages(ctx, 5, 0)
				return len(found), err
			},
			objects: []exchange{
				{Request: "GET /api", Answer: `{"version":"4.15.1"}`},
				list("/conversations/5/messages?after=1&before=2", `{"payload":`+messages+`}`),
				list("/conversations/5/messages?after=2&before=4", `{"payload":`+messages+`}`),
				list("/conversations/5/messages?after=4&before=8", `{"payload":`+messages+`}`),
			},
			object: func(ctx context.Context, c *api.Client, id api.ID) error {
				_, found, err := c.Message(ctx, 5, id)
				if err == nil && !found {
					return &transport.Error{Reason: transport.NotFound}
				}

				return err
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := scripted(t, append(test.lists, test.objects...)...)

			n, err := test.list(t.Context(), c)
			if n != 1 || err != nil {
				t.Errorf("%d rows, %v; want the one that can be read", n, err)
			}

			if test.object == nil {
				return
			}

			if err := test.object(t.Context(), c, 1); err != nil {
				t.Errorf("the row that can be read: %v", err)
			}

			err = test.object(t.Context(), c, 2)
			if err == nil || transport.IsNotFound(err) || strings.Contains(err.Error(), "private") {
				t.Errorf("the odd row: %v", err)
			}

			if err := test.object(t.Context(), c, 4); !transport.IsNotFound(err) {
				t.Errorf("an object that is on no list: %v", err)
			}
		})
	}
}

func length[T any](list func(*api.Client, context.Context) ([]T, error)) func(context.Context, *api.Client) (int, error) {
	return func(ctx context.Context, c *api.Client) (int, error) {
		found, err := list(c, ctx)
		return len(found), err
	}
}

func object[T any](read func(*api.Client, context.Context, api.ID) (T, error)) func(context.Context, *api.Client, api.ID) error {
	return func(ctx context.Context, c *api.Client, id api.ID) error {
		_, err := read(c, ctx, id)
		return err
	}
}
