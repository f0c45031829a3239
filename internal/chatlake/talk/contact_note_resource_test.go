package talk_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// contactNoteCases hold for every contact.
var contactNoteCases = acctest.Cases{
	Type: "chatlake_contact_note",
	Needs: []acctest.Need{
		{Name: "contact", Type: "chatlake_contact", Config: values{"email": "ana@example.com"}},
		{Name: "other", Type: "chatlake_contact", Config: values{"email": "ben@example.com"}},
	},
	Minimal:  values{"contact_id": acctest.Ref("contact", "id"), "content": "One"},
	Stages:   []values{{"content": "Two"}, {"content": "Three"}},
	Replaced: values{"contact_id": acctest.Ref("other", "id")},
	Refused: []acctest.Refused{
		{Config: values{"contact_id": "x"}, Want: `must be a whole number`},
		{Config: values{"content": ""}, Want: `must be a text of at least 1 character`},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"content": func(t *testing.T, w *acctest.World, o acctest.Object) {
			t.Helper()
			chatlaketest.Ask(t, w, "PATCH", "/contacts/"+o.String("contact_id")+"/notes/"+o.String("id"), chatlaketest.Object{"note": chatlaketest.Object{"content": "By hand"}})
		},
	},
	Import: acctest.Import{
		ID:        func(o acctest.Object) string { return o.String("contact_id") + "/" + o.String("id") },
		Missing:   "1/99999",
		Malformed: []string{"", "1", "1/", "/1", "1/2/3", "a/b", "../1"},
	},
}

// TestContactNote takes a note through its life.
func TestContactNote(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	contact, diags := p.Create(t.Context(), "chatlake_contact", values{"email": "ana@example.com"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	config := func(content string) values { return values{"contact_id": contact.String("id"), "content": content} }

	note, diags := p.Create(t.Context(), "chatlake_contact_note", config("One"))
	if len(diags) > 0 || p.Changes(t.Context(), note, config("One")) {
		t.Fatalf("created %v\n%s", note.State, diags)
	}

	note, diags = p.Apply(t.Context(), note, config("Two"))
	if len(diags) > 0 || note.String("content") != "Two" {
		t.Errorf("updated %v\n%s", note.State, diags)
	}

	data, diags := p.Data(t.Context(), "chatlake_contact_note", values{"contact_id": contact.String("id"), "id": note.String("id")})
	if len(diags) > 0 || chatlaketest.DataText(data, "content") != "Two" {
		t.Errorf("data %v\n%s", data, diags)
	}
	// An update that the server did not keep is answered as if it had.
	w.Faults.Add(sandbox.Fault{
		Name: "ignored", Method: http.MethodPatch, Status: http.StatusOK, Header: map[string]string{"Content-Type": "application/json"},
		Body: fmt.Sprintf(`{"id":%s,"content":"Three"}`, note.String("id")),
	})

	_, diags = p.Apply(t.Context(), note, config("Three"))
	if !strings.Contains(diags.String(), "kept the note as it was") {
		t.Errorf("updated: %s", diags)
	}

	chatlaketest.Request(t, w, "DELETE", fmt.Sprintf("/contacts/%s/notes/%s", contact.String("id"), note.String("id")), "")

	gone, diags := p.Read(t.Context(), note)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("read %v\n%s", gone.State, diags)
	}

	gone, diags = p.Apply(t.Context(), note, nil)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed %v\n%s", gone.State, diags)
	}
}
