package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// automationRuleCase holds the tests of chatlake_automation_rule.
var automationRuleCase = chatlaketest.Case{
	Type:    "chatlake_automation_rule",
	Minimal: values{"name": "Minimal", "event_name": "conversation_created", "conditions": []any{}, "actions": []any{}},
	Odd: []values{
		{"description": ""},
		{"conditions": []any{values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{nil}}}},
	},
	Stages: []values{
		{
			"name": "One", "description": "One", "event_name": "conversation_created", "active": false,
			"conditions": []any{
				values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}, "query_operator": "AND"},
				values{"attribute_key": "team_id", "filter_operator": "equal_to", "values": []any{fmt.Sprint(chatlake.TeamID)}},
			},
			"actions": []any{
				values{"action_name": "add_label", "action_params": []any{"billing"}},
				values{"action_name": "assign_team", "action_params": []any{fmt.Sprint(chatlake.TeamID)}},
				values{"action_name": "send_email_to_team", "action_params": []any{values{"team_ids": []any{fmt.Sprint(chatlake.TeamID)}, "message": "Look"}}},
				values{"action_name": "mute_conversation", "action_params": []any{}},
			},
		},
		{
			"name": "Two", "description": "Two", "event_name": "message_created", "active": true,
			"conditions": []any{values{"attribute_key": "content", "filter_operator": "contains", "values": []any{"refund"}}},
			"actions":    []any{values{"action_name": "change_priority", "action_params": []any{"urgent"}}},
		},
	},
	Refused: []acctest.Refused{
		{Config: values{"conditions": "x"}, Want: `must be a list of objects`},
		{Config: values{"conditions": []any{"x"}}, Want: `Element 0: the value must be a list of objects`},
		{Config: values{"conditions": []any{values{"filter_operator": "equal_to"}}}, Want: `Condition 0 needs attribute_key`},
		{Config: values{"conditions": []any{values{"attribute_key": "status", "filter_operator": "equal_to", "values": "open"}}}, Want: `values that are no list`},
		{Config: values{"conditions": []any{
			values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}},
			values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}},
		}}, Want: `Condition 0 needs query_operator`},
		{Config: values{"actions": []any{values{"action_name": "add_label", "action_params": "vip"}}}, Want: `action_params that are no list`},
		{Config: values{"actions": []any{values{"action_name": "send_attachment"}}}, Want: `send_attachment, needs a file of this machine`},
		{Config: values{"actions": []any{values{"action_name": "send_attachment", "file": "testdata"}}}, Want: `is a directory`},
		{Config: values{"actions": []any{values{"action_name": "send_attachment", "file": ""}}}, Want: `has a file that is no path`},
		{Config: values{"actions": []any{values{"action_name": "send_attachment", "file": 7}}}, Want: `has a file that is no path`},
		{Config: values{"actions": []any{values{"action_name": "send_attachment", "file": "rules_test.go", "action_params": []any{"x"}}}}, Want: `give one of them`},
		{Config: values{"actions": []any{values{"action_name": "add_label", "file": "rules_test.go", "action_params": []any{"x"}}}}, Want: `which only send_attachment takes`},
	},
	Warned: []acctest.Refused{
		{Config: values{"conditions": []any{values{"attribute_key": "status", "filter_operator": "equal_to", "query_operator": "XOR"}}}, Want: `The query_operator of condition 0: The word .* Known are: `},
		{Config: values{"conditions": []any{values{"attribute_key": "status", "filter_operator": "sounds_like"}}}, Want: `The filter_operator of condition 0: The word`},
		{Config: values{"conditions": []any{values{"attribute_key": "mood", "filter_operator": "is_present"}}}, Want: `The attribute_key of condition 0: The word`},
		{Config: values{"event_name": "moon_risen"}, Want: `Known are: `},
	},
	Accepted: []values{
		{"conditions": []any{values{"attribute_key": "mood", "filter_operator": "is_present", "custom_attribute_type": "contact_attribute"}}},
		{"conditions": acctest.Unknown{}, "actions": []any{acctest.Unknown{}}},
		{"actions": []any{values{"action_name": "send_attachment", "file": acctest.Unknown{}}, values{"action_name": "send_attachment", "file": "written-by-the-run.txt"}}},
		{"conditions": []any{values{"attribute_key": acctest.Unknown{}, "filter_operator": "equal_to", "values": acctest.Unknown{}}}},
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/automation_rules/%s", Body: `{"active":false,"description":"By hand"}`, Configured: values{"active": true}},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_automation_rule", Config: values{"name": "x"}, Message: `The automation rule with this name does not exist`},
		{Type: "chatlake_automation_rules", Config: values{}},
	},
	Import:        acctest.Import{Keys: []string{"name"}},
	HasNoKey:      true,
	CrashesIfGone: true,
}

// TestAutomationRule_refused covers the sentences about the columns of a rule, which come in a shape of their own.
func TestAutomationRule_refused(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := chatlaketest.With(automationRuleCase.Minimal, values{"conditions": []any{
		values{"attribute_key": "nothing", "filter_operator": "equal_to", "values": []any{"x"}},
	}})
	rule, diags := p.Create(t.Context(), "chatlake_automation_rule", config)

	said := diags.String()
	if !rule.Gone() || !strings.Contains(said, `on AttributeName("conditions")`) || !strings.Contains(said, "Chatlake answered: Automation conditions nothing not supported.") {
		t.Errorf("created %v\n%s", rule.State, said)
	}
}
