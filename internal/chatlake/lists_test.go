package chatlake_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// TestListResources_requests lists objects with their resources: a list is read once, or page by page, and no object is asked
// for singly.
func TestListResources_requests(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	const many = 30

	chatlaketest.Request(t, w, "POST", "/portals", `{"portal":{"name":"Help","slug":"help","custom_domain":"","config":{"allowed_locales":["en"],"default_locale":"en"}}}`)

	for i := range many {
		for path, body := range map[string]string{
			"/labels":                       `{"label":{"title":"label%d"}}`,
			"/canned_responses":             `{"canned_response":{"short_code":"c%d","content":"x"}}`,
			"/webhooks":                     `{"webhook":{"url":"https://example.com/%d","subscriptions":["message_created"]}}`,
			"/macros":                       `{"name":"Macro %d","actions":[],"visibility":"global"}`,
			"/dashboard_apps":               `{"dashboard_app":{"title":"App %d","content":[{"type":"frame","url":"https://example.com"}]}}`,
			"/agent_bots":                   `{"name":"Bot %d"}`,
			"/portals/help/articles":        `{"article":{"title":"Article %d","author_id":11,"content":"x"}}`,
			"/portals/help/categories":      `{"category":{"name":"Category %d","slug":"category-%[1]d","locale":"en"}}`,
			"/custom_filters":               `{"custom_filter":{"name":"View %d","type":"conversation","query":{"payload":[]}}}`,
			"/assignment_policies":          `{"assignment_policy":{"name":"Policy %d"}}`,
			"/automation_rules":             `{"name":"Rule %d","event_name":"message_created","conditions":[],"actions":[{"action_name":"mute_conversation"}]}`,
			"/custom_attribute_definitions": `{"custom_attribute_definition":{"attribute_display_name":"A","attribute_key":"key_%d","attribute_model":"contact_attribute"}}`,
		} {
			chatlaketest.Request(t, w, "POST", path, fmt.Sprintf(body, i))
		}
	}

	inHelp := acctest.Values{"portal_slug": "help"}

	for kind, c := range map[string]struct {
		config acctest.Values
		want   int
	}{
		"chatlake_label":                       {nil, 1},
		"chatlake_canned_response":             {nil, 1},
		"chatlake_webhook":                     {nil, 1},
		"chatlake_macro":                       {nil, 1},
		"chatlake_dashboard_app":               {nil, 1},
		"chatlake_agent_bot":                   {nil, 1},
		"chatlake_assignment_policy":           {nil, 1},
		"chatlake_automation_rule":             {nil, 1},
		"chatlake_custom_attribute_definition": {nil, 1},
		"chatlake_custom_filter":               {nil, 4},    // One for each kind of view, and whose token it is.
		"chatlake_article":                     {inHelp, 3}, // The portals, and two pages.
		"chatlake_category":                    {inHelp, 3},
	} {
		p := w.Protocol(t, nil)
		w.Journal.Clear()

		found := p.List(kind, 0, c.config)

		asked := len(w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "GET" }))
		if len(found) < many || asked != c.want {
			t.Errorf("%s: %d requests for %d objects, want %d", kind, asked, len(found), c.want)
		}
	}
}

// TestListResources_goneMeanwhile lists objects that go before the rest of them is read: they are shown as they were.
func TestListResources_goneMeanwhile(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ana", "email": "ana@example.com", "inbox_id": "101"}).String("id")
	chatlaketest.Create(t, p, "chatlake_conversation", acctest.Values{"inbox_id": "101", "contact_id": contact})

	for kind, path := range map[string]string{
		"chatlake_inbox": "/inbox_members/101", "chatlake_team": "/teams/201/team_members", "chatlake_contact": "/contacts/" + contact + "/labels",
		"chatlake_conversation": "/contacts/" + contact,
	} {
		w.Journal.Clear()
		w.Faults.Add(sandbox.Fault{Method: "GET", Path: "/api/v1/accounts/1" + path, Status: 404, Body: `{"error":"Resource could not be found"}`})

		all := w.Protocol(t, nil).List(kind, 0, nil)
		for _, one := range all {
			if len(one.Diagnostics) > 0 {
				t.Errorf("%s %s: %s", kind, one.Name, one.Diagnostics)
			}
		}

		missed := w.Journal.Entries(func(e sandbox.Entry) bool { return e.Status == 404 })
		if len(all) == 0 || len(missed) == 0 {
			t.Errorf("%s: %d are listed, and %d requests for what is gone", kind, len(all), len(missed))
		}
	}
}
