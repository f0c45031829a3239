package chatlake_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestPageFlow is the flow of the vendor's page "Send messages to API channel", with its own bodies.
func TestPageFlow(t *testing.T) {
	for _, page := range []bool{false, true} {
		t.Run(fmt.Sprint("page shapes ", page), func(t *testing.T) {
			w := newWorld(t)
			w.switches(func(s *chatlake.Switches) { s.PageShapes = page })

			create := `{"inbox_id":101,"name":"Visitor","email":"visitor@shop.example","phone_number":"+15550001","avatar":null,
				"avatar_url":"https://shop.example/a.png","identifier":"v-1","custom_attributes":{}}`

			at, contact := "payload.contact.", `{"payload":{"contact":{"id":1002,"contact_inboxes":[{"inbox":{"id":101}}]}}}`
			if page {
				at, contact = "", `{"payload":"<absent>","id":1002,"contact_inboxes":[{"inbox":{"id":101}}],"availability_status":"offline"}`
			}

			status, got := w.send("POST", "/contacts", create)
			w.compare("contact", status, got, 200, contact)
			source := fmt.Sprint(w.get(got, at+"contact_inboxes.0.source_id"))

			conversation := `{"id":1,"inbox_id":101,"status":"open","meta":{"sender":{"id":1002}}}`
			if page {
				conversation = `{"id":1,"status":"<absent>"}`
			}

			w.want("POST", "/conversations", fmt.Sprintf(`{"source_id":%q,"inbox_id":"101","contact_id":"1002","additional_attributes":{},
				"custom_attributes":{"attribute_key":"attribute_value","priority_conversation_number":3},"status":"open",
				"assignee_id":"12","team_id":"201"}`, source), 200, conversation)

			content := `"text"`
			if page {
				content = `null`
			}

			w.want("POST", "/conversations/1/messages",
				`{"content":"This is a incoming message from API Channel","message_type":"incoming","private":false,"content_attributes":{}}`, 200,
				`{"id":5001,"content":"This is a incoming message from API Channel","inbox_id":101,"conversation_id":1,"message_type":0,
				"content_type":`+content+`,"content_attributes":{},"created_at":1772600767,"private":false,"status":"sent","source_id":null,
				"sender":{"id":1002,"name":"Visitor","type":"contact"},"attachments":"<absent>","echo_id":"<absent>","updated_at":"<absent>"}`)
			w.quiet()

			held := w.p.Sessions()
			if len(held) != 1 || held[0].SourceID != source {
				t.Errorf("sessions %+v, want the one of %s", held, source)
			}
		})
	}
}

// start makes a contact with a session and a conversation, and returns the contact's id and the conversation's path.
func (w *world) start(fields string) (contact, path string) {
	w.Helper()
	n := len(w.p.Contacts()) + 1
	contact = w.contact(fmt.Sprintf(`{"name":"Contact %d","email":"c%d@gmail.com","inbox_id":101,"source_id":"source-%d"}`, n, n, n))
	display := w.make("/conversations", fmt.Sprintf(`{"inbox_id":101,"contact_id":%s,"source_id":"source-%d"%s}`, contact, n, fields), "id")

	return contact, "/conversations/" + display
}

