package help_test

import (
	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

// articleCase holds the tests of chatlake_article.
var articleCase = chatlaketest.Case{
	Type: "chatlake_article",
	Refused: []acctest.Refused{
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "x"}, Want: `must be a whole number`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "status": "published"}, Want: `needs content`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "status": "secret"}, Want: `must be one of`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "slug": "search"}, Want: `must be none of`},
		{Config: values{"portal_slug": "help", "title": "x", "author_id": "1", "locale": "en", "category_id": "1"}, Want: `cannot be specified when`},
	},
}
