package talk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// merged is a contact with a note and a session, of which another contact has everything since.
type merged struct {
	contact, note, session acctest.Object
	base                   string
}

func newMerged(t *testing.T, w *acctest.World, contact values) merged {
	t.Helper()

	p := w.Protocol(t, nil)
	m := merged{contact: chatlaketest.Create(t, p, "chatlake_contact", contact)}
	id := m.contact.String("id")
	m.note = chatlaketest.Create(t, p, "chatlake_contact_note", values{"contact_id": id, "content": "Calls at nine"})
	m.session = chatlaketest.Create(t, p, "chatlake_contact_inbox", values{"contact_id": id, "inbox_id": "101"})
	m.base = chatlaketest.ContactID(chatlaketest.Ask(t, w, "POST", "/contacts", chatlaketest.Object{"name": "Base"}))

	chatlaketest.Act(t, w, "contact_merge", chatlaketest.Object{
		"base_contact_id": chatlaketest.Number(t, m.base), "mergee_contact_id": chatlaketest.Number(t, id),
	})

	return m
}

// parts are what belongs to the contact, each with its configuration at another one.
func (m merged) parts() []struct {
	object acctest.Object
	config values
} {
	return []struct {
		object acctest.Object
		config values
	}{
		{m.note, values{"contact_id": m.base, "content": "Calls at nine"}},
		{m.session, values{"contact_id": m.base, "inbox_id": "101"}},
	}
}

// TestContactMerge_followed takes notes and sessions along with a contact that is followed, in the run that notices the merge
// and in a later one.
func TestContactMerge_followed(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	m := newMerged(t, w, values{"email": "ana@example.com"})

	for _, run := range []string{"the first run", "a later one"} {
		p := w.Protocol(t, nil)

		contact, diags := p.Read(t.Context(), m.contact)
		if len(diags.Errors()) > 0 || contact.String("id") != m.base {
			t.Fatalf("%s: %v %s", run, contact.State, diags)
		}

		m.contact = contact

		for _, part := range m.parts() {
			moved, diags := p.Read(t.Context(), part.object)
			if len(diags) > 0 || moved.Gone() || moved.String("contact_id") != m.base || p.Identity(moved)["contact_id"] != m.base {
				t.Fatalf("%s: %s: %v %s", run, part.object.Type, moved.State, diags)
			}

			if p.Changes(t.Context(), moved, part.config) {
				t.Errorf("%s: %s changes once more", run, part.object.Type)
			}
		}
	}
}

// TestContactMerge_session follows a contact without keys by its session, and a session alone.
func TestContactMerge_session(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	m := newMerged(t, w, values{"name": "Ana", "inbox_id": "101"})
	p := w.Protocol(t, nil)

	for _, object := range []acctest.Object{m.session, m.contact, m.note} {
		moved, diags := p.Read(t.Context(), object)
		if len(diags.Errors()) > 0 || moved.Gone() || moved.String("contact_id") != m.base && moved.String("id") != m.base {
			t.Errorf("%s: %v %s", object.Type, moved.State, diags)
		}
	}
}

// TestContactMerge_stopped makes no note a second time that a merge moved, where nothing says which contact to follow.
func TestContactMerge_stopped(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	m := newMerged(t, w, values{"name": "Ana"})
	p := w.Protocol(t, nil)

	gone, diags := p.Read(t.Context(), m.note)
	if len(diags) > 0 || !gone.Gone() {
		t.Fatalf("%v %s", gone.State, diags)
	}

	none, config := acctest.Object{Type: m.note.Type}, m.parts()[0].config

	_, diags = p.Plan(t.Context(), none, config)
	if !strings.Contains(diags.String(), "merged") || !strings.Contains(diags.String(), "with contact "+m.base+" now") {
		t.Errorf("it is planned again: %s", diags)
	}

	_, diags = p.Plan(t.Context(), none, chatlaketest.With(config, values{"content": "Another"}))
	if len(diags) > 0 {
		t.Errorf("another one is no duplicate: %s", diags)
	}
}
