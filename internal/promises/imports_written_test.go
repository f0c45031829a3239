package promises_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// What somebody writes for an object that is exactly so is no change after its import, whatever else the platform holds:
// what it fills in, what other clients leave empty, and what only the provider knows.
func TestImports_asWritten(t *testing.T) {
	t.Parallel()

	hours := func(days ...int) []any {
		var out []any
		for _, day := range days {
			out = append(out, acctest.Values{"day_of_week": day, "open_hour": 8, "open_minutes": 0, "close_hour": 17, "close_minutes": 0})
		}

		return out
	}

	for _, c := range []struct {
		name, kind string
		// body is how the dashboard makes the object, below the account; without it, the provider makes it of config.
		path, body string
		config     acctest.Values
		// learns is true for what only the provider knows: one update without a request tells it.
		learns bool
	}{
		{
			name: "company of a business address", kind: "chatlake_contact",
			config: acctest.Values{"name": "Mira", "email": "mira@firm.example"},
		},
		{
			name: "session of a contact", kind: "chatlake_contact",
			config: acctest.Values{"name": "Mira", "inbox_id": fmt.Sprint(chatlake.APIInboxID), "source_id": "mira-1"},
		},
		{
			name: "rule of the dashboard", kind: "chatlake_automation_rule", path: "/automation_rules",
			body: `{"name":"Mute","event_name":"message_created","active":true,"conditions":[{"attribute_key":"content","filter_operator":"contains",` +
				`"values":["spam"],"query_operator":null,"custom_attribute_type":""}],"actions":[{"action_name":"mute_conversation","action_params":[]}]}`,
			config: acctest.Values{
				"name": "Mute", "event_name": "message_created",
				"conditions": []any{acctest.Values{"attribute_key": "content", "filter_operator": "contains", "values": []any{"spam"}}},
				"actions":    []any{acctest.Values{"action_name": "mute_conversation"}},
			},
		},
		{
			name: "condition without values", kind: "chatlake_automation_rule", path: "/automation_rules",
			body: `{"name":"Mute","event_name":"conversation_created","active":true,"conditions":[{"attribute_key":"referer","filter_operator":"is_present",` +
				`"values":[],"query_operator":null}],"actions":[{"action_name":"assign_team","action_params":[201]}]}`,
			config: acctest.Values{
				"name": "Mute", "event_name": "conversation_created",
				"conditions": []any{acctest.Values{"attribute_key": "referer", "filter_operator": "is_present"}},
				"actions":    []any{acctest.Values{"action_name": "assign_team", "action_params": []any{"201"}}},
			},
		},
		{
			name: "macro of the dashboard", kind: "chatlake_macro", path: "/macros",
			body:   `{"name":"Mute","visibility":"global","actions":[{"action_name":"mute_conversation","action_params":[]}]}`,
			config: acctest.Values{"name": "Mute", "visibility": "global", "actions": []any{acctest.Values{"action_name": "mute_conversation"}}},
		},
		{
			name: "form of a widget", kind: "chatlake_inbox",
			config: acctest.Values{"name": "Web", "channel": acctest.Values{"type": "web_widget", "website_url": "https://example.com"}},
		},
		{
			name: "four working days", kind: "chatlake_inbox",
			config: acctest.Values{"name": "API", "channel": acctest.Values{"type": "api"}, "working_hours": hours(1, 2, 3, 4)},
		},
		{
			name: "some days of the usual week", kind: "chatlake_inbox",
			config: acctest.Values{"name": "API", "channel": acctest.Values{"type": "api"}, "working_hours": []any{
				acctest.Values{"day_of_week": 3, "open_hour": 9, "close_hour": 17}, acctest.Values{"day_of_week": 0, "closed_all_day": true},
			}},
		},
		{
			name: "no working hours", kind: "chatlake_inbox",
			config: acctest.Values{"name": "API", "channel": acctest.Values{"type": "api"}},
		},
		{
			name: "number", kind: "chatlake_inbox",
			config: acctest.Values{"name": "SMS", "channel": acctest.Values{"type": "sms", "phone_number": "+14155550100"}},
		},
		{
			name: "availability of an agent", kind: "chatlake_agent", path: "/agents",
			body:   `{"name":"Juno","email":"juno@example.com","role":"agent","availability":"busy"}`,
			config: acctest.Values{"name": "Juno", "email": "juno@example.com", "role": "agent"},
		},
		{
			name: "what is done on destroy", kind: "chatlake_conversation",
			config: acctest.Values{"inbox_id": fmt.Sprint(chatlake.APIInboxID), "contact_id": "contact", "on_destroy": "delete"},
			learns: true,
		},
		{
			name: "template", kind: "chatlake_message",
			config: acctest.Values{"conversation_id": "conversation", "content": "Hello {{contact.name}}"},
		},
	} {
		t.Run(c.kind+"/"+c.name, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, nil)
			config := s.resolved(c.config)
			id := s.madeBefore(c.kind, config, c.path, c.body)

			later := s.world.Protocol(t, nil)

			imported, diags := later.Import(t.Context(), c.kind, id)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			if !c.learns && later.Changes(t.Context(), imported, config) {
				t.Errorf("the plan after the import is not empty: %s", differences(imported, config))
			}

			s.world.Journal.Clear()

			applied, diags := later.Apply(t.Context(), imported, config)
			if len(diags) > 0 || len(s.world.Journal.Writes()) > 0 || later.Changes(t.Context(), applied, config) {
				t.Errorf("%d writes, %s", len(s.world.Journal.Writes()), diags)
			}
		})
	}
}

// resolved returns a configuration with a contact and a conversation that exist.
func (s *stage) resolved(config acctest.Values) acctest.Values {
	s.Helper()

	if config["contact_id"] != "contact" && config["conversation_id"] != "conversation" {
		return config
	}

	contact := s.need("chatlake_contact", acctest.Values{"identifier": "mira", "name": "Mira"})
	if config["contact_id"] == "contact" {
		return with(config, acctest.Values{"contact_id": contact.String("id")})
	}

	conversation := s.need("chatlake_conversation", acctest.Values{"inbox_id": fmt.Sprint(chatlake.APIInboxID), "contact_id": contact.String("id")})

	return with(config, acctest.Values{"conversation_id": conversation.String("id")})
}

// madeBefore makes an object, by a request of the dashboard if there is one, and returns what imports it.
func (s *stage) madeBefore(kind string, config acctest.Values, path, body string) string {
	s.Helper()

	if body == "" {
		o := s.need(kind, config)
		if kind == "chatlake_message" {
			return o.String("conversation_id") + "/" + o.String("id")
		}

		return o.String("id")
	}

	answer, _ := s.world.Request(s.T, "POST", path, body).(map[string]any)
	if payload, ok := answer["payload"].(map[string]any); ok {
		answer = payload
	}

	return fmt.Sprint(answer["id"])
}
