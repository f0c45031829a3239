package help_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/help"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// inPortal is how an object in the portal "help" is imported.
var inPortal = acctest.Import{
	ID:        func(o acctest.Object) string { return o.String("portal_slug") + "/" + o.String("id") },
	Missing:   "help/99999",
	Malformed: []string{"1", "help", "help/", "/1", "a/b/1", "../help/1", "help/x", "help/title:x"},
	Keys:      []string{"slug"},
}

var cases = []chatlaketest.Case{portalCase, categoryCase, articleCase}

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, help.Resources(), cases...)
}

// TestAccImport imports one object of each type with blocks.
func TestAccImport(t *testing.T) {
	w := acctest.New(t)
	w.Complaints = true // Destroyed all at once: the server crashes over what is in a portal that is gone.
	imports := chatlaketest.NewImports(t, w, cases...)
	imports.Add("chatlake_category", "minimal/", values{"portal_slug": "minimal", "name": "One", "slug": "one"})
	imports.Add("chatlake_article", "minimal/", values{"portal_slug": "minimal", "title": "One", "author_id": "11"})
	imports.Test()
}

// TestOpenAPI sends every request about the objects of this area, and compares it and its answer with a description.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	checker := chatlaketest.CheckAPI(t, w, "help")
	p := w.Protocol(t, nil)
	made := chatlaketest.ApplyAndImport(t, w, p, "chatlake_portal", "", portalCase.Stages...)

	portal := chatlaketest.ApplyAndImport(t, w, p, "chatlake_portal", "", values{"slug": "help", "name": "Help", "logo": chatlaketest.PicturePNG}, values{"slug": "help", "name": "Help"})
	parent := chatlaketest.ApplyAndImport(t, w, p, "chatlake_category", "help/", values{"portal_slug": "help", "name": "Start", "slug": "start"})
	category := chatlaketest.ApplyAndImport(t, w, p, "chatlake_category", "help/", values{
		"portal_slug": "help", "name": "One", "slug": "one", "locale": "en", "description": "One", "position": 1, "icon": "1", "icon_color": "#111",
		"parent_category_id": parent.String("id"), "associated_category_id": parent.String("id"), "related_category_ids": []any{parent.String("id")},
	}, values{"portal_slug": "help", "name": "One", "slug": "one"})
	article := chatlaketest.ApplyAndImport(t, w, p, "chatlake_article", "help/", values{
		"portal_slug": "help", "title": "One", "author_id": "11", "slug": "one", "content": "# One", "description": "One", "status": "published",
		"category_id": category.String("id"), "position": 5, "meta": values{"title": "One", "tags": []any{"a"}},
	}, values{"portal_slug": "help", "title": "One", "author_id": "11", "status": "draft"})

	for _, kind := range []string{"chatlake_categories", "chatlake_articles"} {
		_, diags := p.Data(t.Context(), kind, values{"portal_slug": "help"})
		if len(diags) > 0 {
			t.Errorf("%s: %s", kind, diags)
		}
	}

	chatlaketest.Destroy(t, p, made, article, category, parent, portal)
	checker.ExpectComplete()
}

// TestCrashes covers a portal that does not exist, over which the server crashes: the error says so.
func TestCrashes(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)

	for kind, config := range map[string]values{
		"chatlake_category": {"portal_slug": "none", "name": "x", "slug": "x"},
		"chatlake_article":  {"portal_slug": "none", "title": "x", "author_id": "11"},
	} {
		_, diags := p.Create(t.Context(), kind, config)
		if !strings.Contains(diags.String(), "there is no portal none") {
			t.Errorf("%s: %s", kind, diags)
		}
	}

	for _, kind := range []string{"chatlake_articles", "chatlake_categories"} {
		_, diags := p.Data(t.Context(), kind, values{"portal_slug": "none"})
		if !strings.Contains(diags.String(), "there is no portal none") {
			t.Errorf("%s: %s", kind, diags)
		}
	}
}

// TestData_lists reads the lists of a portal, the articles on more than one page.
func TestData_lists(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	chatlaketest.Request(t, w, "POST", "/portals", `{"portal":{"slug":"help","name":"Help"}}`)

	for i := range 27 {
		chatlaketest.Request(t, w, "POST", "/portals/help/articles", fmt.Sprintf(`{"article":{"title":"Article %d","slug":"a%d","author_id":11}}`, i, i))
	}

	chatlaketest.Request(t, w, "POST", "/portals/help/categories", `{"category":{"name":"One","slug":"one"}}`)
	p := w.Protocol(t, nil)
	chatlaketest.ExpectList(t, p, "articles", values{"portal_slug": "help"}, 27, "title", "Article 0")
	chatlaketest.ExpectList(t, p, "categories", values{"portal_slug": "help"}, 1, "slug", "one")
}
