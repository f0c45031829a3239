package help_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// portalCase holds the tests of chatlake_portal.
var portalCase = chatlaketest.Case{
	Type: "chatlake_portal",
	Late: map[string]string{
		"color":  "Servers before 4.11 give none.",
		"layout": "Servers before 4.14.1 have none.",
	},
	Minimal: values{"slug": "minimal", "name": "Minimal"},
	Odd: []values{
		{"draft_locales": []any{"en"}}, // A portal that exists may be in another language.
		{"header_text": "", "draft_locales": []any{}, "social_profiles": values{}},
		{"draft_locales": []any{"de"}},
	},
	Stages: []values{
		{
			"slug": "minimal", "name": "One", "color": "#111", "custom_domain": "one.example.com", "header_text": "One", "homepage_link": "https://one.example.com", "page_title": "One", "logo": chatlaketest.PicturePNG, "archived": true,
			"default_locale": "pt_BR", "allowed_locales": []any{"pt_BR", "en"}, "draft_locales": []any{"en"}, "layout": "documentation", "social_profiles": values{"x": "one"},
			"locale_translations": values{"en": values{"name": "One"}}, "inbox_id": fmt.Sprint(chatlake.WebInboxID),
		},
		{
			"slug": "renamed", "name": "Two", "color": "#222222", "custom_domain": "two.example.com", "header_text": "Two", "homepage_link": "https://two.example.com", "page_title": "Two", "logo": chatlaketest.PictureGIF, "archived": false,
			"default_locale": "en", "allowed_locales": []any{"de", "en"}, "draft_locales": []any{"de"}, "layout": "classic", "social_profiles": values{"github": "two"},
			"locale_translations": values{"de": values{"name": "Zwei"}},
		},
	},
	Refused: []acctest.Refused{
		{Config: values{"slug": "Help Center"}, Want: `must be letters, digits`},
		{Config: values{"logo": "portal_resource_test.go"}, Want: `is no picture that the platform takes`},
		{Config: values{"color": "red"}, Want: `must be #rgb or #rrggbb`},
		{Config: values{"custom_domain": "https://help.example.com"}, Want: `without https://`},
		{Config: values{"allowed_locales": []any{"English"}}, Want: `must be a language`},
		{Config: values{"social_profiles": values{"mastodon": "x"}}, Want: `must be one of`},
		{Config: values{"locale_translations": values{"en": values{"title": "x"}}}, Want: `may be header_text, name, page_title, and no others`},
		{Config: values{"locale_translations": values{"en": "x"}}, Want: `must be an object`},
		{Config: values{"default_locale": "en", "draft_locales": []any{"en"}}, Want: `cannot be one of draft_locales`},
		{Config: values{"allowed_locales": []any{"en"}, "draft_locales": []any{"de"}}, Want: `has to be one of allowed_locales`},
	},
	Warned: []acctest.Refused{
		{Config: values{"layout": "modern"}, Want: `Known are: `},
	},
	Accepted: []values{
		{"slug": "Übersicht-1"}, // The platform takes any; what cannot be in a path is refused.
		{"allowed_locales": []any{"en", acctest.Unknown{}}, "draft_locales": []any{"de"}},
		{"header_text": "", "draft_locales": []any{}, "social_profiles": values{}, "locale_translations": values{}, "inbox_id": ""},
	},
	Unchanged: map[string]string{"inbox_id": "one website inbox is seeded"},
	Kept: map[string]string{
		"color": "it is followed once it is taken out", "allowed_locales": "they are followed once they are taken out",
	},
	Import: acctest.Import{Keys: []string{"slug"}, Lost: map[string]string{"logo": "the platform does not return what a picture shows"}},
	Key:    []string{"slug"},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/portals/minimal", Body: `{"portal":{"color":"#000000","header_text":"By hand"}}`, Configured: values{"color": "#111111"}},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_portal", Config: values{"slug": "x"}, Message: `The portal with this slug does not exist`},
		{Type: "chatlake_portals", Config: values{}},
	},
	CrashesIfGone: true,
}

func TestPortal_logo(t *testing.T) {
	chatlaketest.RunPicture(t, chatlaketest.Pictured{
		Type: "chatlake_portal", Argument: "logo", Config: values{"slug": "pictured", "name": "Pictured"},
		ByHand: chatlaketest.PictureBy("/portals/pictured", "blob_id"),
	})
}
