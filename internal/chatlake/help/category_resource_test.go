package help_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// categoryCase holds the tests of chatlake_category.
var categoryCase = chatlaketest.Case{
	Type: "chatlake_category",
	Late: map[string]string{
		"position": "The platform puts it behind the others.",
	},
	Needs: []acctest.Need{
		{Name: "portal", Type: "chatlake_portal", Config: values{"slug": "help", "name": "Help", "default_locale": "en", "allowed_locales": []any{"en", "de"}}},
		{Name: "elsewhere", Type: "chatlake_portal", Config: values{"slug": "other", "name": "Other"}},
		{Name: "parent", Type: "chatlake_category", Config: values{"portal_slug": "help", "name": "Start", "slug": "start"}},
		{Name: "other", Type: "chatlake_category", Config: values{"portal_slug": "help", "name": "Anfang", "slug": "anfang", "locale": "de"}},
	},
	Minimal: values{"portal_slug": "help", "name": "Minimal", "slug": "minimal"},
	Odd: []values{
		{"icon_color": "", "parent_category_id": "", "related_category_ids": []any{}},
	},
	Stages: []values{
		{
			"name": "One", "slug": "one", "locale": "en", "description": "One", "position": 1, "icon": "1", "icon_color": "#111",
			"parent_category_id": acctest.Ref("parent", "id"), "associated_category_id": acctest.Ref("other", "id"), "related_category_ids": []any{acctest.Ref("parent", "id")},
		},
		{
			"name": "Two", "slug": "two", "locale": "de", "description": "Two", "position": 2, "icon": "2", "icon_color": "#222",
			"parent_category_id": acctest.Ref("other", "id"), "associated_category_id": acctest.Ref("parent", "id"), "related_category_ids": []any{acctest.Ref("other", "id")},
		},
	},
	ClearedWarns: "Related categories stay",
	Kept:         map[string]string{"locale": "it is followed once it is taken out", "related_category_ids": "the platform cannot take all of them away", "position": "people may move it: it is followed once it is taken out"},
	Replaced:     values{"portal_slug": "other"},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/portals/help/categories/%s", Body: `{"category":{"name":"By hand"}}`},
	},
	Key:    []string{"portal_slug", "slug", "locale"},
	Import: inPortal,
	Refused: []acctest.Refused{
		{Config: values{"portal_slug": "a/b", "name": "x", "slug": "x"}, Want: `must be the slug of a portal`},
		{Config: values{"portal_slug": "help", "name": "x", "slug": "x", "position": 3000000000}, Want: `must be between 0 and 2147483647`},
	},
	Accepted: []values{
		{"portal_slug": "Help", "name": "x", "slug": "Getting-Started"},
		{"portal_slug": "help", "name": "x", "slug": "x", "related_category_ids": []any{}, "parent_category_id": "", "icon": ""},
	},
}
