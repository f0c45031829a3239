package chatlake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// TestWorkersDown destroys what the server deletes in background jobs while none runs. The error says so after the wait.
// The next run sends no second request and only waits; the one after it asks again, for a job can be lost.
func TestWorkersDown(t *testing.T) {
	t.Parallel()

	impatient := acctest.Values{"delete": "60ms"}
	api := fmt.Sprint(chatlake.APIInboxID)

	for kind, config := range map[string]func(contact string) acctest.Values{
		"chatlake_inbox": func(string) acctest.Values {
			return acctest.Values{"name": "Orders", "channel": acctest.Values{"type": "api"}, "timeouts": impatient}
		},
		"chatlake_conversation": func(contact string) acctest.Values {
			return acctest.Values{"inbox_id": api, "contact_id": contact, "on_destroy": "delete", "timeouts": impatient}
		},
	} {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			p := w.Protocol(t, nil)

			contact, diags := p.Create(t.Context(), "chatlake_contact", acctest.Values{"name": "Ana", "inbox_id": api})
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			object, diags := p.Create(t.Context(), kind, config(contact.String("id")))
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown = true })

			for run, want := range []int{1, 0, 1} {
				w.Journal.Clear()

				read, diags := p.Read(t.Context(), object)
				if len(diags) > 0 {
					t.Fatal(diags)
				}

				object, diags = p.Apply(t.Context(), read, nil)
				said := diags.String()

				sent := len(w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "DELETE" }))
				if sent != want || object.Gone() || !strings.Contains(said, "accepted the deletion") || !strings.Contains(said, "job workers") {
					t.Errorf("run %d: %d deletions sent, want %d; gone: %t\n%s", run+1, sent, want, object.Gone(), said)
				}
			}
		})
	}
}