func TestConversationShape(t *testing.T) {
	w := newWorld(t)
	contact, path := w.start(`,"custom_attributes":{"n":1},"additional_attributes":{"referer":"https://x.example"}`)
	w.want("GET", path, "", 200, `{"id":1,"uuid":"<any>","account_id":1,"inbox_id":101,"status":"open","priority":null,"snoozed_until":null,
		"labels":[],"muted":false,"can_reply":true,"unread_count":0,"custom_attributes":{"n":1},"additional_attributes":{"referer":"https://x.example"},
		"messages":[],"last_non_activity_message":null,"agent_last_seen_at":0,"assignee_last_seen_at":0,"contact_last_seen_at":0,
		"first_reply_created_at":0,"last_activity_at":1772600767,"timestamp":1772600767,"created_at":1772600767,"updated_at":1772600767.0,
		"waiting_since":1772600767,"sla_policy_id":null,"contact_id":"<absent>","source_id":"<absent>",
		"meta":{"sender":{"id":`+contact+`,"contact_inboxes":"<absent>"},"channel":"Channel::Api","hmac_verified":false,
			"assignee":"<absent>","assignee_type":"<absent>","team":"<absent>"}}`)
	w.want("POST", path+"/messages", `{"content":"hi"}`, 200, "")
	w.want("GET", path, "", 200, `{"messages":[{"id":5001,"conversation_id":1,"message_type":1,"sender_type":"User","sender_id":11,
		"conversation":{"contact_inbox":{"source_id":"source-1"}}}],"last_non_activity_message":{"id":5001}}`)
	w.want("GET", "/conversations?source_id=source-1&status=all", "", 200, `{"data":{"payload":[{"id":1}],"meta":{"all_count":1}}}`)
	w.want("GET", "/conversations/9", "", 404, `{"error":"Resource could not be found"}`)
	w.as(chatlake.SecondAgentToken).want("GET", path, "", 401, `{"error":"You are not authorized to do this action"}`)
	w.as(chatlake.BotToken).want("GET", path, "", 200, `{"id":1}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.Version = "3.16.0" })
	w.want("GET", path, "", 200, `{"updated_at":"<absent>"}`)
}

func TestConversationSessions(t *testing.T) {
	w := newWorld(t)
	one := w.contact(`{"name":"One","inbox_id":101,"source_id":"s-1"}`)
	two := w.contact(`{"name":"Two","inbox_id":101,"source_id":"s-2"}`)
	with := func(contact, source string) string {
		return fmt.Sprintf(`{"inbox_id":101,"contact_id":%s,"source_id":%q}`, contact, source)
	}
	w.want("POST", "/conversations", with(one, "s-1"), 200, `{"id":1}`)
	w.want("POST", "/conversations", with(one, "s-1"), 200, `{"id":2}`)
	w.want("POST", "/conversations", `{"source_id":"s-2"}`, 200, `{"id":3,"meta":{"sender":{"id":`+two+`}}}`)
	w.want("POST", "/conversations", with(two, "s-1"), 422, `{"error":"source_id should be unique"}`)
	w.want("POST", "/conversations", with(two, "s-3"), 200, `{"id":4}`)
	w.want("POST", "/conversations", `{"source_id":"none"}`, 404, "")
	w.want("POST", "/conversations", `{"inbox_id":999,"contact_id":`+one+`,"source_id":"x"}`, 404, "")
	w.want("POST", "/conversations", with("999", "x"), 404, "")
	w.quiet()
	w.want("POST", "/conversations", `{"inbox_id":101,"contact_id":`+one+`}`, 200, `{"id":5}`)
	w.complains("opens another session")
	w.want("GET", "/contacts/"+one, "", 200, `{"payload":{"contact_inboxes":[{},{}]}}`)

	w.want("PATCH", "/inboxes/101", `{"lock_to_single_conversation":true}`, 200, "")
	w.want("POST", "/conversations/2/toggle_status", `{"status":"resolved"}`, 200, "")
	w.want("POST", "/conversations", `{"inbox_id":101,"contact_id":`+one+`,"source_id":"s-1","status":"pending","custom_attributes":{"x":1},
		"message":{"content":"again"}}`, 200, `{"id":2,"status":"resolved","custom_attributes":{"x":"<absent>"},"messages":[{"content":"again"}]}`)
	w.quiet()
}

func TestConversationCreateFields(t *testing.T) {
	w := newWorld(t)
	n := 0
	create := func(fields string, status int, want string) {
		t.Helper()

		n++
		x := w.contact(fmt.Sprintf(`{"name":"x","inbox_id":101,"source_id":"f-%d"}`, n))
		w.want("POST", "/conversations", fmt.Sprintf(`{"inbox_id":101,"contact_id":%s,"source_id":"f-%d",%s}`, x, n, fields), status, want)
	}
	create(`"status":"snoozed","snoozed_until":"2026-04-01T10:00:00Z"`, 200, `{"status":"snoozed","snoozed_until":"2026-04-01T10:00:00.000Z"}`)
	create(`"status":"open","snoozed_until":"2026-04-01T10:00:00Z"`, 200, `{"snoozed_until":null}`)
	create(`"assignee_id":12,"team_id":201`, 200, `{"meta":{"assignee":{"id":12,"role":"agent"},"assignee_type":"User","team":{"id":201,"name":"sandbox team"}}}`)
	create(`"assignee_id":13,"team_id":201`, 200, `{"meta":{"assignee":"<absent>","team":{"id":201}}}`)
	create(`"custom_attributes":{"a":"`+strings.Repeat("x", 1501)+`"}`, 422, `{"attributes":["custom_attributes"]}`)
	create(`"additional_attributes":{"a":10000000000}`, 422, `{"attributes":["additional_attributes"]}`)
	create(`"message":{"content":"first"}`, 200, `{"messages":[{"content":"first","message_type":1}]}`)

	before := len(w.p.Conversations())

	create(`"message":{"content":"`+strings.Repeat("x", 150001)+`"}`, 422, `{"message":"<any>"}`)

	got := len(w.p.Conversations())
	if got != before {
		t.Errorf("%d conversations after a refused message, want %d", got, before)
	}

	w.quiet()
	create(`"status":"closed"`, 500, `{"status":500}`)
	w.complains("status")
	create(`"priority":"high"`, 200, `{"priority":null}`)
	w.complains(`unknown field "priority"`)
	create(`"assignee_id":999`, 200, `{"meta":{"assignee":"<absent>"}}`)
	w.complains("assignee_id 999 is no agent")
	x := w.contact(`{"name":"blocked","blocked":true,"inbox_id":101,"source_id":"b"}`)
	w.want("POST", "/conversations", `{"inbox_id":101,"contact_id":`+x+`,"source_id":"b","status":"open"}`, 200, `{"status":"resolved","muted":true}`)
}

func TestConversationChanges(t *testing.T) {
	w := newWorld(t)

	_, path := w.start("")
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"priority", "PATCH", "", `{"priority":"high"}`, 200, `{"id":1,"priority":"high"}`},
		{"priority by number", "PATCH", "", `{"priority":3}`, 200, `{"priority":"urgent"}`},
		{"priority null", "PATCH", "", `{"priority":null}`, 200, `{"priority":null}`},
		{"toggle_priority", "POST", "/toggle_priority", `{"priority":"low"}`, 200, `<empty>`},
		{"toggle_priority clears", "POST", "/toggle_priority", `{"priority":""}`, 200, `<empty>`},
		{
			"resolved", "POST", "/toggle_status", `{"status":"resolved"}`, 200,
			`{"meta":"<absent>","payload":{"success":true,"conversation_id":1,"current_status":"resolved","snoozed_until":null}}`,
		},
		{"resolved again", "POST", "/toggle_status", `{"status":"resolved"}`, 200, `{"payload":{"current_status":"resolved"}}`},
		{
			"snoozed", "POST", "/toggle_status", `{"status":"snoozed","snoozed_until":1775000000}`, 200,
			`{"payload":{"current_status":"snoozed","snoozed_until":"2026-03-31T23:33:20.000Z"}}`,
		},
		{"open", "POST", "/toggle_status", `{"status":"open"}`, 200, `{"payload":{"current_status":"open","snoozed_until":null}}`},
		{"assignee", "POST", "/assignments", `{"assignee_id":12}`, 200, `{"id":12,"account_id":1,"email":"first.agent@sandbox.example"}`},
		{"team", "POST", "/assignments", `{"team_id":201}`, 200, `{"id":201,"name":"sandbox team","created_at":"<any>","is_member":"<absent>"}`},
		{"unassigned", "POST", "/assignments", `{"assignee_id":null}`, 200, `null`},
		{"no team", "POST", "/assignments", `{"team_id":0}`, 200, `null`},
		{"bot", "POST", "/assignments", `{"assignee_id":31,"assignee_type":"AgentBot"}`, 200, `{"id":31,"name":"Sandbox bot"}`},
		{"bot is shown", "GET", "", "", 200, `{"meta":{"assignee":{"id":31},"assignee_type":"AgentBot"}}`},
		{"unknown bot", "POST", "/assignments", `{"assignee_id":999,"assignee_type":"AgentBot"}`, 200, `null`},
		{"bot stays", "GET", "", "", 200, `{"meta":{"assignee_type":"AgentBot"}}`},
		{"labels", "POST", "/labels", `{"labels":["vip"]}`, 200, `{"payload":["vip"]}`},
		{"labels shown", "GET", "", "", 200, `{"labels":["vip"]}`},
		{"labels cleared", "POST", "/labels", `{"labels":[]}`, 200, `{"payload":[]}`},
		{"attributes", "POST", "/custom_attributes", `{"custom_attributes":{"a":1,"b":true}}`, 200, `{"custom_attributes":{"a":1,"b":true}}`},
		{"attributes replaced", "POST", "/custom_attributes", `{"custom_attributes":{"c":"x"}}`, 200, `{"custom_attributes":{"a":"<absent>","c":"x"}}`},
		{"mute", "POST", "/mute", "", 200, `<empty>`},
		{"muted", "GET", "", "", 200, `{"muted":true,"status":"resolved","meta":{"sender":{"blocked":true}}}`},
		{"unmute", "POST", "/unmute", "", 200, `<empty>`},
		{"participants", "POST", "/participants", `{"user_ids":[12,13,11]}`, 200, `[{"id":13},{"id":11}]`},
		{"participants told", "GET", "/participants", "", 200, `[{"id":12},{"id":11}]`},
		{"participants set", "PATCH", "/participants", `{"user_ids":[11]}`, 200, `[{"id":11}]`},
		{"participants gone", "DELETE", "/participants", `{"user_ids":[11]}`, 200, `<empty>`},
		{"participants none", "GET", "/participants", "", 200, `[]`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.want(c.method, path+c.path, c.body, c.status, c.want)
			w.quiet()
		})
	}
}

func TestConversationTraps(t *testing.T) {
	w := newWorld(t)

	_, path := w.start("")
	for _, c := range []struct {
		name, path, body string
		status           int
		want, complaint  string
	}{
		{"toggle without status flips", "/toggle_status", `{}`, 200, `{"payload":{"current_status":"resolved"}}`, "flips"},
		{"and back", "/toggle_status", ``, 200, `{"payload":{"current_status":"open"}}`, "flips"},
		{"status typo", "/toggle_status", `{"status":"closed"}`, 500, "", "closed"},
		{"ISO snooze", "/toggle_status", `{"status":"snoozed","snoozed_until":"2026-04-01T10:00:00Z"}`, 200, `{"payload":{"snoozed_until":"1970-01-01T00:33:46.000Z"}}`, "epoch"},
		{"priority typo", "/toggle_priority", `{"priority":"none"}`, 500, "", "none"},
		{"priority absent", "/toggle_priority", `{}`, 200, "<empty>", "clears"},
		{"both assignments", "/assignments", `{"assignee_id":12,"team_id":201}`, 200, `{"id":12}`, "together"},
		{"unknown assignee unassigns", "/assignments", `{"assignee_id":999}`, 200, `null`, "unassigns"},
		{"labels null", "/labels", `{"labels":null}`, 200, `{"payload":[]}`, "clears"},
		{"attributes missing", "/custom_attributes", `{}`, 500, "", "custom_attributes"},
		{"participants missing", "/participants", `{}`, 500, "", "user_ids"},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.want("POST", path+c.path, c.body, c.status, c.want)
			w.complains(c.complaint)
		})
	}

	w.T = t
	w.want("PATCH", path, `{"priority":"none"}`, 500, "")
	w.want("PATCH", path, `{"status":"resolved"}`, 200, `{"status":"open"}`)
	w.complains(`unknown field "status"`)
}

func TestConversationRoles(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	w.want("POST", path+"/toggle_status", `{"status":"resolved"}`, 200, "")
	w.want("POST", path+"/toggle_status", `{"status":"open"}`, 200, "")
	w.want("GET", path, "", 200, `{"meta":{"assignee":"<absent>"}}`)
	agent := w.as(chatlake.AgentToken)
	agent.want("POST", path+"/toggle_status", `{"status":"open"}`, 200, "")
	w.want("GET", path, "", 200, `{"meta":{"assignee":{"id":12}}}`)
	agent.want("DELETE", path, "", 401, `{"error":"You are not authorized to do this action"}`)

	bot := w.as(chatlake.BotToken)
	bot.want("POST", path+"/labels", `{"labels":["bot"]}`, 200, "")
	bot.want("POST", path+"/messages", `{"content":"beep"}`, 200, `{"sender":{"type":"agent_bot","id":31}}`)
	bot.want("GET", path+"/messages", "", 401, `{"error":"Access to this endpoint is not authorized for bots"}`)
	bot.want("DELETE", path, "", 401, "")
	w.quiet()
}

func TestConversationDelete(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	w.want("POST", path+"/messages", `{"content":"x"}`, 200, "")
	w.switches(func(s *chatlake.Switches) { s.JobDelay = 2000 })
	w.want("DELETE", path, "", 200, "<empty>")
	w.want("GET", path, "", 200, `{"id":1}`)
	w.now = w.now.Add(3 * time.Second)
	w.want("GET", path, "", 404, "")
	w.want("GET", path+"/messages", "", 404, "")
	w.switches(func(s *chatlake.Switches) { s.JobDelay = 0 })

	_, path = w.start("")
	if path != "/conversations/2" {
		t.Errorf("%s: a display id was used twice", path)
	}

	w.want("DELETE", path, "", 200, "<empty>")
	w.want("GET", path, "", 404, "")
	_, path = w.start("")
	w.switches(func(s *chatlake.Switches) { s.WorkersDown = true })
	w.want("DELETE", path, "", 200, "")
	w.want("GET", path, "", 200, "")

	if w.p.PendingJobs() != 1 {
		t.Errorf("%d jobs wait, want 1", w.p.PendingJobs())
	}

	w.p.Drain()
	w.want("GET", path, "", 404, "")
	w.quiet()
	_, path = w.start("")
	w.switches(func(s *chatlake.Switches) { s.Version = "4.2.0" })
	w.want("DELETE", path, "", 404, `{"status":404,"error":"Not Found"}`)
	w.complains("came with 4.3.0")
	w.switches(func(s *chatlake.Switches) { s.Version = "3.6.0" })
	w.want("PATCH", path, `{"priority":"low"}`, 404, `{"status":404}`)
}

func TestOrphans(t *testing.T) {
	w := newWorld(t)
	contact, path := w.start("")
	w.switches(func(s *chatlake.Switches) { s.JobDelay = 1000 })
	w.want("DELETE", "/contacts/"+contact, "", 200, "")
	w.want("GET", path, "", 500, `{"status":500}`)
	w.switches(func(s *chatlake.Switches) { s.OrphanErrors = false })
	w.want("GET", path, "", 200, `{"id":1}`)
	w.now = w.now.Add(2 * time.Second)
	w.want("GET", path, "", 404, "")
	w.quiet()
}

func TestConversationLists(t *testing.T) {
	w := newWorld(t)
	for range 27 {
		w.start("")
		w.now = w.now.Add(time.Second)
	}

	w.want("POST", "/conversations/3/toggle_status", `{"status":"resolved"}`, 200, "")
	w.want("POST", "/conversations/4/assignments", `{"assignee_id":11}`, 200, "")
	w.want("POST", "/conversations/5/assignments", `{"team_id":201}`, 200, "")
	w.want("POST", "/conversations/6/labels", `{"labels":["billing"]}`, 200, "")
	w.want("PATCH", "/conversations/7", `{"priority":"urgent"}`, 200, "")
	w.want("GET", "//api", "", 200, "") // Lets the activity messages through.

	count := func(query, at string) string {
		_, body := w.send("GET", "/conversations"+query, "")
		return fmt.Sprint(w.get(body, "data.meta."+at))
	}
	for _, c := range []struct{ query, at, want string }{
		{"", "all_count", "26"},
		{"?status=all", "all_count", "27"},
		{"?status=resolved", "all_count", "1"},
		{"", "mine_count", "1"},
		{"", "assigned_count", "1"},
		{"", "unassigned_count", "25"},
		{"?team_id=201", "all_count", "1"},
		{"?inbox_id=102", "all_count", "0"},
		{"?labels[]=billing", "all_count", "1"},
		{"?updated_within=1", "all_count", "26"},
		{"?conversation_type=unattended", "all_count", "26"},
	} {
		got := count(c.query, c.at)
		if got != c.want {
			t.Errorf("%s of %q is %s, want %s", c.at, c.query, got, c.want)
		}
	}

	rows := func(path, at string) int {
		_, body := w.send("GET", path, "")
		return len(w.get(body, at).([]any)) //nolint:forcetypeassert,errcheck // A list, or the test fails.
	}

	a, b := rows("/conversations?status=all", "data.payload"), rows("/conversations?status=all&page=2", "data.payload")
	if a != 25 || b != 2 {
		t.Errorf("pages of %d and %d, want 25 and 2", a, b)
	}

	got := rows("/conversations?status=all&updated_within=100", "data.payload")
	if got != 27 {
		t.Errorf("%d rows within a time, want all 27", got)
	}

	w.want("GET", "/conversations?assignee_type=me", "", 200, `{"data":{"payload":[{"id":4}]}}`)
	w.want("GET", "/conversations/meta?status=all", "", 200, `{"meta":{"all_count":27}}`)
	w.as(chatlake.SecondAgentToken).want("GET", "/conversations", "", 200, `{"data":{"payload":[],"meta":{"all_count":0}}}`)
	w.want("POST", "/conversations/filter", `{"payload":[{"attribute_key":"priority","filter_operator":"equal_to","values":["urgent"],"query_operator":null}]}`,
		200, `{"meta":{"all_count":1},"payload":[{"id":7}]}`)
	w.quiet()
	w.want("GET", "/conversations?status=closed", "", 200, `{"data":{"payload":[]}}`)
	w.complains("status=closed")
	_, body := w.send("GET", "/contacts/1002/conversations", "")

	first := fmt.Sprint(w.get(body, "payload.0.id"))
	if first != "1" {
		t.Errorf("contact's conversation %s", first)
	}
}

// TestConversationOrders wants the order of every name of sort_by, as servers list them. A is the oldest, and B has the
// latest activity.
func TestConversationOrders(t *testing.T) {
	w := newWorld(t)

	x := w.contact(`{"name":"Mira","inbox_id":101,"source_id":"l"}`)
	for _, name := range []string{"A", "B", "C"} {
		w.now = w.now.Add(time.Minute)
		w.want("POST", "/conversations", `{"inbox_id":101,"contact_id":`+x+`,"source_id":"l","custom_attributes":{"name":"`+name+`"}}`, 200, "")
	}

	w.want("PATCH", "/conversations/1", `{"priority":"low"}`, 200, "")
	w.want("PATCH", "/conversations/3", `{"priority":"high"}`, 200, "")
	w.want("GET", "//api", "", 200, "") // Lets the activity messages through.
	w.now = w.now.Add(time.Minute)
	w.want("POST", "/conversations/2/messages", `{"content":"x","message_type":"incoming"}`, 200, "")

	orders := []struct{ by, now, before string }{
		{"", "BCA", "BCA"},
		{"last_activity_at_desc", "BCA", "BCA"},
		{"last_activity_at_asc", "ACB", "BCA"},
		{"created_at_desc", "CBA", "BCA"},
		{"created_at_asc", "ABC", "BCA"},
		{"priority_desc", "CAB", "BCA"},
		{"priority_asc", "ACB", "BCA"},
		{"waiting_since_desc", "CBA", "BCA"},
		{"latest", "BCA", "BCA"},
		{"sort_on_created_at", "ABC", "ABC"},
		{"nonsense", "BCA", "BCA"},
	}

	for _, release := range []string{"4.15.1", "3.3.1"} {
		w.switches(func(s *chatlake.Switches) { s.Version = release })

		for _, c := range orders {
			_, body := w.send("GET", "/conversations?status=all&sort_by="+c.by, "")

			got := ""
			for i := range 3 {
				got += fmt.Sprint(w.get(body, fmt.Sprintf("data.payload.%d.custom_attributes.name", i)))
			}

			want := c.now
			if release == "3.3.1" {
				want = c.before
			}

			if got != want {
				t.Errorf("%s sort_by=%s lists %s, want %s", release, c.by, got, want)
			}
		}
	}
}

func TestAutoAssignment(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	w.want("GET", path, "", 200, `{"meta":{"assignee":"<absent>"}}`)
	w.act("agent_update", map[string]any{"user_id": 12, "connected": true})
	_, path = w.start("")
	w.want("GET", path, "", 200, `{"meta":{"assignee":{"id":12,"availability_status":"online"}}}`)
	w.want("PATCH", "/inboxes/101", `{"enable_auto_assignment":false}`, 200, "")
	_, path = w.start("")
	w.want("GET", path, "", 200, `{"meta":{"assignee":"<absent>"}}`)
	// A team picks by its own rule, when it gets the conversation.
	w.want("POST", path+"/assignments", `{"team_id":201}`, 200, "")
	w.want("GET", path, "", 200, `{"meta":{"assignee":{"id":12}}}`)
	w.want("PATCH", "/inboxes/101", `{"enable_auto_assignment":true}`, 200, "")
	w.switches(func(s *chatlake.Switches) { s.AutoAssignmentAsync = true })
	contact := w.contact(`{"inbox_id":101,"source_id":"async"}`)
	w.want("POST", "/conversations", `{"inbox_id":101,"contact_id":`+contact+`,"source_id":"async"}`, 200, `{"meta":{"assignee":"<absent>"}}`)
	w.want("GET", "/conversations/4", "", 200, `{"meta":{"assignee":{"id":12}}}`)
	w.quiet()
}

func TestActivityMessages(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	w.want("POST", path+"/toggle_status", `{"status":"resolved"}`, 200, "")
	w.want("POST", path+"/labels", `{"labels":["a"]}`, 200, "")
	w.want("PATCH", path, `{"priority":"low"}`, 200, "")
	w.want("POST", path+"/assignments", `{"assignee_id":12}`, 200, "")
	w.want("POST", path+"/assignments", `{"assignee_id":12}`, 200, "")
	w.want("GET", path+"/messages", "", 200, `{"payload":[{"message_type":2,"sender":"<absent>"},{"message_type":2},{"message_type":2},{"message_type":2}]}`)
	w.want("GET", path+"/messages?filter_internal_messages=1", "", 200, `{"payload":[]}`)
	w.want("GET", path, "", 200, `{"last_non_activity_message":null,"messages":[{"message_type":2}]}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.ActivityMessages = false })
	w.want("POST", path+"/toggle_status", `{"status":"open"}`, 200, "")
	w.want("GET", "//api", "", 200, "")

	got := len(w.p.Messages(1))
	if got != 4 {
		t.Errorf("%d messages, want 4", got)
	}
}

func TestSnoozeEnds(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	until := w.now.Add(time.Hour).Unix()
	w.want("POST", path+"/toggle_status", fmt.Sprintf(`{"status":"snoozed","snoozed_until":%d}`, until), 200, "")
	w.want("GET", path, "", 200, `{"status":"snoozed"}`)
	w.now = w.now.Add(61 * time.Minute)
	w.want("GET", path, "", 200, `{"status":"open","snoozed_until":null}`)
}

func TestNoise(t *testing.T) {
	w := newWorld(t)
	contact, path := w.start("")

	same := func(path string) bool {
		_, a := w.send("GET", path, "")
		_, b := w.send("GET", path, "")

		return a == b
	}
	if !same("/contacts/"+contact) || !same(path) {
		t.Error("two reads differ without noise")
	}

	w.switches(func(s *chatlake.Switches) { s.Noise = true })

	if same("/contacts/"+contact) || same(path) {
		t.Error("two reads are the same with noise")
	}

	got := w.p.Contacts()[0].AdditionalAttributes
	if len(got) != 0 {
		raw, _ := json.Marshal(got)
		t.Errorf("noise was stored: %s", raw)
	}
}
