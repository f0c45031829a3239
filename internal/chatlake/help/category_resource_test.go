package help_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// categoryCase holds the tests of chatlake_category.
var categoryCase = chatlaketest.Case{
	Type: "chatlake_category",
	Refused: []acctest.Refused{
		{Config: values{"portal_slug": "a/b", "name": "x", "slug": "x"}, Want: `must be the slug of a portal`},
		{Config: values{"portal_slug": "help", "name": "x", "slug": "x", "related_category_ids": []any{}}, Want: `at least 1 elements`},
	},
	Accepted: []values{
		{"portal_slug": "Help", "name": "x", "slug": "Getting-Started"},
	},
}
