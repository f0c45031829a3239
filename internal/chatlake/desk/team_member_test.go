package desk_test

import (
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

func TestTeamMember(t *testing.T) {
	t.Parallel()
	chatlaketest.CheckMembership(t, "chatlake_team", values{"name": "day"})
}

func TestTeam_membersLeftOut(t *testing.T) {
	t.Parallel()
	chatlaketest.CheckUnmanagedMembers(t, "chatlake_team", values{"name": "day"})
}
