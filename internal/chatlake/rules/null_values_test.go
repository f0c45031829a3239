package rules_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestNullValues covers steps whose lists hold null, as an optional variable leaves it there: what is planned comes out, and
// the next plan is empty.
func TestNullValues(t *testing.T) {
	t.Parallel()

	for kind, config := range map[string]values{
		"chatlake_automation_rule": {
			"name": "One", "event_name": "conversation_created",
			"conditions": []any{values{"attribute_key": "status", "filter_operator": "is_present", "values": []any{nil}}},
			"actions":    []any{values{"action_name": "mute_conversation", "action_params": []any{nil}}},
		},
		"chatlake_macro": {"name": "One", "actions": []any{values{"action_name": "mute_conversation", "action_params": []any{nil}}}},
	} {
		p := acctest.New(t).Protocol(t, nil)

		made, diags := p.Create(t.Context(), kind, config)
		if made.Gone() {
			t.Fatal(kind, diags)
		}

		read, more := p.Read(t.Context(), made)
		if len(diags) > 0 || len(more) > 0 || p.Changes(t.Context(), read, config) {
			t.Errorf("%s: made %v, read %v\n%s%s", kind, made.State, read.State, diags, more)
		}
	}
}
