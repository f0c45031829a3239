package chatlake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestLookup_keys covers keys that several objects have, and objects that have none.
func TestLookup_keys(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	for range 2 {
		request(t, w, "POST", "/agent_bots", `{"name":"Twin"}`)
		request(t, w, "POST", "/agent_bots", `{"description":"Without a name"}`)
		request(t, w, "POST", "/dashboard_apps", `{"dashboard_app":{"title":"Twin","content":[{"type":"frame","url":"https://example.com"}]}}`)
		request(t, w, "POST", "/automation_rules", `{"name":"Twin","event_name":"message_created","conditions":[],"actions":[]}`)
		request(t, w, "POST", "/macros", `{"name":"Twin","visibility":"global","actions":[]}`)
		request(t, w, "POST", "/custom_filters", `{"custom_filter":{"name":"Twin","filter_type":"contact","query":{}}}`)
		request(t, w, "POST", "/inboxes", `{"name":"Twin","channel":{"type":"api"}}`)
	}

	for _, model := range []string{"contact_attribute", "conversation_attribute"} {
		request(t, w, "POST", "/custom_attribute_definitions", fmt.Sprintf(
			`{"custom_attribute_definition":{"attribute_display_name":"Twin","attribute_key":"twin","attribute_model":%q}}`, model))
	}

	p := w.Protocol(t, nil)

	for kind, key := range map[string]string{
		"agent_bot": "name", "dashboard_app": "title", "automation_rule": "name", "macro": "name", "custom_filter": "name", "inbox": "name",
		"custom_attribute_definition": "attribute_key",
	} {
		value := "Twin"
		if key == "attribute_key" {
			value = "twin"
		}

		_, diags := p.Data(t.Context(), "chatlake_"+kind, values{key: value})
		nouns := strings.ReplaceAll(kind, "_", " ")

		said := diags.String()
		if !strings.Contains(said, "Several "+nouns) || !strings.Contains(said, "chatlake_"+kind) {
			t.Errorf("%s: %s", kind, said)
		}
	}

	one, diags := p.Data(t.Context(), "chatlake_custom_attribute_definition", values{"attribute_key": "twin", "attribute_model": "contact_attribute"})
	if len(diags) > 0 || dataText(one, "attribute_model") != "contact_attribute" {
		t.Errorf("found %v\n%s", one, diags)
	}

	for range 5 { // The server shuffles; a bot without a name must not pass for another one.
		one, diags = w.Protocol(t, nil).Data(t.Context(), "chatlake_agent_bot", values{"id": fmt.Sprint(chatlake.BotID)})
		if len(diags) > 0 || dataText(one, "name") != "Sandbox bot" {
			t.Fatalf("found %v\n%s", one, diags)
		}
	}
}

// TestLookup_order covers lists that the server sends in another order each time: what is made of them stays the same.
func TestLookup_order(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	for i := range 6 {
		request(t, w, "POST", "/canned_responses", fmt.Sprintf(`{"canned_response":{"short_code":"c%d","content":"x"}}`, i))
	}

	const kind = "chatlake_canned_responses"

	first, _ := w.Protocol(t, nil).Data(t.Context(), kind, values{})
	for range 3 {
		again, diags := w.Protocol(t, nil).Data(t.Context(), kind, values{})
		if len(diags) > 0 || !again.Equal(first) {
			t.Fatalf("%s: %v, then %v\n%s", kind, first, again, diags)
		}
	}
}
