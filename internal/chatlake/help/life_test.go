package help_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// TestHelpCenter takes a portal, its categories and articles through their lives.
func TestHelpCenter(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true // The server crashes over a portal that is gone, and is asked all the same.
	p := w.Protocol(t, nil)
	portal := chatlaketest.ExpectStages(t, w, "chatlake_portal", func(acctest.Object) string { return "slug:help" },
		values{"slug": "help", "name": "Help", "default_locale": "en", "allowed_locales": []any{"en", "de"}})
	byPortal := func(o acctest.Object) string { return "help/" + o.String("id") }

	parent := chatlaketest.ExpectStages(t, w, "chatlake_category", byPortal, values{"portal_slug": "help", "name": "Start", "slug": "start"})
	other := chatlaketest.ExpectStages(t, w, "chatlake_category", byPortal, values{"portal_slug": "help", "name": "Anfang", "slug": "anfang", "locale": "de"})
	category := chatlaketest.ExpectStages(t, w, "chatlake_category", byPortal,
		values{
			"portal_slug": "help", "name": "One", "slug": "one", "locale": "en", "description": "One", "position": 1, "icon": "1", "icon_color": "#111",
			"parent_category_id": parent.String("id"), "associated_category_id": other.String("id"), "related_category_ids": []any{parent.String("id")},
		},
		values{
			"portal_slug": "help", "name": "Two", "slug": "two", "locale": "en", "description": "Two", "position": 2, "icon": "2", "icon_color": "#222",
			"parent_category_id": parent.String("id"), "related_category_ids": []any{other.String("id")},
		},
		values{"portal_slug": "help", "name": "Two", "slug": "two"},
	)
	author, next := "11", "12"
	first := chatlaketest.ExpectStages(t, w, "chatlake_article", byPortal, values{"portal_slug": "help", "title": "First", "author_id": author})

	article := chatlaketest.ExpectStages(t, w, "chatlake_article", byPortal,
		values{
			"portal_slug": "help", "title": "One", "author_id": author, "slug": "one", "content": "# One", "description": "One", "status": "published",
			"category_id": category.String("id"), "position": 5, "meta": values{"title": "One", "description": "One", "tags": []any{"a", "b"}},
		},
		values{
			"portal_slug": "help", "title": "Two", "author_id": next, "slug": "two", "content": "# Two", "description": "Two", "status": "archived",
			"category_id": parent.String("id"), "associated_article_id": first.String("id"), "meta": values{"title": "Two"},
		},
		values{"portal_slug": "help", "title": "Two", "author_id": next, "locale": nil},
	)
	for kind, object := range map[string]acctest.Object{"chatlake_category": category, "chatlake_article": article} {
		got := p.Identity(object)
		if got["portal_slug"] != "help" || got["id"] != object.String("id") || got["account_id"] != "1" {
			t.Errorf("%s: identity %v", kind, got)
		}

		found, diags := p.ImportIdentity(t.Context(), kind, values{"portal_slug": "help", "id": object.String("id")})
		if len(diags) > 0 || found.Gone() {
			t.Errorf("%s: imported %v\n%s", kind, found.State, diags)
		}

		for _, wrong := range []string{"1", "help", "help/", "/1", "a/b/1", "../help/1", "help/x"} {
			_, diags := p.Import(t.Context(), kind, wrong)
			if !strings.Contains(diags.String(), "Invalid import id") {
				t.Errorf("%s: imported %q: %s", kind, wrong, diags)
			}
		}

		data, diags := p.Data(t.Context(), kind, values{"portal_slug": "help", "id": object.String("id")})
		if len(diags) > 0 || chatlaketest.DataText(data, "slug") != "two" {
			t.Errorf("%s: data %v\n%s", kind, data, diags)
		}

		_, diags = p.Data(t.Context(), kind, values{"portal_slug": "help", "id": "999"})
		if !strings.Contains(diags.String(), `with id "999" and this portal_slug does not exist`) {
			t.Errorf("%s: data: %s", kind, diags)
		}
	}
	// An inbox links to the portal by an id, of which it tells only the slug.
	inbox := values{"name": "Minimal", "channel": values{"type": "api"}}
	config := chatlaketest.With(inbox, values{"portal_id": portal.String("id")})
	chatlaketest.ExpectStages(t, w, "chatlake_inbox", func(o acctest.Object) string { return o.String("id") }, config, inbox)

	gone, diags := p.Apply(t.Context(), article, nil)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed %v\n%s", gone.State, diags)
	}

	gone, diags = p.Apply(t.Context(), portal, nil)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed %v\n%s", gone.State, diags)
	}

	fresh := w.Protocol(t, nil)
	for _, object := range []acctest.Object{category, first} { // Gone with their portal, over which the server crashes.
		gone, diags := fresh.Read(t.Context(), object)
		if len(diags) > 0 || !gone.Gone() {
			t.Errorf("read %v\n%s", gone.State, diags)
		}

		gone, diags = fresh.Apply(t.Context(), object, nil)
		if len(diags) > 0 || !gone.Gone() {
			t.Errorf("destroyed %v\n%s", gone.State, diags)
		}
	}

	_, diags = fresh.Import(t.Context(), "chatlake_portal", "slug:help")
	if !strings.Contains(diags.String(), `The portal with slug "help" does not exist`) {
		t.Errorf("imported: %s", diags)
	}
}

// TestCategory_related covers what the platform cannot take away.
func TestCategory_related(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	p := w.Protocol(t, nil)

	_, diags := p.Create(t.Context(), "chatlake_portal", values{"slug": "help", "name": "Help"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	other, _ := p.Create(t.Context(), "chatlake_category", values{"portal_slug": "help", "name": "Other", "slug": "other"})
	config := values{"portal_slug": "help", "name": "One", "slug": "one"}

	category, diags := p.Create(t.Context(), "chatlake_category", chatlaketest.With(config, values{"related_category_ids": []any{other.String("id")}}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	category, diags = p.Apply(t.Context(), category, config)
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "Related categories stay") || p.Changes(t.Context(), category, config) {
		t.Errorf("updated %v\n%s", category.State, diags)
	}
}
