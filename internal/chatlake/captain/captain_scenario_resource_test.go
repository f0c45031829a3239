package captain_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var scenarioCase = chatlaketest.Case{
	Type:    "chatlake_captain_scenario",
	Needs:   []acctest.Need{assistantNeed("helper"), assistantNeed("other")},
	Minimal: values{"assistant_id": acctest.Ref("helper", "id"), "title": "Minimal", "description": "x", "instruction": "Wait."},
	Stages: []values{
		{"title": "One", "description": "First", "instruction": "[Hand off](tool://handoff).", "enabled": true},
		{"title": "Two", "description": "Second", "instruction": "[Note](tool://add_private_note), then [hand off](tool://handoff).", "enabled": false},
	},
	Replaced: values{"assistant_id": acctest.Ref("other", "id")},
	Refused: []acctest.Refused{
		{Config: values{"title": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"assistant_id": "x"}, Want: `must be a whole number`},
	},
	Kept:    map[string]string{"enabled": "it is followed once it is taken out"},
	NoDrift: "its requests need the assistant's id: TestScenario_tools changes it by hand",
	Late:    map[string]string{"tools": "The server takes them out of the instruction."},
	Moved:   map[string]string{"tools": "The server takes them out of the instruction."},
	Import: acctest.Import{
		ID:        func(o acctest.Object) string { return o.String("assistant_id") + "/" + o.String("id") },
		Missing:   "1/99999",
		Malformed: []string{"", "1", "1/", "/1", "1/2/3", "a/b"},
		Keys:      []string{"title"},
	},
	HasNoKey: true,
}

// TestScenario_tools takes a scenario through a change by hand, an unknown tool, and an import by its title.
func TestScenario_tools(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)

	assistant := chatlaketest.Create(t, p, "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	tool := chatlaketest.Create(t, p, "chatlake_captain_custom_tool", values{"title": "Order status", "endpoint_url": "https://orders.example.com/x"})
	config := values{"assistant_id": assistant, "title": "Orders", "description": "x", "instruction": "[Look](tool://" + tool.String("slug") + ")."}

	scenario := chatlaketest.Create(t, p, "chatlake_captain_scenario", config)
	if !strings.Contains(scenario.String("tools"), "custom_order_status") && len(w.Chatlake.Objects("captain/assistants/*/scenarios")) != 1 {
		t.Errorf("created %v", scenario.State)
	}

	imported, diags := w.Protocol(t, nil).Import(t.Context(), "chatlake_captain_scenario", assistant+"/title:Orders")
	if len(diags) > 0 || imported.String("id") != scenario.String("id") {
		t.Errorf("imported %v\n%s", imported.State, diags)
	}

	chatlaketest.Request(t, w, "PATCH", "/captain/assistants/"+assistant+"/scenarios/"+scenario.String("id"), `{"scenario":{"title":"By hand","enabled":false}}`)

	read, diags := w.Protocol(t, nil).Read(t.Context(), scenario) // It is in no list.
	if len(diags) > 0 || read.String("title") != "By hand" || !p.Changes(t.Context(), read, config) {
		t.Errorf("read %v\n%s", read.State, diags)
	}

	_, diags = p.Create(t.Context(), "chatlake_captain_scenario", chatlaketest.With(config, values{"instruction": "[Guess](tool://guess)"}))
	if !strings.Contains(diags.String(), "Instruction contains invalid tools: guess") {
		t.Errorf("created with an unknown tool: %s", diags)
	}
}
