package enterprise_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

var agentCapacityPolicyCase = chatlaketest.Case{
	Type:    "chatlake_agent_capacity_policy",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{
			"name": "One", "description": "One", "user_ids": []any{"11", "12"},
			"exclusion_rules": values{"excluded_labels": []any{"spam", "later"}, "exclude_older_than_hours": 24},
			"inbox_limits":    []any{values{"inbox_id": "101", "conversation_limit": 5}},
		},
		{
			"name": "Two", "description": "Two", "user_ids": []any{"13"},
			"exclusion_rules": values{"excluded_labels": []any{"spam"}, "exclude_older_than_hours": 1.5},
			"inbox_limits":    []any{values{"inbox_id": "102", "conversation_limit": 0}, values{"inbox_id": "101", "conversation_limit": 7}},
		},
	},
	Kept: map[string]string{"user_ids": "users who are not configured are left alone"},
	Odd: []values{
		{"user_ids": []any{}, "inbox_limits": []any{}, "exclusion_rules": values{}},
		{"exclusion_rules": values{"excluded_labels": []any{}}},
		{"user_ids": []any{"13", nil}},
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"user_ids": []any{"x"}}, Want: `must be a whole number`},
		{Config: values{"exclusion_rules": values{"exclude_older_than_hours": -1}}, Want: `must be at least 0`},
		{Config: values{"exclusion_rules": values{"excluded_labels": []any{""}}}, Want: `must be a text of at least 1 character`},
		{Config: values{"inbox_limits": []any{values{"inbox_id": "x", "conversation_limit": 1}}}, Want: `must be a whole number`},
		{Config: values{"inbox_limits": []any{values{"inbox_id": "101", "conversation_limit": -1}}}, Want: `must be between 0 and 2147483647`},
		{
			Config: values{"inbox_limits": []any{values{"inbox_id": "101", "conversation_limit": 1}, values{"inbox_id": "101", "conversation_limit": 2}}},
			Want:   `is named twice in inbox_limits`,
		},
	},
	Accepted: []values{
		{"user_ids": []any{acctest.Unknown{}}},
		{"inbox_limits": []any{values{"inbox_id": acctest.Unknown{}, "conversation_limit": 1}, values{"inbox_id": "101", "conversation_limit": 1}}},
	},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/agent_capacity_policies/%s",
			Body:       `{"agent_capacity_policy":{"description":"By hand","exclusion_rules":{"exclude_older_than_hours":12}}}`,
			Configured: values{"description": "Ours"},
		},
		{
			Method: "POST", Path: "/agent_capacity_policies/%s/inbox_limits", Body: `{"inbox_id":102,"conversation_limit":3}`,
			Configured: values{"inbox_limits": []any{values{"inbox_id": "101", "conversation_limit": 5}}},
		},
		{
			Method: "POST", Path: "/agent_capacity_policies/%s/users", Body: `{"user_id":13}`,
			Configured: values{"user_ids": []any{"11"}},
		},
	},
	Import:   acctest.Import{Keys: []string{"name"}},
	HasNoKey: true,
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		for range 2 {
			chatlaketest.Request(t, w, "POST", "/agent_capacity_policies", `{"agent_capacity_policy":{"name":"Twice"}}`)
		}

		chatlaketest.Request(t, w, "POST", "/agent_capacity_policies", `{"agent_capacity_policy":{"name":"Once"}}`)
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_agent_capacity_policy", Config: values{"name": "Once"}, Want: map[string]string{"name": "Once"}},
		{Type: "chatlake_agent_capacity_policy", Config: values{"name": "Twice"}, Message: "Several objects have this name"},
		{Type: "chatlake_agent_capacity_policy", Config: values{"id": "1"}, Message: `The agent capacity policy with id "1" does not exist`},
		{Type: "chatlake_agent_capacity_policies", Config: values{}},
	},
}

// TestAgentCapacityPolicy_moved moves a user to another policy by hand, and then takes them out of the first one's
// configuration: the server would take them out of the other one.
func TestAgentCapacityPolicy_moved(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	first := chatlaketest.Create(t, p, "chatlake_agent_capacity_policy", values{"name": "First", "user_ids": []any{"11", "12"}})
	second := chatlaketest.Create(t, p, "chatlake_agent_capacity_policy", values{"name": "Second"})
	chatlaketest.Request(t, w, "POST", "/agent_capacity_policies/"+second.String("id")+"/users", `{"user_id":12}`)

	_, diags := p.Apply(t.Context(), first, values{"name": "First", "user_ids": []any{"11"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for _, policy := range w.Chatlake.Objects("agent_capacity_policies") {
		if fmt.Sprint(policy["assigned_agent_count"]) != "1" {
			t.Errorf("one of the policies has not one user: %v", policy)
		}
	}
}

// TestAgentCapacityPolicy_stranger covers ids of people and inboxes that are not there: nothing is made, so that nothing is tainted.
func TestAgentCapacityPolicy_stranger(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for want, config := range map[string]values{
		"There is no user 99":   {"name": "a", "user_ids": []any{"99"}},
		"There is no inbox 999": {"name": "a", "inbox_limits": []any{values{"inbox_id": "999", "conversation_limit": 1}}},
	} {
		policy, diags := p.Create(t.Context(), "chatlake_agent_capacity_policy", config)
		if !policy.Gone() || !strings.Contains(diags.String(), want) {
			t.Errorf("created %v\n%s", policy.State, diags)
		}
	}

	chatlaketest.ExpectNoWrites(t, w)
}
