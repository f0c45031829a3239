package promises_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// A label that is replaced loses its contacts some time later, by the job of the old one. What the configuration labels comes
// back with the next apply, as the guide says.
func TestReplacedLabelComesBack(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.JobDelay = 200 })

	p := w.Protocol(t, nil)
	made := func(kind string, config acctest.Values) acctest.Object {
		o, diags := w.Protocol(t, nil).Create(t.Context(), kind, config)
		if len(diags.Errors()) > 0 {
			t.Fatal(diags)
		}

		return o
	}

	title := acctest.Values{"title": "vip"}
	old := made("chatlake_label", title)
	config := acctest.Values{"identifier": "mira", "labels": []any{"vip"}}
	contact := made("chatlake_contact", config)

	_, diags := p.Apply(t.Context(), old, nil)
	if len(diags.Errors()) > 0 {
		t.Fatal(diags)
	}

	made("chatlake_label", title)
	time.Sleep(300 * time.Millisecond) // The job has run by now.

	next := w.Protocol(t, nil)

	bare, diags := next.Read(t.Context(), contact)
	if len(diags.Errors()) > 0 || !next.Changes(t.Context(), bare, config) {
		t.Fatalf("the label is still there, or not missed: %s %s", bare.State, diags)
	}

	labelled, diags := next.Apply(t.Context(), bare, config)
	if len(diags.Errors()) > 0 || next.Changes(t.Context(), labelled, config) || !slices.Equal(w.Chatlake.Contacts()[0].Labels, []string{"vip"}) {
		t.Errorf("the platform has %v, %s", w.Chatlake.Contacts(), diags)
	}
}

// A resource that was renamed without moved is created while the old one is destroyed: its key is taken, and by the time of
// the look-up nothing has it. The error says that another apply settles it, which is so.
func TestRenamedWithoutMoved(t *testing.T) {
	t.Parallel()

	keys := map[string]string{
		"chatlake_label": "title", "chatlake_team": "name", "chatlake_canned_response": "short_code", "chatlake_webhook": "url",
		"chatlake_assignment_policy": "name", "chatlake_custom_attribute_definition": "attribute_key", "chatlake_category": "locale",
		"chatlake_portal": "slug",
	}

	for _, sub := range subjects() {
		key, ok := keys[sub.kind]
		if !ok {
			continue
		}

		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, acctest.Values{"max_retries": 0})
			config := sub.config(s)
			s.world.Faults.Add(sandbox.Fault{
				Platform: "chatlake", Method: "POST", Status: 422, Header: map[string]string{"Content-Type": "application/json"},
				Body: fmt.Sprintf(`{"message":"It has already been taken","attributes":[%q]}`, key),
			})

			o, diags := s.Create(t.Context(), sub.kind, config)
			if !o.Gone() || len(diags.Errors()) != 1 || !strings.Contains(diags.String(), "apply") || !strings.Contains(diags.String(), "deleted") {
				t.Errorf("created %s: %s", o.State, diags)
			}

			o, diags = s.Create(t.Context(), sub.kind, config)
			if len(diags.Errors()) > 0 || o.Gone() {
				t.Errorf("again: %s", diags)
			}
		})
	}
}
