package chatlake_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestConfiguration_drift covers what others change: what is configured is put back, and the rest is followed silently.
func TestConfiguration_drift(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		kind, method, path, body string // The path takes the id.
		configured               values
	}{
		{"chatlake_label", "PATCH", "/labels/%s", `{"label":{"color":"#0000ff","description":"By hand","show_on_sidebar":true}}`, values{"color": "#ff0000", "description": "Ours"}},
		{"chatlake_team", "PATCH", "/teams/%s", `{"team":{"allow_auto_assign":false,"description":"By hand"}}`, values{"allow_auto_assign": true}},
		{"chatlake_team", "POST", "/teams/%s/team_members", `{"user_ids":[13]}`, values{"member_ids": []any{"11", "12"}}},
		{"chatlake_agent", "PATCH", "/agents/%s", `{"agent":{"name":"Herself","role":"administrator"}}`, values{"role": "agent"}},
		{"chatlake_canned_response", "PATCH", "/canned_responses/%s", `{"canned_response":{"content":"By hand"}}`, values{"content": "Ours"}},
		{"chatlake_webhook", "PATCH", "/webhooks/%s", `{"webhook":{"subscriptions":["contact_created"],"name":"By hand"}}`, values{"subscriptions": []any{"message_created"}}},
		{"chatlake_inbox", "PATCH", "/inboxes/%s", `{"greeting_enabled":true,"greeting_message":"By hand","timezone":"Asia/Tokyo"}`, values{"timezone": "UTC", "greeting_message": "Ours"}},
		{"chatlake_inbox", "POST", "/inbox_members", `{"inbox_id":%s,"user_ids":[12]}`, values{"member_ids": []any{}}},
		{"chatlake_agent_bot", "PATCH", "/agent_bots/%s", `{"description":"By hand","bot_config":{"a":1}}`, values{"bot_config": values{"a": 2}}},
		{"chatlake_assignment_policy", "PATCH", "/assignment_policies/%s", `{"assignment_policy":{"enabled":false,"description":"By hand"}}`, values{"enabled": true}},
		{"chatlake_automation_rule", "PATCH", "/automation_rules/%s", `{"active":false,"description":"By hand"}`, values{"active": true}},
		{"chatlake_portal", "PATCH", "/portals/least", `{"portal":{"color":"#000000","header_text":"By hand"}}`, values{"color": "#111111"}},
	} {
		t.Run(c.kind, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			p := w.Protocol(t, nil)

			bare, full := least()[c.kind], with(least()[c.kind], c.configured)
			for _, config := range []values{full, bare} {
				created, diags := p.Create(t.Context(), c.kind, config)
				if len(diags) > 0 {
					t.Fatal(diags)
				}

				path, body := c.path, c.body
				if c.path == "/inbox_members" {
					body = fmt.Sprintf(body, created.String("id"))
				} else if c.path != "/portals/least" {
					path = fmt.Sprintf(path, created.String("id"))
				}

				request(t, w, c.method, path, body)
				read, diags := w.Protocol(t, nil).Read(t.Context(), created)
				required := c.kind == "chatlake_canned_response"

				want := required || len(config) > len(bare)
				if len(diags) > 0 || p.Changes(t.Context(), read, config) != want {
					t.Errorf("%v: read %v, want a change: %t\n%s", config, read.State, want, diags)
				}

				if _, diags := p.Apply(t.Context(), read, nil); len(diags) > 0 {
					t.Fatal(diags)
				}
			}
		})
	}
}

// TestConfiguration_replaced covers what the platform cannot change, or what values hang on.
func TestConfiguration_replaced(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	p := w.Protocol(t, nil)
	for kind, change := range map[string]values{
		"chatlake_agent":                       {"email": "another@example.com"},
		"chatlake_custom_attribute_definition": {"attribute_key": "another"},
		"chatlake_custom_filter":               {"filter_type": "report"},
		"chatlake_portal":                      {"slug": "another"},
		"chatlake_webhook":                     {"inbox_id": fmt.Sprint(chatlake.APIInboxID)},
	} {
		created, diags := p.Create(t.Context(), kind, least()[kind])
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		if plan, diags := p.Plan(t.Context(), created, with(least()[kind], change)); len(diags) > 0 || len(plan.RequiresReplace) == 0 {
			t.Errorf("%s: not replaced by %v\n%s", kind, change, diags)
		}
	}
}
