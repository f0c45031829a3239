package inbox_test

import (
	"strings"
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

// TestInboxMember adds one agent beside the others and takes only that one out. With the whole list set on the inbox, too, a
// warning says that the two fight.
func TestInboxMember(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"name": "Day", "channel": values{"type": "api"}, "member_ids": []any{"11"}}
	inbox := chatlaketest.Create(t, p, "chatlake_inbox", config)
	id := inbox.String("id")

	member, diags := p.Create(t.Context(), "chatlake_inbox_member", values{"inbox_id": id, "agent_id": "12"})
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "Two resources decide about the members of inbox "+id) {
		t.Fatalf("added %v\n%s", member.State, diags)
	}

	listed := p.List("chatlake_inbox_member", 0, values{"inbox_id": id})
	if len(listed) != 2 {
		t.Errorf("%d members, want both: %v", len(listed), listed)
	}

	// The inbox is refreshed first, as it is in a plan, and last.
	for _, order := range [][]acctest.Object{{inbox, member}, {member, inbox}} {
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

	read, diags := w.Protocol(t, nil).Read(t.Context(), inbox)
	if len(diags) > 0 || w.Protocol(t, nil).Changes(t.Context(), read, config) {
		t.Errorf("the other member is gone: %v\n%s", read.State, diags)
	}
}
