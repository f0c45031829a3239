package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// macroCase holds the tests of chatlake_macro.
var macroCase = chatlaketest.Case{
	Type:    "chatlake_macro",
	Minimal: values{"name": "Minimal", "actions": []any{}},
	Odd: []values{
		{"visibility": ""},
	},
	Stages: []values{
		{"name": "One", "visibility": "global", "actions": []any{values{"action_name": "assign_agent", "action_params": []any{fmt.Sprint(chatlake.AgentID)}}}},
		{"name": "Two", "visibility": "personal", "actions": []any{values{"action_name": "send_message", "action_params": []any{"Thanks {{contact.name}}"}}}},
		{"name": "Two", "visibility": "global", "actions": []any{values{"action_name": "send_message", "action_params": []any{"Thanks {{contact.name}}"}}}},
	},
	Uncleared: map[string]string{"visibility": "it is followed once it is taken out"},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/macros/%s", Body: `{"name":"By hand","visibility":"global"}`, Configured: values{"name": "Ours"}, Required: true},
	},
	Refused: []acctest.Refused{
		{Config: values{"visibility": "team"}, Want: `must be one of`},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_macro", Config: values{"name": "x"}, Message: `The macro with this name does not exist`},
		{Type: "chatlake_macros", Config: values{}},
	},
	Import:               acctest.Import{Keys: []string{"name"}},
	HasNoKey:             true,
	MayBeWrittenByAgents: true,
	CrashesIfGone:        true,
}

// TestMacro_forcedPersonal covers an agent's token, with which the server makes every macro personal.
func TestMacro_forcedPersonal(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})
	config := macroCase.Minimal

	macro, diags := p.Create(t.Context(), "chatlake_macro", chatlaketest.With(config, values{"visibility": "global"}))
	if macro.String("visibility") != "personal" || !strings.Contains(diags.String(), "only an administrator's token") {
		t.Errorf("created %v\n%s", macro.State, diags)
	}

	macro, diags = p.Apply(t.Context(), macro, chatlaketest.With(config, values{"visibility": "global"}))
	if macro.String("visibility") != "personal" || len(diags.Errors()) == 0 {
		t.Errorf("updated %v\n%s", macro.State, diags)
	}

	if p.Changes(t.Context(), macro, config) {
		t.Errorf("a personal one is not what there is: %v", macro.State)
	}
}
