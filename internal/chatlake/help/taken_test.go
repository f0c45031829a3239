package help_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// TestHelpCenter_taken covers slugs that somebody used already: the import block that is printed works, and
// adopt_existing takes the object over. Over an article's the server crashes.
func TestHelpCenter_taken(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	_, diags := p.Create(t.Context(), "chatlake_portal", values{"slug": "help", "name": "Help", "allowed_locales": []any{"en", "de"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for kind, config := range map[string]values{
		"chatlake_category": {"portal_slug": "help", "name": "One", "slug": "start"},
		"chatlake_article":  {"portal_slug": "help", "title": "One", "slug": "start", "author_id": "11", "content": "One"},
	} {
		first, diags := p.Create(t.Context(), kind, config)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		more := values{"description": "Ours"}
		nothing, diags := w.Protocol(t, nil).Create(t.Context(), kind, chatlaketest.With(config, more))

		block := fmt.Sprintf("to = %s.example\n  id = %q", kind, "help/"+first.String("id"))
		if !nothing.Gone() || !strings.Contains(diags.String(), "already exists") || !strings.Contains(diags.String(), block) {
			t.Errorf("created %v\n%s", nothing.State, diags)
		}

		adopting := chatlaketest.With(chatlaketest.With(config, more), values{"adopt_existing": true})

		taken, diags := w.Protocol(t, nil).Create(t.Context(), kind, adopting)
		if len(diags) > 0 || taken.String("id") != first.String("id") || taken.String("description") != "Ours" || p.Changes(t.Context(), taken, adopting) {
			t.Errorf("taken over %v\n%s", taken.State, diags)
		}
	}

	other := values{"portal_slug": "help", "name": "Eins", "slug": "start", "locale": "de"} // Another language, another key.

	category, diags := p.Create(t.Context(), "chatlake_category", other)
	if len(diags) > 0 || category.Gone() {
		t.Errorf("created %v\n%s", category.State, diags)
	}

	_, diags = p.Create(t.Context(), "chatlake_category", chatlaketest.With(other, values{"locale": "fr"}))
	if !strings.Contains(diags.String(), "not part of portal's") {
		t.Error(diags)
	}
}

// TestHelpCenter_lostAnswer covers creates that worked and did not say so, and those that the server never got.
func TestHelpCenter_lostAnswer(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	p := w.Protocol(t, nil)

	_, diags := p.Create(t.Context(), "chatlake_portal", values{"slug": "help", "name": "Help"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for kind, config := range map[string]values{
		"chatlake_category": {"portal_slug": "help", "name": "One", "slug": "start", "position": 3},
		"chatlake_article":  {"portal_slug": "help", "title": "One", "slug": "start", "author_id": "11"},
	} {
		w.Faults.Add(sandbox.Fault{Name: kind, Platform: "chatlake", Method: http.MethodPost, After: true, Cut: sandbox.CutReset})

		created, diags := p.Create(t.Context(), kind, config)
		if len(diags) > 0 || created.Gone() || p.Changes(t.Context(), created, config) {
			t.Errorf("created %v\n%s", created.State, diags)
		}

		w.Faults.Add(sandbox.Fault{Name: kind, Platform: "chatlake", Method: http.MethodPost, Cut: sandbox.CutReset})

		created, diags = p.Create(t.Context(), kind, chatlaketest.With(config, values{"slug": "go-on"}))
		if len(diags) > 0 || created.Gone() {
			t.Errorf("created again %v\n%s", created.State, diags)
		}
	}

	w.Faults.Add(sandbox.Fault{Name: "no key", Platform: "chatlake", Method: http.MethodPost, After: true, Cut: sandbox.CutReset})

	nothing, diags := p.Create(t.Context(), "chatlake_article", values{"portal_slug": "help", "title": "One", "author_id": "11"})
	if !nothing.Gone() || !strings.Contains(diags.String(), "the object may exist") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}
}
