package talk_test

import (
	"os"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/talk"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

func TestResources(t *testing.T) {
	t.Parallel()
	acctest.RunCases(t, talk.Resources(), contactCases, contactCompanyCases, contactInboxCases, contactNoteCases, conversationCases, messageCases, participantCases)
}

// TestAccImport imports one object of each type with blocks.
func TestAccImport(t *testing.T) {
	w := acctest.New(t)
	imports := chatlaketest.NewImports(t, w)
	contact := imports.Add("chatlake_contact", "", values{"identifier": "i"}).String("id")
	imports.Add("chatlake_contact_note", contact+"/", values{"contact_id": contact, "content": "Hello"})
	imports.Test()
}

// TestContactNotes reads the notes of a contact.
func TestContactNotes(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	contact := chatlaketest.Create(t, p, "chatlake_contact", values{"identifier": "i"}).String("id")
	for _, content := range []string{"First", "Second"} {
		chatlaketest.Create(t, p, "chatlake_contact_note", values{"contact_id": contact, "content": content})
	}

	chatlaketest.ExpectList(t, p, "contact_notes", values{"contact_id": contact}, 2, "content", "Second")

	_, diags := p.Data(t.Context(), "chatlake_contact_notes", values{"contact_id": "999"})
	if len(diags.Errors()) == 0 {
		t.Error("there are notes of a contact that does not exist")
	}
}

// TestPageShapes has a platform that answers creates as the vendor's page shows, and not as servers were recorded.
func TestPageShapes(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.PageShapes = true })
	p := w.Protocol(t, nil)

	check := func(kind string, config values, parents ...string) string {
		t.Helper()

		o := chatlaketest.Create(t, p, kind, config)
		if p.Changes(t.Context(), o, config) {
			t.Errorf("the second plan of %s is not empty", kind)
		}

		id := o.String("id")

		imported, diags := p.Import(t.Context(), kind, strings.Join(append(parents, id), "/"))
		if len(diags.Errors()) > 0 || imported.String("id") != id {
			t.Errorf("%s is imported as %q: %s", kind, imported.String("id"), diags)
		}

		return id
	}

	contact := check("chatlake_contact", values{"name": "Ana", "identifier": "customer-1"})
	conversation := check("chatlake_conversation", values{"inbox_id": "101", "contact_id": contact})
	check("chatlake_message", values{"conversation_id": conversation, "content": "Hello"}, conversation)

	n := len(w.Journal.Writes())
	if n != 3 {
		t.Errorf("%d writes for three objects", n)
	}
}
