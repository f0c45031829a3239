package chatlake_test

import (
	"fmt"
	"regexp"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const teamAddress = "chatlake_team.test"

func teamConfig(inside string) string {
	return fmt.Sprintf("resource \"chatlake_team\" \"test\" {\n%s\n}\n", inside)
}

// members are the ids that the platform has in the team or inbox.
func members(t *testing.T, w *acctest.World, path string) []int {
	t.Helper()
	var ids []int
	for _, user := range list(t, w, path) {
		id, _ := user["id"].(float64)
		ids = append(ids, int(id))
	}
	slices.Sort(ids)
	return ids
}

func TestAccTeam_basic(t *testing.T) {
	w := acctest.New(t)
	basic := w.Config(teamConfig(`name = "second line"`))
	w.Test(t,
		resource.TestStep{
			Config: basic,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(teamAddress, tfjsonpath.New("allow_auto_assign"), knownvalue.Bool(true)),
				statecheck.ExpectKnownValue(teamAddress, tfjsonpath.New("member_ids"), knownvalue.SetExact(nil)),
			},
		},
		resource.TestStep{ResourceName: teamAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{PreConfig: w.Journal.Clear, Config: w.Config(teamConfig("name = \"second line\"\nadopt_existing = true"))},
		resource.TestStep{
			PreConfig: func() {
				noWrites(t, w)
				deleteFirst(t, w, "teams", "second line")
			},
			Config:           basic,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(teamAddress, plancheck.ResourceActionCreate)}},
		},
	)
}

func TestAccTeam_attributes(t *testing.T) {
	w := acctest.New(t)
	update := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(teamAddress, plancheck.ResourceActionUpdate)}}
	empty := resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()}}
	team := func() string { return fmt.Sprintf("/teams/%v", find(t, w, "teams", "name", "line two")["id"]) }
	path := func() string { return team() + "/team_members" }
	w.Test(t,
		resource.TestStep{Config: w.Config(teamConfig("name = \"line one\"\ndescription = \"First\"\nallow_auto_assign = false\nmember_ids = [\"11\", \"12\"]"))},
		resource.TestStep{ResourceName: teamAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{
			Config:           w.Config(teamConfig("name = \"line two\"\ndescription = \"Second\"\nallow_auto_assign = true\nmember_ids = [\"12\", \"13\"]")),
			ConfigPlanChecks: update,
		},
		resource.TestStep{ // Taken out of the configuration: the description is cleared, the rest stays.
			PreConfig: func() {
				if got := members(t, w, path()); !slices.Equal(got, []int{12, 13}) {
					t.Errorf("members %v", got)
				}
			},
			Config:           w.Config(teamConfig(`name = "line two"`)),
			ConfigPlanChecks: update,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(teamAddress, tfjsonpath.New("description"), knownvalue.Null()),
				statecheck.ExpectKnownValue(teamAddress, tfjsonpath.New("member_ids"), knownvalue.SetSizeExact(2)),
			},
		},
		resource.TestStep{ // Members that nobody configures are followed silently.
			PreConfig: func() {
				request(t, w, "POST", path(), `{"user_ids":[11]}`)
				request(t, w, "PATCH", team(), `{"team":{"description":"By hand"}}`)
			},
			Config:           w.Config(teamConfig(`name = "line two"`)),
			ConfigPlanChecks: empty,
		},
		resource.TestStep{Config: w.Config(teamConfig("name = \"line two\"\nmember_ids = []")), ConfigPlanChecks: update},
		resource.TestStep{ // Configured ones are put back: here, to none.
			PreConfig: func() {
				if got := members(t, w, path()); len(got) > 0 {
					t.Errorf("members %v", got)
				}
				request(t, w, "POST", path(), `{"user_ids":[11]}`)
			},
			Config:           w.Config(teamConfig("name = \"line two\"\nmember_ids = []")),
			ConfigPlanChecks: update,
		},
	)
	for _, e := range w.Journal.Entries(func(e sandbox.Entry) bool {
		return e.Method == "PATCH" && regexp.MustCompile("team_members$").MatchString(e.Path)
	}) {
		if regexp.MustCompile(`"\d`).Match(e.Body) {
			t.Errorf("ids sent as strings: %s", e.Body) // They would empty the team.
		}
	}
}

func TestAccTeam_refused(t *testing.T) {
	w := acctest.New(t)
	w.Test(t,
		resource.TestStep{Config: w.Config(teamConfig(`name = "Second Line"`)), PlanOnly: true, ExpectError: regexp.MustCompile(`must be in lower case`)},
		resource.TestStep{Config: w.Config(teamConfig("name = \"a\"\nmember_ids = [\"x\"]")), PlanOnly: true, ExpectError: regexp.MustCompile(`must be a whole number`)},
		resource.TestStep{ // The platform's answer to a stranger's id is 401.
			Config:      w.Config(teamConfig("name = \"a\"\nmember_ids = [\"14\"]")),
			ExpectError: regexp.MustCompile(`(?s)Unable to set the members.*Invalid User IDs.*not that of an\s+agent.*terraform\s+untaint`),
		},
		resource.TestStep{ // The team was made all the same. Terraform replaces it, and the name is free again.
			Config: w.Config(teamConfig("name = \"a\"\nmember_ids = [\"12\"]")),
		},
	)
}
