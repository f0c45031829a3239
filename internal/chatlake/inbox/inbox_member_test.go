package inbox_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// inboxMemberCase holds the tests of chatlake_inbox_member.
var inboxMemberCase = chatlaketest.Case{
	Type:     "chatlake_inbox_member",
	Needs:    []acctest.Need{{Name: "inbox", Type: "chatlake_inbox", Config: values{"name": "Night", "channel": values{"type": "api"}}}},
	Minimal:  values{"inbox_id": acctest.Ref("inbox", "id"), "agent_id": "12"},
	Replaced: values{"inbox_id": "999", "agent_id": "13"},
	Refused: []acctest.Refused{
		{Config: values{"agent_id": "ana"}, Want: `must be a whole number`},
		{Config: values{"inbox_id": ""}, Want: `must be a whole number`},
	},
	NoDrift: "a membership is there or gone, and nothing about it changes",
	Import: acctest.Import{
		Missing: "999/12", Malformed: []string{"", "1", "1/", "/1", "a/1", "1/a", "1/2/3"},
	},
}

func TestInboxMember(t *testing.T) {
	t.Parallel()
	chatlaketest.CheckMembership(t, "chatlake_inbox", values{"name": "Day", "channel": values{"type": "api"}})
}

func TestInbox_membersLeftOut(t *testing.T) {
	t.Parallel()
	chatlaketest.CheckUnmanagedMembers(t, "chatlake_inbox", values{"name": "Day", "channel": values{"type": "api"}})
}
