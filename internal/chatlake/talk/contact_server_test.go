package talk_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestContact_changedMeanwhile applies a plan after somebody changed what it leaves as it was.
func TestContact_changedMeanwhile(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := acctest.Values{
		"name": "Ana", "email": "ana@example.com", "phone_number": "+14155550123", "identifier": "i", "blocked": true,
		"custom_attributes": acctest.Values{"plan": "gold"}, "additional_attributes": acctest.Values{"city": "Lisboa"},
	}
	contact := chatlaketest.Create(t, p, "chatlake_contact", config)
	chatlaketest.Act(t, w, "contact_update", chatlaketest.Object{
		"contact_id": chatlaketest.Number(t, contact.String("id")), "email": "lima@example.com", "phone_number": nil, "identifier": "j", "blocked": false,
		"custom_attributes": chatlaketest.Object{"plan": "silver"}, "additional_attributes": chatlaketest.Object{"city": "Porto"},
	})

	config["name"] = "Ana Lima"

	contact, diags := p.Apply(t.Context(), contact, config) // Also checks that it is what was planned.
	if !strings.Contains(diags.String(), "additional_attributes.city, blocked, custom_attributes.plan, email, identifier, phone_number") {
		t.Fatal(diags)
	}

	read, diags := p.Read(t.Context(), contact)
	if len(diags) > 0 || !p.Changes(t.Context(), read, config) {
		t.Errorf("the next refresh does not find it: %v %s", read.State, diags)
	}
}

// TestContact_moreSessions moves a contact to an inbox in which it has a session.
func TestContact_moreSessions(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"identifier": "i", "inbox_id": "101", "source_id": "a"})
	chatlaketest.Create(t, p, "chatlake_contact_inbox", acctest.Values{"contact_id": contact.String("id"), "inbox_id": "102", "source_id": "b"})
	contact, _ = p.Read(t.Context(), contact)

	imported, diags := p.Import(t.Context(), "chatlake_contact", contact.String("id"))
	if len(diags) > 0 || imported.String("inbox_id") != "" {
		t.Errorf("%v %s", imported.State, diags)
	}

	for inbox, source := range map[string]string{"101": "a", "102": "b"} {
		for _, o := range []acctest.Object{contact, imported} {
			moved, diags := p.Apply(t.Context(), o, acctest.Values{"identifier": "i", "inbox_id": inbox})
			if len(diags) > 0 || moved.String("source_id") != source {
				t.Errorf("in inbox %s the source id is %q: %s", inbox, moved.String("source_id"), diags)
			}
		}
	}
}

// TestContact_oldServer covers what a server is too old for: it would ignore it, or replace what newer ones merge.
func TestContact_oldServer(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true // The paths of newer servers are tried.

	old := func(version string) *acctest.Protocol {
		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })
		return w.Protocol(t, nil)
	}
	p := old("4.1.0")
	config := acctest.Values{"identifier": "i", "additional_attributes": acctest.Values{"city": "Lisboa", "country": "Portugal"}}
	contact := chatlaketest.Create(t, p, "chatlake_contact", config)
	chatlaketest.Ask(t, w, "PATCH", "/contacts/"+contact.String("id"), chatlaketest.Object{"additional_attributes": chatlaketest.Object{"city": "Lisboa", "country": "Portugal", "agent": "x"}})

	config["additional_attributes"] = acctest.Values{"city": "Porto", "country": "Portugal"}

	contact, diags := p.Apply(t.Context(), contact, config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	kept := w.Chatlake.Contacts()[0].AdditionalAttributes
	if len(kept) != 3 || kept["city"] != "Porto" || kept["agent"] != "x" {
		t.Errorf("additional attributes %v", kept)
	}

	_, diags = old("1.20.0").Apply(t.Context(), contact, nil)
	if !strings.Contains(diags.String(), "deleting a contact needs version 1.21.0") {
		t.Error(diags)
	}
}

