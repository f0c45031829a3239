package chatlake_test

import (
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
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
	contact := made(t, p, "chatlake_contact", config)
	act(t, w, "contact_update", object{
		"contact_id": number(t, contact.String("id")), "email": "lima@example.com", "phone_number": nil, "identifier": "j", "blocked": false,
		"custom_attributes": object{"plan": "silver"}, "additional_attributes": object{"city": "Porto"},
	})
	config["name"] = "Ana Lima"
	contact, diags := p.Apply(t.Context(), contact, config) // Also checks that it is what was planned.
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if read, diags := p.Read(t.Context(), contact); len(diags) > 0 || !p.Changes(t.Context(), read, config) {
		t.Errorf("the next refresh does not find it: %v %s", read.State, diags)
	}
}

// TestContact_moreSessions moves a contact to an inbox in which it has a session.
func TestContact_moreSessions(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	contact := made(t, p, "chatlake_contact", acctest.Values{"identifier": "i", "inbox_id": "101", "source_id": "a"})
	made(t, p, "chatlake_contact_inbox", acctest.Values{"contact_id": contact.String("id"), "inbox_id": "102", "source_id": "b"})
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
	if plan, diags := p.Plan(t.Context(), contact, acctest.Values{"identifier": "i", "inbox_id": "999"}); len(diags) > 0 || len(plan.RequiresReplace) == 0 {
		t.Errorf("the contact has no session there and is not replaced: %s", diags)
	}
}
