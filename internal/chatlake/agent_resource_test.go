package chatlake_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
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

// TestAccAgent_otherAccount covers somebody whom the installation knows already: the create does not change the name.
func TestAccAgent_otherAccount(t *testing.T) {
	w := acctest.New(t)
	w.Test(t, resource.TestStep{
		Config: w.Config(agentConfig("email = \"outsider@sandbox.example\"\nname = \"Well Known\"")),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue(agentAddress, tfjsonpath.New("name"), knownvalue.StringExact("Well Known")),
		},
	})
}

func TestAccAgent_refused(t *testing.T) {
	w := acctest.New(t)
	refused := func(inside, message string) resource.TestStep {
		return resource.TestStep{Config: w.Config(agentConfig(inside)), PlanOnly: true, ExpectError: regexp.MustCompile(message)}
	}
	w.Test(t,
		refused(`email = "Ana@example.com"`, `must be in lower case`),
		refused(`email = "ana"`, `must be an e-mail address`),
		refused("email = \"ana@example.com\"\nrole = \"boss\"", `value must be one of`), // Anything else is a crash of the server.
		refused("email = \"ana@example.com\"\navailability = \"away\"", `value must be one of`),
		refused("email = \"ana@example.com\"\nname = \"\"", `string length must be at least 1`),
		refused("email = \"ana@example.com\"\ncustom_role_id = \"x\"", `must be a whole number`),
		resource.TestStep{
			PreConfig:   func() { w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.AgentLimit = 3 }) },
			Config:      w.Config(agentConfig(`email = "ana@example.com"`)),
			ExpectError: regexp.MustCompile(`(?s)Account limit exceeded.*plan\s+allows\s+no\s+more`),
		},
	)
}

func TestAccAgent_taken(t *testing.T) {
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Name: "lost", Method: "POST", Path: "/api/v1/accounts/1/agents", After: true, Cut: sandbox.CutReset})
	w.Test(t,
		resource.TestStep{Config: w.Config(agentConfig("email = \"lost@example.com\"\nname = \"Lost\""))}, // Found by the address.
		resource.TestStep{
			Config:      w.Config(`resource "chatlake_agent" "other" { email = "first.agent@sandbox.example" }`),
			ExpectError: regexp.MustCompile(`(?s)The agent already exists.*id = "12"`),
		},
		resource.TestStep{
			Config: w.Config("resource \"chatlake_agent\" \"other\" {\n email = \"first.agent@sandbox.example\"\n availability = \"busy\"\n auto_offline = false\n adopt_existing = true\n}"),
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue("chatlake_agent.other", tfjsonpath.New("name"), knownvalue.StringExact("First Agent")),
			},
		},
	)
}

func TestAccAgent_dataSources(t *testing.T) {
	w := acctest.New(t)
	w.Test(t, resource.TestStep{
		Config: w.Config(strings.TrimSpace(`
data "chatlake_agent" "test" { email = "First.Agent@sandbox.example" }
data "chatlake_agent" "same" { id = data.chatlake_agent.test.id }
data "chatlake_agents" "test" {}
`)),
		ConfigStateChecks: []statecheck.StateCheck{
			statecheck.ExpectKnownValue("data.chatlake_agent.same", tfjsonpath.New("email"), knownvalue.StringExact("first.agent@sandbox.example")),
			statecheck.ExpectKnownValue("data.chatlake_agents.test", tfjsonpath.New("agents"), knownvalue.ListSizeExact(3)),
		},
	})
}
