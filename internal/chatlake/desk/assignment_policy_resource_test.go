package desk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var assignmentPolicyCases = acctest.Cases{
	Type:    "chatlake_assignment_policy",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{"name": "One", "description": "One", "assignment_order": "balanced", "conversation_priority": "longest_waiting", "fair_distribution_limit": 5, "fair_distribution_window": 60, "enabled": false},
		{"name": "Two", "description": "Two", "assignment_order": "round_robin", "conversation_priority": "earliest_created", "fair_distribution_limit": 6, "fair_distribution_window": 90, "enabled": true},
	},
	Kept: map[string]string{
		"fair_distribution_limit":  "a limit that is not configured is followed",
		"fair_distribution_window": "a window that is not configured is followed",
	},
	Refused: []acctest.Refused{
		{Config: values{"fair_distribution_limit": 0}, Want: `must be between 1`},
		{Config: values{"fair_distribution_limit": 2147483648}, Want: `must be between 1 and 2147483647`},
		{Config: values{"fair_distribution_window": 2147483648}, Want: `must be between 1 and 2147483647`},
	},
	Warned: []acctest.Refused{
		{Config: values{"assignment_order": "random"}, Want: `Known are: `},
		{Config: values{"conversation_priority": "x"}, Want: `Known are: `},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"enabled": chatlaketest.DriftBy("PATCH", "/assignment_policies/%s", `{"assignment_policy":{"enabled":true,"description":"By hand"}}`),
	},
	Key:    []string{"name"},
	Import: acctest.Import{Keys: []string{"name"}},
}

// TestAssignmentPolicy_data reads policies.
func TestAssignmentPolicy_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_assignment_policy", Config: values{"name": "x"}, Message: `The assignment policy with this name does not exist`},
		chatlaketest.Data{Type: "chatlake_assignment_policies", Config: values{}},
	)
}

// TestAssignmentPolicy_oldServer covers releases that store policies and do not follow them: the plan warns once.
func TestAssignmentPolicy_oldServer(t *testing.T) {
	t.Parallel()

	for version, want := range map[string]bool{"4.12.1": true, "4.13.0": false} {
		w := acctest.New(t)
		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })

		p := w.Protocol(t, nil)
		for i, expected := range []bool{want, false} {
			_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_assignment_policy"}, assignmentPolicyCases.Minimal)
			if strings.Contains(diags.String(), "do nothing on this server") != expected {
				t.Errorf("%s, plan %d: %q", version, i, diags)
			}
		}
	}
}
