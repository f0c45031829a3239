package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestRead_oddRows reads objects beside others that were made without their lists: the server shows an object or a text in
// place of them.
func TestRead_oddRows(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Complaints = true // The odd ones.
	p := w.Protocol(t, nil)

	odd := map[string]any{
		"chatlake_automation_rule": chatlaketest.Request(t, w, "POST", "/automation_rules", `{"name":"Odd","event_name":"message_created"}`),
		"chatlake_macro":           chatlaketest.Request(t, w, "POST", "/macros", `{"name":"Odd","visibility":"global"}`),
		"chatlake_custom_filter":   chatlaketest.Request(t, w, "POST", "/custom_filters", `{"custom_filter":{"name":"Odd","filter_type":"contact"}}`),
	}

	for _, c := range cases {
		object, diags := p.Create(t.Context(), c.Type, c.Minimal)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		object, diags = w.Protocol(t, nil).Read(t.Context(), object)
		if object.Gone() || len(diags) > 0 {
			t.Errorf("%s beside an odd one: %v\n%s", c.Type, object.State, diags)
		}

		imported, diags := p.Import(t.Context(), c.Type, fmt.Sprint(idOf(odd[c.Type])))
		if len(diags) > 0 || p.Changes(t.Context(), imported, chatlaketest.With(c.Minimal, madeWithout[c.Type])) {
			t.Errorf("%s: imported the odd one as %v\n%s", c.Type, imported.State, diags)
		}
	}
}

// madeWithout is what configurations have beside the minimal one for the odd objects.
var madeWithout = map[string]values{
	"chatlake_automation_rule": {"name": "Odd", "event_name": "message_created"},
	"chatlake_macro":           {"name": "Odd", "visibility": "global"},
	"chatlake_custom_filter":   {"name": "Odd"},
}

func idOf(answer any) any {
	object, _ := answer.(map[string]any)
	if inner, ok := object["payload"].(map[string]any); ok {
		object = inner
	}

	return object["id"]
}

// TestImport_dashboard imports what the dashboard writes: the same steps in other words are no change.
func TestImport_dashboard(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	rule := chatlaketest.Request(t, w, "POST", "/automation_rules", `{"name":"Seen","event_name":"message_created","active":true,
		"conditions":[{"attribute_key":"inbox_id","filter_operator":"equal_to","values":[9],"query_operator":"and","custom_attribute_type":""},
			{"attribute_key":"status","filter_operator":"equal_to","values":["open"],"query_operator":null,"custom_attribute_type":""}],
		"actions":[{"action_name":"mute_conversation","action_params":[]},{"action_name":"assign_team","action_params":[1]}]}`)
	macro := chatlaketest.Request(t, w, "POST", "/macros", `{"name":"Seen","visibility":"global",
		"actions":[{"action_name":"mute_conversation","action_params":null},{"action_name":"assign_team","action_params":[1]}]}`)
	actions := []any{values{"action_name": "mute_conversation"}, values{"action_name": "assign_team", "action_params": []any{"1"}}}

	for kind, config := range map[string]values{
		"chatlake_automation_rule": {
			"name": "Seen", "event_name": "message_created", "actions": actions,
			"conditions": []any{
				values{"attribute_key": "inbox_id", "filter_operator": "equal_to", "values": []any{"9"}, "query_operator": "AND"},
				values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}},
			},
		},
		"chatlake_macro": {"name": "Seen", "visibility": "global", "actions": actions},
	} {
		id := idOf(rule)
		if kind == "chatlake_macro" {
			id = idOf(macro)
		}

		imported, diags := p.Import(t.Context(), kind, fmt.Sprint(id))
		if len(diags) > 0 || p.Changes(t.Context(), imported, config) {
			t.Errorf("%s: imported %v\n%s", kind, imported.State, diags)
		}
	}
}

// TestCustomFilter_oldServer changes and deletes a filter on a release that finds filters by their type only.
func TestCustomFilter_oldServer(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.1.0" })
	p := w.Protocol(t, nil)

	filter, diags := p.Create(t.Context(), "chatlake_custom_filter", values{"name": "One", "filter_type": "report", "query": values{}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for _, config := range []values{
		{"name": "Two", "filter_type": "report", "query": values{}},
		{"name": "Two", "filter_type": "contact", "query": values{}},
		nil,
	} {
		filter, diags = p.Apply(t.Context(), filter, config)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	left := chatlaketest.List(t, w, "/custom_filters?filter_type=contact")
	if len(left) > 0 {
		t.Errorf("still there: %v", left)
	}
}

// TestCustomFilter_owner reads a filter with another user's token, who cannot see it: that does not mean that it is gone.
func TestCustomFilter_owner(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)

	p := w.Protocol(t, nil)

	filter, diags := p.Create(t.Context(), "chatlake_custom_filter", customFilterCase.Minimal)
	if len(diags) > 0 || filter.String("user_id") != fmt.Sprint(chatlake.AdminID) {
		t.Fatalf("created %v\n%s", filter.State, diags)
	}

	other := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	read, diags := other.Read(t.Context(), filter)
	if read.Gone() || !strings.Contains(diags.String(), "belongs to another user") {
		t.Errorf("read %v\n%s", read.State, diags)
	}

	changed, diags := other.Apply(t.Context(), filter, chatlaketest.With(customFilterCase.Minimal, values{"name": "Theirs"}))
	if !changed.State.Equal(filter.State) || !strings.Contains(diags.String(), "belongs to another user") {
		t.Errorf("changed %v\n%s", changed.State, diags)
	}

	identity := values{"id": filter.String("id"), "user_id": filter.String("user_id")}
	if p.Identity(filter)["user_id"] != identity["user_id"] {
		t.Errorf("identity %v", p.Identity(filter))
	}

	_, diags = other.ImportIdentity(t.Context(), "chatlake_custom_filter", identity)
	if !strings.Contains(diags.String(), "belongs to another user") {
		t.Errorf("imported\n%s", diags)
	}

	imported, diags := p.ImportIdentity(t.Context(), "chatlake_custom_filter", identity)
	if len(diags) > 0 || p.Identity(imported)["user_id"] != identity["user_id"] {
		t.Errorf("imported %v\n%s", imported.State, diags)
	}

	left, diags := other.Apply(t.Context(), filter, nil)
	if left.Gone() || !strings.Contains(diags.String(), "belongs to another user") {
		t.Errorf("destroyed %v\n%s", left.State, diags)
	}
}

// TestRule_noReason covers an update that the server refuses without a reason.
func TestRule_noReason(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, c := range []chatlaketest.Case{automationRuleCase, macroCase} {
		object, diags := p.Create(t.Context(), c.Type, c.Minimal)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		w.Faults.Add(sandbox.Fault{Method: "PATCH", Status: 422, Body: `{"error":{}}`, Times: 1})

		_, diags = p.Apply(t.Context(), object, chatlaketest.With(c.Minimal, values{"name": "Other"}))
		if !strings.Contains(diags.String(), "gave no reason") {
			t.Errorf("%s: %s", c.Type, diags)
		}
	}
}
