package chatlake_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestStale covers writes that change objects of another kind: what was read of these before is not answered again.
func TestStale(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	inboxConfig := acctest.Values{"name": "Minimal", "channel": acctest.Values{"type": "api"}}
	team, inbox := chatlaketest.Create(t, p, "chatlake_team", acctest.Values{"name": "a"}), chatlaketest.Create(t, p, "chatlake_inbox", inboxConfig)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"identifier": "i"})
	session := acctest.Values{"contact_id": contact.String("id"), "inbox_id": inbox.String("id")}
	chatlaketest.Create(t, p, "chatlake_contact_inbox", session)
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", chatlaketest.With(session, acctest.Values{"team_id": team.String("id")}))
	read := func(o acctest.Object) acctest.Object {
		t.Helper()

		var diags acctest.Diagnostics
		for range 3 { // Once singly, and then from pages.
			o, diags = p.Read(t.Context(), o)
			if len(diags) > 0 {
				t.Fatal(diags)
			}
		}

		return o
	}
	change := func(o acctest.Object, config acctest.Values) {
		t.Helper()

		_, diags := p.Apply(t.Context(), o, config)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}

	assigned := read(conversation).String("team_id")
	if assigned != team.String("id") {
		t.Fatalf("team %q", assigned)
	}

	read(contact)
	change(team, nil)

	got := read(conversation).String("team_id")
	if got != "" {
		t.Errorf("team %q is gone", got)
	}

	change(inbox, chatlaketest.With(inboxConfig, acctest.Values{"name": "Renamed"}))

	renamed := read(contact)
	if !strings.Contains(renamed.State.String(), "Renamed") {
		t.Errorf("the session keeps the inbox's old name: %v", renamed.State)
	}

	change(inbox, nil)

	orphan, _ := p.Read(t.Context(), conversation)
	if !orphan.Gone() {
		t.Errorf("gone with its inbox: %v", orphan.State)
	}
}
