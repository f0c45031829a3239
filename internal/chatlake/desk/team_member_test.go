package desk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// teamMemberCases holds the tests of chatlake_team_member.
var teamMemberCases = acctest.Cases{
	Type:     "chatlake_team_member",
	Needs:    []acctest.Need{{Name: "team", Type: "chatlake_team", Config: values{"name": "night"}}},
	Minimal:  values{"team_id": acctest.Ref("team", "id"), "agent_id": "12"},
	Replaced: values{"team_id": "999", "agent_id": "13"},
	Refused: []acctest.Refused{
		{Config: values{"agent_id": "ana"}, Want: `must be a whole number`},
		{Config: values{"team_id": ""}, Want: `must be a whole number`},
	},
	NoDrift: "a membership is there or gone, and nothing about it changes",
	Import: acctest.Import{
		Missing: "999/12", Malformed: []string{"", "1", "1/", "/1", "a/1", "1/a", "1/2/3"},
	},
}

// TestTeamMember adds one agent beside the others and takes only that one out. With the whole list set on the team, too, a
// warning says that the two fight.
func TestTeamMember(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"name": "day", "member_ids": []any{"11"}}
	team := chatlaketest.Create(t, p, "chatlake_team", config)
	id := team.String("id")

	member, diags := p.Create(t.Context(), "chatlake_team_member", values{"team_id": id, "agent_id": "12"})
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "Two resources decide about the members of team "+id) {
		t.Fatalf("added %v\n%s", member.State, diags)
	}

	listed := p.List("chatlake_team_member", 0, values{"team_id": id})
	if len(listed) != 2 {
		t.Errorf("%d members, want both: %v", len(listed), listed)
	}

	// The team is refreshed first, as it is in a plan, and last.
	for _, order := range [][]acctest.Object{{team, member}, {member, team}} {
		p := w.Protocol(t, nil)

		_, diags := p.Read(t.Context(), order[0])
		if len(diags) > 0 {
			t.Errorf("%s: %s", order[0].Type, diags)
		}

		_, diags = p.Read(t.Context(), order[1])
		if !strings.Contains(diags.String(), "They undo each other's changes") {
			t.Errorf("%s: %s", order[1].Type, diags)
		}
	}

	_, diags = p.Apply(t.Context(), member, nil)
	if len(diags) > 0 {
		t.Error(diags)
	}

	read, diags := w.Protocol(t, nil).Read(t.Context(), team)
	if len(diags) > 0 || w.Protocol(t, nil).Changes(t.Context(), read, config) {
		t.Errorf("the other member is gone: %v\n%s", read.State, diags)
	}
}
