package help_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// articleCase holds the tests of chatlake_article.
var articleCase = chatlaketest.Case{
	Type:   "chatlake_article",
	Shared: map[string]string{"position": "a new article comes behind those of all portals"},
	Moved:  map[string]string{"position": "Another category puts it behind its others."},
	Late: map[string]string{
		"position": "The platform puts it behind the others.",
		"slug":     "The platform makes it of the time and the title.",
	},
	Needs: []acctest.Need{
		{Name: "portal", Type: "chatlake_portal", Config: values{"slug": "help", "name": "Help"}},
		{Name: "elsewhere", Type: "chatlake_portal", Config: values{"slug": "other", "name": "Other"}},
		{Name: "one", Type: "chatlake_category", Config: values{"portal_slug": "help", "name": "One", "slug": "one"}},
		{Name: "two", Type: "chatlake_category", Config: values{"portal_slug": "help", "name": "Two", "slug": "two"}},
		{Name: "first", Type: "chatlake_article", Config: values{"portal_slug": "help", "title": "First", "author_id": "11"}},
		{Name: "second", Type: "chatlake_article", Config: values{"portal_slug": "help", "title": "Second", "author_id": "11"}},
	},
	Minimal: values{"portal_slug": "help", "title": "Minimal", "author_id": "11"},
	Odd: []values{
		{"slug": "", "description": ""},
		{"content": "", "meta": values{"tags": []any{}}},
	},
	Stages: []values{
		{
			"title": "One", "author_id": "11", "slug": "one", "content": "# One", "description": "One", "status": "published", "category_id": acctest.Ref("one", "id"),
			"associated_article_id": acctest.Ref("first", "id"), "position": 5, "meta": values{"title": "One", "description": "One", "tags": []any{"a", "b"}},
		},
		{
			"title": "Two", "author_id": "12", "slug": "two", "content": "# Two", "description": "Two", "status": "archived", "category_id": acctest.Ref("two", "id"),
			"associated_article_id": acctest.Ref("second", "id"), "position": 6, "meta": values{"title": "Two", "description": "Two", "tags": []any{"c"}},
		},
	},
	Replaced: values{"portal_slug": "other"},
	Unset:    map[string]string{"locale": "the category decides it, and a configuration that has both is refused"},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/portals/help/articles/%s", Body: `{"article":{"title":"By hand"}}`},
	},
	Key:  []string{"portal_slug", "slug"},
	Kept: map[string]string{"slug": "it is followed once it is taken out", "status": "it is followed once it is taken out"},
	Import: acctest.Import{
		ID: inPortal.ID, Missing: inPortal.Missing, Malformed: inPortal.Malformed, Keys: inPortal.Keys,
		Lost: map[string]string{"associated_article_id": "no answer of the platform holds it"},
	},
	Refused: []acctest.Refused{
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "x"}, Want: `must be a whole number`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "status": "published"}, Want: `needs content`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "status": "secret"}, Want: `must be one of`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "slug": "search"}, Want: `must be none of`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "locale": "en", "category_id": "1"}, Want: `locale and category_id cannot both be set`},
	},
}
