package chatlaketest

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// CheckMembership adds one agent beside the one that a team or an inbox lists itself, and takes only that one out. With the
// whole list set, too, a warning says that the two fight.
func CheckMembership(t *testing.T, kind string, config acctest.Values) {
	t.Helper()

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	noun := strings.TrimPrefix(kind, "chatlake_")
	config = With(config, acctest.Values{"member_ids": []any{"11"}})
	parent := Create(t, p, kind, config)
	id := parent.String("id")

	member, diags := p.Create(t.Context(), kind+"_member", acctest.Values{noun + "_id": id, "agent_id": "12"})
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "Two resources decide about the members of "+noun+" "+id) {
		t.Fatalf("added %v\n%s", member.State, diags)
	}

	listed := p.List(kind+"_member", 0, acctest.Values{noun + "_id": id})
	if len(listed) != 2 {
		t.Errorf("%d members, want both: %v", len(listed), listed)
	}

	// The parent is refreshed first, as it is in a plan, and last.
	for _, order := range [][]acctest.Object{{parent, member}, {member, parent}} {
		p := w.Protocol(t, nil)
		w.Journal.Clear()

		_, diags := p.Read(t.Context(), order[0])
		if len(diags) > 0 {
			t.Errorf("%s: %s", order[0].Type, diags)
		}

		_, diags = p.Read(t.Context(), order[1])
		if !strings.Contains(diags.String(), "They undo each other's changes") {
			t.Errorf("%s: %s", order[1].Type, diags)
		}

		lists := w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "GET" && strings.Contains(e.Path, "_members") })
		if len(lists) != 1 {
			t.Errorf("the members were read %d times, want once for both", len(lists))
		}
	}

	_, diags = p.Apply(t.Context(), member, nil)
	if len(diags) > 0 {
		t.Error(diags)
	}

	read, diags := w.Protocol(t, nil).Read(t.Context(), parent)
	if len(diags) > 0 || w.Protocol(t, nil).Changes(t.Context(), read, config) {
		t.Errorf("the other member is gone: %v\n%s", read.State, diags)
	}
}

// CheckUnmanagedMembers leaves the members of a team or an inbox out of the configuration, from the start or later: no
// request asks for them, and none is taken out.
func CheckUnmanagedMembers(t *testing.T, kind string, config acctest.Values) {
	t.Helper()

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	lists := func() int {
		return len(w.Journal.Entries(func(e sandbox.Entry) bool { return strings.Contains(e.Path, "_members") }))
	}
	members := func(group acctest.Object) int {
		return len(p.List(kind+"_member", 0, acctest.Values{strings.TrimPrefix(kind, "chatlake_") + "_id": group.String("id")}))
	}

	never := Create(t, p, kind, config)

	_, diags := p.Read(t.Context(), never)
	if len(diags) > 0 || lists() > 0 {
		t.Errorf("%d requests about members who are not managed\n%s", lists(), diags)
	}

	config = With(config, acctest.Values{"name": "once", "member_ids": []any{"11", "12"}})
	once := Create(t, p, kind, config)
	delete(config, "member_ids")

	left, diags := p.Apply(t.Context(), once, config)
	if len(diags) > 0 || members(left) != 2 {
		t.Errorf("taken out of the configuration, %d members are left, want 2: %v\n%s", members(left), left.State, diags)
	}

	w.Journal.Clear()

	left, diags = p.Read(t.Context(), left)
	if len(diags) > 0 || p.Changes(t.Context(), left, config) || lists() > 0 {
		t.Errorf("%d requests about members who are no longer managed: %v\n%s", lists(), left.State, diags)
	}
}
