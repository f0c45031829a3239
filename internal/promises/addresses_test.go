package promises_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// One object has one address. A second resource of the same configuration that says the same, and may adopt, makes an object
// of its own or is refused in the same run: it never gets the object of the first, nor is its user told to import it.
func TestOneObjectOneAddress(t *testing.T) {
	t.Parallel()

	for i, sub := range append(withKey(), subjects()...) {
		name := sub.kind
		if i < len(withKey()) {
			name += ", with key"
		}

		t.Run(name, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, acctest.Values{"max_retries": 0})
			s.world.Complaints = true
			config := sub.config(s)

			if sub.keyed(s.Protocol) {
				config = with(config, acctest.Values{"adopt_existing": true})
			}

			first, diags := s.Create(t.Context(), sub.kind, config)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			before := sub.count(s.world)
			second, diags := s.Create(t.Context(), sub.kind, config)
			isRefused := len(diags.Errors()) > 0

			switch {
			case isRefused && !second.Gone():
				t.Errorf("refused, and in the state: %s", diags)
			case isRefused && strings.Contains(diags.String(), "import {"):
				t.Errorf("it advises to import an object of this configuration: %s", diags)
			case !isRefused && (second.String("id") == first.String("id") || sub.count(s.world) == before):
				t.Errorf("two addresses have %s %s", sub.kind, first.String("id"))
			}
		})
	}
}

// The key of a for_each changes: the new address adopts the object before the old one is destroyed. The object stays as it
// is, and a warning says so.
func TestRenamedAddressKeepsTheObject(t *testing.T) {
	t.Parallel()

	for _, sub := range subjects() {
		t.Run(sub.kind, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, acctest.Values{"max_retries": 0})
			if !sub.keyed(s.Protocol) {
				t.Skip("The type has no key by which an object could be adopted.")
			}

			s.world.Complaints = true
			config := with(sub.config(s), acctest.Values{"adopt_existing": true})

			old, diags := s.Create(t.Context(), sub.kind, config)
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}

			s.restart()

			adopted, diags := s.Create(t.Context(), sub.kind, config)
			if len(diags.Errors()) > 0 || adopted.String("id") != old.String("id") {
				t.Fatalf("not adopted: %s %s", adopted.State, diags)
			}

			before := s.holds()

			_, diags = s.Apply(t.Context(), old, nil)
			if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "is kept") && !strings.Contains(diags.String(), "stays on the platform") {
				t.Errorf("no word of what stays: %s", diags)
			}

			after := s.holds()
			if after != before {
				t.Errorf("the sandbox holds\n%s", lineDifferences(before, after))
			}
		})
	}
}
