package chatlake_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestHooks(t *testing.T) {
	w := newWorld(t)
	one, path := w.start("")
	two, other := w.start("")
	three, _ := w.start("")

	number := func(text string) any { return parse(w, text) }
	for _, c := range []struct {
		hook string
		body map[string]any
		path string
		want string
	}{
		{
			"contact_update",
			map[string]any{"contact_id": number(one), "name": "New", "email": nil, "phone_number": "+491", "labels": []string{"x"}},
			"/contacts/" + one, `{"payload":{"name":"New","email":null,"phone_number":"+491"}}`,
		},
		{
			"contact_update",
			map[string]any{"contact_id": number(one), "custom_attributes": map[string]any{"k": 1}},
			"/contacts/" + one, `{"payload":{"name":"New","custom_attributes":{"k":1}}}`,
		},
		{"contact_online", map[string]any{"contact_id": number(one)}, "/contacts/" + one, `{"payload":{"availability_status":"online"}}`},
		{
			"conversation_update",
			map[string]any{
				"conversation_id": 1, "status": "resolved", "priority": "high", "assignee_id": 12,
				"team_id": 201, "labels": []string{"l"}, "custom_attributes": map[string]any{"a": 1},
			},
			path,
			`{"status":"resolved","priority":"high","labels":["l"],"custom_attributes":{"a":1},"meta":{"assignee":{"id":12},"team":{"id":201}}}`,
		},
		{
			"conversation_update",
			map[string]any{"conversation_id": 1, "priority": nil, "assignee_id": 0, "team_id": 0},
			path,
			`{"priority":null,"meta":{"assignee":"<absent>","team":"<absent>"}}`,
		},
		{"incoming_message", map[string]any{"conversation_id": 1, "content": "hello"}, path, `{"status":"open","unread_count":1}`},
		{
			"agent_message",
			map[string]any{"conversation_id": 1, "content": "yes", "user_id": 12},
			path,
			`{"last_non_activity_message":{"content":"yes","sender_id":12}}`,
		},
		{
			"contact_merge",
			map[string]any{"base_contact_id": number(one), "mergee_contact_id": number(two)},
			"/contacts/" + one,
			`{"payload":{"email":"c2@gmail.com","contact_inboxes":[{"source_id":"source-1"},{"source_id":"source-2"}]}}`,
		},
		{"conversation_update", map[string]any{"conversation_id": 2, "status": "pending"}, other, `{"meta":{"sender":{"id":` + one + `}}}`},
		{"label_rename", map[string]any{"title": "billing", "to": "money"}, "/labels", `{"payload":[{"title":"money"},{"title":"support"}]}`},
		{"label_rename", map[string]any{"title": "money", "to": ""}, "/labels", `{"payload":[{"title":"support"}]}`},
		{
			"agent_update",
			map[string]any{"user_id": 12, "name": "Renamed", "connected": true, "availability": "busy"},
			"/agents",
			`[{"id":11},{"id":12,"name":"Renamed","availability_status":"busy"},{"id":13}]`,
		},
		{"act", map[string]any{"method": "PATCH", "path": "/teams/201", "body": map[string]any{"name": "ACTED"}}, "/teams/201", `{"name":"acted"}`},
		{"account_update", map[string]any{"name": "Renamed"}, "//api/v1/profile", `{"accounts":[{"name":"Renamed"}]}`},
	} {
		t.Run(c.hook, func(t *testing.T) {
			w.T = t
			w.act(c.hook, c.body)
			w.want("GET", c.path, "", 200, c.want)
		})
	}

	w.T = t
	w.want("DELETE", "/contacts/"+one, "", 422, `{"message":"New is Online, please try again later","attributes":"<absent>"}`)
	w.switches(func(s *chatlake.Switches) { s.ContactPresenceSeconds = 0 })
	w.want("DELETE", "/contacts/"+one, "", 200, "")
	w.act("contact_delete", map[string]any{"contact_id": number(three)})
	w.want("GET", "/contacts/"+three, "", 404, "")
	w.act("agent_remove", map[string]any{"user_id": 12})
	w.want("GET", "/agents", "", 200, `[{"id":11},{"id":13}]`)
	w.act("inbox_delete", map[string]any{"inbox_id": 101})
	w.want("GET", "/inboxes/101", "", 404, "")
	w.act("account_update", map[string]any{"status": "suspended"})
	w.want("GET", "/agents", "", 401, `{"error":"Account is suspended"}`)
	w.quiet()

	for _, body := range []any{map[string]any{"contact_id": 77}, map[string]any{"contact": 1}} {
		if _, err := sandbox.Act(w.p, "contact_update", body); err == nil {
			t.Errorf("hook took %v", body)
		}
	}
}

func TestMessageHooks(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	w.want("POST", path+"/messages", `{"content":"x"}`, 200, "")
	w.act("message_status", map[string]any{"message_id": 5001, "status": "failed", "external_error": "gone"})
	w.want("GET", path+"/messages", "", 200, `{"payload":[{"status":"failed","content_attributes":{"external_error":"gone"}}]}`)
	w.act("message_delete", map[string]any{"message_id": 5001})
	w.want("GET", path+"/messages", "", 200, `{"payload":[{"content_attributes":{"deleted":true}}]}`)
	w.act("conversation_delete", map[string]any{"conversation_id": 1})
	w.want("GET", path, "", 404, "")

	got := w.core.Journal.Count("")
	if got == 0 {
		t.Error("the journal is empty")
	}
}
