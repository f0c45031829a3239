package desk_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var teamCases = acctest.Cases{
	Type:    "chatlake_team",
	Minimal: values{"name": "minimal"},
	Odd: []values{
		{"member_ids": []any{"13", nil}},
	},
	Stages: []values{
		{"name": "one", "description": "One", "allow_auto_assign": false, "member_ids": []any{"11", "12"}},
		{"name": "two", "description": "Two", "allow_auto_assign": true, "member_ids": []any{"13"}},
	},
	Kept: map[string]string{"member_ids": "members who are not configured are left alone"},
	Refused: []acctest.Refused{
		{Config: values{"name": "Second Line"}, Want: `must be in lower case`},
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"member_ids": []any{"x"}}, Want: `must be a whole number`},
	},
	Accepted: []values{
		{"member_ids": []any{acctest.Unknown{}}},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"settings": chatlaketest.DriftBy("PATCH", "/teams/%s", `{"team":{"allow_auto_assign":true,"description":"By hand"}}`),
		"members":  chatlaketest.DriftBy("POST", "/teams/%s/team_members", `{"user_ids":[{{13}}]}`),
	},
	Key:    []string{"name"},
	Import: acctest.Import{Keys: []string{"name"}},
}

// TestTeam_data reads teams.
func TestTeam_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t, nil,
		chatlaketest.Data{Type: "chatlake_team", Config: values{"name": "sandbox team"}, Want: map[string]string{"id": fmt.Sprint(chatlake.TeamID)}},
		chatlaketest.Data{Type: "chatlake_team", Config: values{"id": fmt.Sprint(chatlake.TeamID)}, Want: map[string]string{"name": "sandbox team"}},
		chatlaketest.Data{Type: "chatlake_team", Config: values{"name": "nobody"}, Message: `The team with this name does not exist`},
		chatlaketest.Data{Type: "chatlake_teams", Config: values{}},
	)
}

// TestTeam_unknownMember covers the id of a stranger: nothing is made, so that nothing is tainted.
func TestTeam_unknownMember(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	team, diags := p.Create(t.Context(), "chatlake_team", values{"name": "a", "member_ids": []any{"12", "14"}})

	if !team.Gone() || !strings.Contains(diags.String(), "There is no agent 14") {
		t.Errorf("created %v\n%s", team.State, diags)
	}

	chatlaketest.ExpectNoWrites(t, w)

	team = chatlaketest.Create(t, p, "chatlake_team", values{"name": "a", "member_ids": []any{"12"}})

	w.Journal.Clear()

	_, diags = p.Apply(t.Context(), team, values{"name": "b", "member_ids": []any{"14"}})
	if !strings.Contains(diags.String(), "There is no agent 14") {
		t.Errorf("changed\n%s", diags)
	}

	chatlaketest.ExpectNoWrites(t, w)
}

// TestTeam_stranger covers the platform's 401 for the id of a stranger, where the agents cannot be listed: the team is made,
// and known.
func TestTeam_stranger(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Name: "no list", Method: "GET", Path: "/api/v1/accounts/1/agents", Status: 403, Body: `{"error":"no"}`, Times: -1})
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
