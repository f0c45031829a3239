package chatlake_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

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

	team, diags = p.Apply(t.Context(), team, config)
	if len(diags) > 0 || p.Changes(t.Context(), team, config) {
		t.Errorf("finished %v\n%s", team.State, diags)
	}
}
