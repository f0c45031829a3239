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

// contactNoteCase holds the tests of chatlake_contact_note.
var contactNoteCase = chatlaketest.Case{
	Type: "chatlake_contact_note",
	Refused: []acctest.Refused{
		{Config: values{"contact_id": "x", "content": "x"}, Want: `must be a whole number`},
		{Config: values{"contact_id": "1", "content": ""}, Want: `length must be at least 1`},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_contact_note", Config: values{"id": "1", "contact_id": "1"}, Message: "Note 1 on contact 1 does not exist"},
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

	both := contact.String("id") + "/" + note.String("id")

	for _, imported := range []func() (acctest.Object, acctest.Diagnostics){
		func() (acctest.Object, acctest.Diagnostics) {
			return p.Import(t.Context(), "chatlake_contact_note", both)
		},
		func() (acctest.Object, acctest.Diagnostics) {
			return p.ImportIdentity(t.Context(), "chatlake_contact_note", values{"contact_id": contact.String("id"), "id": note.String("id")})
		},
	} {
		found, diags := imported()
		if len(diags) > 0 || !found.State.Equal(note.State) {
			t.Errorf("imported %v\n%s", found.State, diags)
		}
	}

	for _, wrong := range []string{"1", "1/", "/1", "1/2/3", "a/b", "../1"} {
		_, diags = p.Import(t.Context(), "chatlake_contact_note", wrong)
		if !strings.Contains(diags.String(), "unexpected form") {
			t.Errorf("imported %q: %s", wrong, diags)
		}
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

	if gone, diags := p.Read(t.Context(), note); len(diags) > 0 || !gone.Gone() {
		t.Errorf("read %v\n%s", gone.State, diags)
	}

	if gone, diags := p.Apply(t.Context(), note, nil); len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed %v\n%s", gone.State, diags)
	}
}
