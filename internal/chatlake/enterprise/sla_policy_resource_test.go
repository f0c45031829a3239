package enterprise_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var slaPolicyCase = chatlaketest.Case{
	Type:    "chatlake_sla_policy",
	Minimal: values{"name": "Minimal"},
	Stages: []values{
		{
			"name": "One", "description": "One", "first_response_time_threshold": 60, "next_response_time_threshold": 120.5,
			"resolution_time_threshold": 3600, "only_during_business_hours": true,
		},
		{
			"name": "Two", "description": "Two", "first_response_time_threshold": 0, "next_response_time_threshold": 99999999999,
			"resolution_time_threshold": 86400, "only_during_business_hours": false,
		},
	},
	Refused: []acctest.Refused{
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"resolution_time_threshold": -1}, Want: `must be at least 0`},
	},
	Drift: []chatlaketest.Drift{
		{
			Method: "PATCH", Path: "/sla_policies/%s", Body: `{"sla_policy":{"description":"By hand","first_response_time_threshold":30}}`,
			Configured: values{"first_response_time_threshold": 60},
		},
	},
	Import:   acctest.Import{Keys: []string{"name"}},
	HasNoKey: true,
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		for range 2 {
			chatlaketest.Request(t, w, "POST", "/sla_policies", `{"sla_policy":{"name":"Twice"}}`)
		}

		chatlaketest.Request(t, w, "POST", "/sla_policies", `{"sla_policy":{"name":"Once","next_response_time_threshold":90.5}}`)
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_sla_policy", Config: values{"name": "Once"}, Want: map[string]string{"name": "Once"}},
		{Type: "chatlake_sla_policy", Config: values{"name": "Twice"}, Message: "Several objects have this name"},
		{Type: "chatlake_sla_policy", Config: values{"id": "1"}, Message: `The SLA policy with id "1" does not exist`},
		{Type: "chatlake_sla_policies", Config: values{}},
	},
}

// TestSLAPolicy_job covers a deletion that a job does later: destroy waits for it, and says so if no job runs.
func TestSLAPolicy_job(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 300 })
	p := w.Protocol(t, nil)

	policy := chatlaketest.Create(t, p, "chatlake_sla_policy", slaPolicyCase.Minimal)
	chatlaketest.Destroy(t, p, policy)

	left := len(w.Chatlake.Objects("sla_policies"))
	if left > 0 {
		t.Errorf("%d are left after the destroy", left)
	}
}
