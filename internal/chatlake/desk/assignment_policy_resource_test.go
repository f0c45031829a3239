package desk_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// assignmentPolicyCase holds the tests of chatlake_assignment_policy.
var assignmentPolicyCase = chatlaketest.Case{
	Type:    "chatlake_assignment_policy",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{"name": "One", "description": "One", "assignment_order": "balanced", "conversation_priority": "longest_waiting", "fair_distribution_limit": 5, "fair_distribution_window": 60, "enabled": false},
		{"name": "Two", "description": "Two", "assignment_order": "round_robin", "conversation_priority": "earliest_created", "fair_distribution_limit": 6, "fair_distribution_window": 90, "enabled": true},
	},
	Kept: map[string]string{
		"fair_distribution_limit": "it is followed once it is taken out", "fair_distribution_window": "it is followed once it is taken out",
	},
	Key:  []string{"name"},
	Skip: map[string]string{"import owns nothing": chatlaketest.NotYet},
	Refused: []acctest.Refused{
		{Config: values{"assignment_order": "random"}, Want: `must be one of`},
		{Config: values{"conversation_priority": "x"}, Want: `must be one of`},
		{Config: values{"fair_distribution_limit": 0}, Want: `must be at least 1`},
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/assignment_policies/%s", Body: `{"assignment_policy":{"enabled":false,"description":"By hand"}}`, Configured: values{"enabled": true}},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_assignment_policy", Config: values{"name": "x"}, Message: "Assignment policy x does not exist"},
		{Type: "chatlake_assignment_policies", Config: values{}},
	},
}
