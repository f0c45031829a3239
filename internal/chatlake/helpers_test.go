package chatlake_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const accountPath = "/api/v1/accounts/{account}"

// planned expects what the plan does to the resource.
func planned(address string, action plancheck.ResourceActionType) resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(address, action)}}
}

// unchanged expects an empty plan.
func unchanged() resource.ConfigPlanChecks {
	return resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
}

// has expects an attribute of the state.
func has(address, attribute string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(address, tfjsonpath.New(attribute), value)
}

func text(s string) knownvalue.Check { return knownvalue.StringExact(s) }

// idOf remembers the id of a resource.
func idOf(address string, id *string) resource.TestCheckFunc {
	return func(s *terraform.State) error {
		found, ok := s.RootModule().Resources[address]
		if !ok {
			return fmt.Errorf("%s is not in state", address)
		}

		*id = found.Primary.ID

		return nil
	}
}

// number is an id as hooks of the sandbox take it.
func number(t *testing.T, id string) int64 {
	t.Helper()

	n, err := strconv.ParseInt(id, 10, 64)
	if err != nil {
		t.Fatal(err)
	}

	return n
}

// object is the body of a request or of a hook.
type object = map[string]any

// act is what somebody else does, past the journal.
func act(t *testing.T, w *acctest.World, hook string, body object) any {
	t.Helper()

	result, err := sandbox.Act(w.Chatlake, hook, body)
	if err != nil {
		t.Fatalf("%s: %v", hook, err)
	}

	return result
}

// ask is a request that somebody else sends to the account, past the journal.
func ask(t *testing.T, w *acctest.World, method, path string, body object) object {
	t.Helper()

	sent := object{"method": method, "path": path}
	if body != nil {
		sent["body"] = body
	}

	result := act(t, w, "act", sent)

	raw, ok := result.(json.RawMessage)
	if !ok {
		return nil
	}

	var answer object
	if err := json.Unmarshal(raw, &answer); err != nil {
		t.Fatalf("%s %s: %v", method, path, err)
	}

	return answer
}

// refusal is a configuration that a plan refuses, and words of the reason.
type refusal struct {
	config acctest.Values
	reason string
}

// refused adds each configuration to the base, which is accepted, and expects its reason.
func refused(t *testing.T, kind string, base acctest.Values, cases map[string]refusal) {
	t.Helper()
	p := acctest.NewProtocol(t)

	diags := p.Validate(kind, base)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for name, c := range cases {
		config := maps.Clone(base)
		maps.Copy(config, c.config)

		diags := p.Validate(kind, config).Errors()
		if !strings.Contains(diags.String(), c.reason) {
			t.Errorf("%s: %q is not in\n%s", name, c.reason, diags)
		}
	}
}
