package chatlake_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

const agentAddress = "chatlake_agent.test"

func agentConfig(inside string) string {
	return fmt.Sprintf("resource \"chatlake_agent\" \"test\" {\n%s\n}\n", inside)
}

func TestAccAgent_basic(t *testing.T) {
	w := acctest.New(t)
	basic := w.Config(agentConfig(`email = "ana@example.com"`))
	w.Test(t,
		resource.TestStep{
			Config: basic,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(agentAddress, tfjsonpath.New("name"), knownvalue.StringExact("ana")),
				statecheck.ExpectKnownValue(agentAddress, tfjsonpath.New("role"), knownvalue.StringExact("agent")),
				statecheck.ExpectKnownValue(agentAddress, tfjsonpath.New("auto_offline"), knownvalue.Bool(true)),
			},
		},
		resource.TestStep{ResourceName: agentAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{PreConfig: w.Journal.Clear, Config: w.Config(agentConfig("email = \"ana@example.com\"\nadopt_existing = true"))},
		resource.TestStep{
			PreConfig: func() {
				noWrites(t, w)
				deleteFirst(t, w, "agents", "ana@example.com")
			},
			Config:           basic,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(agentAddress, plancheck.ResourceActionCreate)}},
		},
		resource.TestStep{ // Another address is another agent.
			Config:           w.Config(agentConfig(`email = "ana.maria@example.com"`)),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(agentAddress, plancheck.ResourceActionDestroyBeforeCreate)}},
		},
	)
	if w.Journal.Count("GET /api/v1/accounts/{account}/agents") == 0 {
		t.Error("not read by list")
	}
}

func TestAccAgent_attributes(t *testing.T) {
	w := acctest.New(t)
	update := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(agentAddress, plancheck.ResourceActionUpdate)}}
	agent := func() map[string]any { return find(t, w, "agents", "email", "ana@example.com") }
	w.Test(t,
		resource.TestStep{
			Config: w.Config(agentConfig("email = \"ana@example.com\"\nname = \"Ana\"\nrole = \"administrator\"\navailability = \"busy\"\nauto_offline = false\ncustom_role_id = \"7\"")),
		},
		resource.TestStep{ResourceName: agentAddress, ImportState: true, ImportStateVerify: true, ImportStateVerifyIgnore: []string{"availability"}},
		resource.TestStep{
			PreConfig: func() {
				if got := agent()["availability_status"]; got != "busy" {
					t.Errorf("availability %v", got)
				}
			},
			Config:           w.Config(agentConfig("email = \"ana@example.com\"\nname = \"Ana Maria\"\nrole = \"agent\"\navailability = \"online\"\nauto_offline = true")),
			ConfigPlanChecks: update,
			ConfigStateChecks: []statecheck.StateCheck{ // An update that left it out would have taken it away.
				statecheck.ExpectKnownValue(agentAddress, tfjsonpath.New("custom_role_id"), knownvalue.StringExact("7")),
			},
		},
		resource.TestStep{Config: w.Config(agentConfig(`email = "ana@example.com"`)), ConfigPlanChecks: update}, // Only the availability is forgotten.
		resource.TestStep{ // What nobody configures is followed silently.
			PreConfig: func() {
				request(t, w, "PATCH", fmt.Sprintf("/agents/%v", agent()["id"]), `{"agent":{"name":"Herself"},"custom_role_id":8}`)
			},
			Config:           w.Config(agentConfig(`email = "ana@example.com"`)),
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}},
		},
		resource.TestStep{
			Config: w.Config(agentConfig("email = \"ana@example.com\"\nname = \"Ana\"")), ConfigPlanChecks: update,
			ConfigStateChecks: []statecheck.StateCheck{statecheck.ExpectKnownValue(agentAddress, tfjsonpath.New("custom_role_id"), knownvalue.StringExact("8"))},
		},
	)
}
