package api_test

import (
	"context"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

const opened = `{"id":5,"uuid":"u","inbox_id":101,"status":"open","priority":null,"snoozed_until":null,"labels":[],"custom_attributes":{},
	"additional_attributes":{},"created_at":1767600000,"updated_at":1767600000.25,"waiting_since":0,"messages":[],"meta":{"sender":{"id":7},"channel":"Channel::Api"}}`

func TestCreateConversation(t *testing.T) {
	until := time.Date(2040, 1, 31, 9, 0, 0, 0, time.UTC)
	req := api.ConversationRequest{
		InboxID: 101, ContactID: 7, SourceID: "s", Status: "snoozed", SnoozedUntil: &until, AssigneeID: 12, TeamID: 201,
		CustomAttributes: map[string]any{"order": "A-1"},
	}

	body := `{"inbox_id":101,"contact_id":7,"source_id":"s","status":"snoozed","snoozed_until":"2040-01-31T09:00:00Z","assignee_id":12,"team_id":201,"custom_attributes":{"order":"A-1"}}`
	for name, exchanges := range map[string][]exchange{
		"server": {{Request: "POST " + account + "/conversations", Body: body, Answer: opened}},
		"page": {
			{Request: "POST " + account + "/conversations", Body: body, Answer: `{"id":5}`},
			{Request: "GET " + account + "/conversations/5", Answer: opened},
		},
	} {
		t.Run(name, func(t *testing.T) {
			c := scripted(t, append([]exchange{{Request: "GET /api", Answer: `{"version":"1.18.2"}`}}, exchanges...)...)

			conversation, err := c.CreateConversation(t.Context(), req)
			if err != nil || conversation.ID != 5 || conversation.Meta.Sender.ID != 7 || conversation.AssigneeID() != 0 || conversation.TeamID() != 0 {
				t.Errorf("%+v, %v", conversation, err)
			}

			if !conversation.WaitingSince.IsZero() || conversation.UpdatedAt.UnixMilli() != 1767600000250 {
				t.Errorf("times %v %v", conversation.WaitingSince, conversation.UpdatedAt)
			}
		})
	}
}

func TestCreateConversation_again(t *testing.T) {
	same := exchange{Request: "POST " + account + "/conversations", Check: ignoreBody, Answer: opened}

	c := scripted(t, same, same)
	for i := range 2 {
		conversation, err := c.CreateConversation(t.Context(), api.ConversationRequest{InboxID: 101, ContactID: 7})

		twice := err != nil && conversation.ID == 0
		if twice != (i == 1) {
			t.Errorf("%d: %+v, %v", i, conversation, err)
		}
	}
}

func TestSetStatus(t *testing.T) {
	answer := func(status string) string {
		return `{"payload":{"success":true,"conversation_id":5,"current_status":"` + status + `","snoozed_until":null}}`
	}

	c := scripted(t,
		exchange{Request: "GET /api", Answer: `{"version":"1.18.2"}`},
		exchange{Request: "POST " + account + "/conversations/5/toggle_status", Body: `{"status":"snoozed","snoozed_until":2211699600}`, Answer: answer("snoozed")},
		exchange{Request: "POST " + account + "/conversations/5/toggle_status", Body: `{"status":"resolved"}`, Answer: answer("open")},
	)
	if err := c.SetStatus(t.Context(), 5, "snoozed", time.Unix(2211699600, 0)); err != nil {
		t.Error(err)
	}

	if err := c.SetStatus(t.Context(), 5, "resolved", time.Time{}); err == nil {
		t.Error("another status than was asked for is a success")
	}
}

func TestAssign(t *testing.T) {
	c := scripted(t,
		exchange{Request: "POST " + account + "/conversations/5/assignments", Body: `{"assignee_id":12}`, Answer: `{"id":12,"name":"Agent"}`},
		exchange{Request: "POST " + account + "/conversations/5/assignments", Body: `{"assignee_id":99}`, Answer: `null`},
		exchange{Request: "POST " + account + "/conversations/5/assignments", Body: `{"team_id":201}`, Answer: `{"id":201,"account_id":1}`},
		exchange{Request: "POST " + account + "/conversations/5/assignments", Body: `{"team_id":99}`, Answer: ``},
		exchange{Request: "POST " + account + "/conversations/5/toggle_priority", Body: `{"priority":"low"}`},
		exchange{Request: "POST " + account + "/conversations/5/labels", Body: `{"labels":[]}`, Answer: `{"payload":[]}`},
	)
	if err := c.AssignAgent(t.Context(), 5, 12); err != nil {
		t.Error(err)
	}

	if err := c.AssignAgent(t.Context(), 5, 99); err == nil || !strings.Contains(err.Error(), "no agent 99") {
		t.Error(err)
	}

	if err := c.AssignTeam(t.Context(), 5, 201); err != nil {
		t.Error(err)
	}

	if err := c.AssignTeam(t.Context(), 5, 99); err == nil || !strings.Contains(err.Error(), "no team 99") {
		t.Error(err)
	}

	if err := c.SetPriority(t.Context(), 5, "low"); err != nil {
		t.Error(err)
	}

	if _, err := c.SetConversationLabels(t.Context(), 5, nil); err != nil {
		t.Error(err)
	}
}

func TestSetConversationAttributes(t *testing.T) {
	with := func(attributes string) exchange {
		return exchange{
			Request: "GET " + account + "/conversations/5",
			Answer:  strings.Replace(opened, `"custom_attributes":{}`, `"custom_attributes":`+attributes, 1),
		}
	}
	write := func(attributes string) exchange {
		return exchange{Request: "POST " + account + "/conversations/5/custom_attributes", Check: func(t *testing.T, _ *http.Request, body []byte) {
			t.Helper()

			if string(body) != `{"custom_attributes":`+attributes+`}` {
				t.Errorf("sent %s, want %s", body, attributes)
			}
		}, Answer: `{"custom_attributes":{}}`}
	}

	for name, test := range map[string]struct {
		exchanges []exchange
		lost      int
	}{
		"alone": {[]exchange{
			with(`{"foreign":12345678901234567890,"old":1,"kept":true}`), write(`{"foreign":12345678901234567890,"kept":false}`),
			with(`{"foreign":12345678901234567890,"kept":false}`),
		}, 0},
		"another client overwrites it once": {[]exchange{
			with(`{"foreign":1}`), write(`{"foreign":1,"kept":false}`), with(`{"theirs":2}`), write(`{"foreign":1,"kept":false,"theirs":2}`),
			with(`{"foreign":1,"kept":false,"theirs":2}`),
		}, 0},
		"another client always overwrites it": {[]exchange{
			with(`{}`), write(`{"kept":false}`), with(`{}`), write(`{"kept":false}`), with(`{}`), write(`{"kept":false}`), with(`{}`),
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			c := scripted(t, test.exchanges...)

			_, lost, err := c.SetConversationAttributes(t.Context(), 5, map[string]any{"kept": false}, []string{"old"})
			if err != nil || len(lost) != test.lost {
				t.Errorf("lost %v, %v", lost, err)
			}
		})
	}
}

func TestDeleteConversation(t *testing.T) {
	missing := exchange{Request: "GET " + account + "/conversations/5", Status: 404, Answer: `{"error":"Resource could not be found"}`}
	there := exchange{Request: "GET " + account + "/conversations/5", Answer: opened}
	crash := exchange{Request: "GET " + account + "/conversations/5", Status: 500, Answer: `{"status":500,"error":"Internal Server Error"}`}

	deleted := exchange{Request: "DELETE " + account + "/conversations/5"}
	if err := scripted(t, deleted, there, crash, crash, missing).DeleteConversation(t.Context(), 5); err != nil {
		t.Error(err)
	}

	ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
	defer cancel()

	if err := scripted(t, deleted, there).DeleteConversation(ctx, 5); err == nil || !strings.Contains(err.Error(), "background jobs") {
		t.Error(err)
	}

	old := scripted(t,
		exchange{Request: "DELETE " + account + "/conversations/5", Status: 404, Answer: `{"status":404,"error":"Not Found"}`},
		exchange{Request: "GET /api", Answer: `{"version":"4.2.0"}`},
	)
	if err := old.DeleteConversation(t.Context(), 5); err == nil || !strings.Contains(err.Error(), "needs version 4.3.0") {
		t.Error(err)
	}
	// A new server that does not know the path is none.
	wrong := scripted(t,
		exchange{Request: "DELETE " + account + "/conversations/5", Status: 404, Answer: `{"status":404,"error":"Not Found"}`},
		exchange{Request: "GET /api", Answer: `{"version":"4.15.1"}`},
	)
	if err := wrong.DeleteConversation(t.Context(), 5); transport.IsNotFound(err) || err == nil {
		t.Error(err)
	}
}

func TestConversations(t *testing.T) {
	const all = "assignee_type=all&"

	list := func(count int, rows string) string {
		return `{"data":{"meta":{"all_count":` + string(rune('0'+count)) + `},"payload":[` + rows + `]}}`
	}

	c := scripted(t,
		exchange{Request: "GET " + account + "/conversations?" + all + "page=1&sort_by=created_at_asc&status=all", Answer: list(3, `{"id":1},{"id":2}`)},
		exchange{Request: "GET " + account + "/conversations?" + all + "page=2&sort_by=created_at_asc&status=all", Answer: list(3, `{"id":3}`)},
		exchange{
			Request: "GET " + account + "/conversations?assignee_type=me&inbox_id=101&labels%5B%5D=a&page=1&q=x&sort_by=created_at_asc&source_id=s&status=open&team_id=2",
			Answer:  list(5, ``),
		},
		exchange{Request: "GET " + account + "/conversations?" + all + "page=1&sort_by=created_at_asc&status=all", Answer: `{"data":{}}`},
	)
	if rows, err := c.Conversations(t.Context(), api.ConversationsQuery{}, 0); err != nil || len(rows) != 3 {
		t.Error(rows, err)
	}

	query := api.ConversationsQuery{Status: "open", AssigneeType: "me", InboxID: 101, TeamID: 2, Labels: []string{"a"}, SourceID: "s", Search: "x"}
	if rows, err := c.Conversations(t.Context(), query, 0); err != nil || len(rows) != 0 {
		t.Error(rows, err)
	}

	if _, err := c.Conversations(t.Context(), api.ConversationsQuery{}, 0); err == nil {
		t.Error("what is no list was taken for an empty one")
	}
}

func TestLostConversation(t *testing.T) {
	row := func(id, created string) string {
		return strings.NewReplacer(`"id":5`, `"id":`+id, "1767600000,", created+",").Replace(opened)
	}
	now := time.Unix(1767600010, 0)

	for name, test := range map[string]struct {
		rows  string
		found bool
	}{
		"young":            {row("5", "1767600010"), true},
		"older":            {row("5", "1767600002"), false},
		"two":              {row("5", "1767600010") + "," + row("6", "1767600010"), false},
		"another contact":  {strings.Replace(row("5", "1767600010"), `"sender":{"id":7}`, `"sender":{"id":8}`, 1), false},
		"young beside old": {row("5", "1767600010") + "," + row("4", "1767500000"), true},
	} {
		t.Run(name, func(t *testing.T) {
			c := scripted(t, exchange{
				Request: "GET " + account + "/conversations?assignee_type=all&inbox_id=101&page=1&sort_by=created_at_asc&source_id=s&status=all",
				Answer:  `{"data":{"meta":{"all_count":1},"payload":[` + test.rows + `]}}`, Header: http.Header{"Date": {now.UTC().Format(http.TimeFormat)}},
			})
			req := api.ConversationRequest{InboxID: 101, ContactID: 7, SourceID: "s"}

			_, found, err := c.LostConversation(t.Context(), req, time.Now().Add(-2*time.Second))
			if err != nil || found != test.found {
				t.Errorf("found %t, %v", found, err)
			}
		})
	}
}
