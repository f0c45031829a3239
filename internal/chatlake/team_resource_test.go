package chatlake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

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
	config := func(inside string) string { return w.Config(teamConfig("name = \"line one\"\n" + inside)) }
	path := func() string {
		return fmt.Sprintf("/teams/%v/team_members", find(t, w, "teams", "name", "line one")["id"])
	}
	w.Test(t,
		resource.TestStep{Config: config("description = \"First\"\nmember_ids = [\"11\", \"12\"]")},
		resource.TestStep{ResourceName: teamAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ // Members that are configured are put back; they go over the wire as integers.
			PreConfig: func() { request(t, w, "PATCH", path(), `{"user_ids":[13]}`) },
			Config:    config("description = \"First\"\nmember_ids = [\"11\", \"12\"]"), ConfigPlanChecks: planned(teamAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{ // Taken out of the configuration: the description is cleared, members are followed silently.
			PreConfig: func() {
				if got := members(t, w, path()); !slices.Equal(got, []int{11, 12}) {
					t.Errorf("members %v", got)
				}
			},
			Config: config(""), ConfigPlanChecks: planned(teamAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{has(teamAddress, "description", knownvalue.Null()), has(teamAddress, "member_ids", knownvalue.SetSizeExact(2))},
		},
		resource.TestStep{
			PreConfig: func() { request(t, w, "POST", path(), `{"user_ids":[13]}`) },
			Config:    config(""), ConfigPlanChecks: unchanged(),
		},
		resource.TestStep{
			PreConfig: func() { deleteFirst(t, w, "teams", "line one") },
			Config:    config("member_ids = []"), ConfigPlanChecks: planned(teamAddress, plancheck.ResourceActionCreate),
		},
	)
	for _, e := range w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "PATCH" && strings.HasSuffix(e.Path, "team_members") }) {
		if strings.Contains(string(e.Body), `["`) {
			t.Errorf("ids sent as strings: %s", e.Body) // They would empty the team.
		}
	}
}

// TestTeam_stranger covers the platform's 401 for the id of a stranger: the team is made all the same, and known.
func TestTeam_stranger(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	team, diags := p.Create(t.Context(), "chatlake_team", values{"name": "a", "member_ids": []any{"14"}})
	said := strings.Join(strings.Fields(diags.String()), " ")
	for _, words := range []string{"Unable to set the members", "Invalid User IDs", "not that of an agent", "terraform untaint"} {
		if !strings.Contains(said, words) {
			t.Errorf("%q is not in %s", words, said)
		}
	}
	config := values{"name": "a", "member_ids": []any{"12"}}
	if team, diags = p.Apply(t.Context(), team, config); len(diags) > 0 || p.Changes(t.Context(), team, config) {
		t.Errorf("finished %v\n%s", team.State, diags)
	}
}