// TestContact_reserved takes up source ids of contacts that were deleted: the server keeps them for a while.
func TestContact_reserved(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 500 })
	p := w.Protocol(t, nil)
	destroy := func(o acctest.Object) {
		_, diags := p.Apply(t.Context(), o, nil)
		if len(diags) > 0 {
			t.Fatal(diags)
		}
	}
	config := acctest.Values{"identifier": "i", "inbox_id": "101", "source_id": "s"}
	destroy(chatlaketest.Create(t, p, "chatlake_contact", config))

	contact := chatlaketest.Create(t, p, "chatlake_contact", config)
	for _, kind := range []string{"chatlake_contact_inbox", "chatlake_conversation"} {
		session := acctest.Values{"contact_id": contact.String("id"), "inbox_id": "101", "source_id": kind}
		chatlaketest.Create(t, p, kind, session)
		destroy(contact)

		p = w.Protocol(t, nil) // In one run, a session has one address.
		contact = chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ana"})
		session["contact_id"] = contact.String("id")
		chatlaketest.Create(t, p, kind, session)
	}

	n := len(w.Chatlake.Contacts())
	if n != 1 {
		t.Errorf("%d contacts", n)
	}
}

// TestContact_channels opens sessions where the server makes source ids of addresses, and where it makes none.
func TestContact_channels(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	inbox := func(channel chatlaketest.Object) string {
		return fmt.Sprint(chatlaketest.Ask(t, w, "POST", "/inboxes", chatlaketest.Object{"name": "Test", "channel": channel})["id"])
	}
	mail := inbox(chatlaketest.Object{"type": "email", "email": "desk@example.com"})
	line := inbox(chatlaketest.Object{"type": "line", "line_channel_id": "1", "line_channel_secret": "s", "line_channel_token": "t"})
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"email": "ana@example.com"}).String("id")
	conversation := chatlaketest.Create(t, p, "chatlake_conversation", acctest.Values{"contact_id": contact, "inbox_id": mail})

	source := conversation.String("source_id")
	if source != "ana@example.com" {
		t.Errorf("source id %q", source)
	}

	for _, kind := range []string{"chatlake_contact", "chatlake_contact_inbox", "chatlake_conversation"} {
		config := acctest.Values{"inbox_id": line}
		if kind != "chatlake_contact" {
			config["contact_id"] = chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ben"}).String("id")
		}

		created, diags := p.Create(t.Context(), kind, config)
		if !created.Gone() || !strings.Contains(diags.String(), "sessions there need a source_id") {
			t.Errorf("%s: %v %s", kind, created.State, diags)
		}

		config["source_id"] = kind
		chatlaketest.Create(t, p, kind, config)
	}
}

// TestContact_oneSession opens conversations of a contact without a session at the same time.
func TestContact_oneSession(t *testing.T) {
	t.Parallel()
	w := acctest.NewWith(t, sandbox.Options{Latency: 20 * time.Millisecond})
	p := w.Protocol(t, nil)
	contact := chatlaketest.Create(t, p, "chatlake_contact", acctest.Values{"name": "Ana"}).String("id")

	var wait sync.WaitGroup
	for range 5 {
		wait.Go(func() {
			_, diags := p.Create(t.Context(), "chatlake_conversation", acctest.Values{"inbox_id": "101", "contact_id": contact})
			if len(diags) > 0 {
				t.Error(diags)
			}
		})
	}

	wait.Wait()

	made := w.Chatlake.Contacts()[0]
	if len(made.Sessions) != 1 || len(made.Conversations) != 5 {
		t.Errorf("%d sessions, %d conversations", len(made.Sessions), len(made.Conversations))
	}
}

// TestContact_adoptedSession takes over a contact with the session that it has.
func TestContact_adoptedSession(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"identifier": "i", "inbox_id": 101, "source_id": "before"})

	for _, source := range []any{nil, "before", "after"} {
		p := w.Protocol(t, nil)
		config := acctest.Values{"identifier": "i", "inbox_id": "101", "source_id": source, "adopt_existing": true}
		contact := chatlaketest.ExpectStable(t, p, chatlaketest.Create(t, p, "chatlake_contact", config), config)
		want := map[any]int{nil: 1, "before": 1, "after": 2}[source]

		got := contact.String("source_id")
		if source == nil && got != "before" || source != nil && got != source || len(w.Chatlake.Contacts()[0].Sessions) != want {
			t.Errorf("%v: source id %q, sessions %v", source, got, w.Chatlake.Contacts()[0].Sessions)
		}
	}
}
