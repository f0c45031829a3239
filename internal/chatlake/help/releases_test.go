package help_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// onRelease returns a simulator that answers as a release, and the provider.
func onRelease(t *testing.T, version string) (*acctest.World, *acctest.Protocol) {
	t.Helper()

	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })

	return w, w.Protocol(t, nil)
}

// releases are those in which help centers behave differently.
var releases = []string{"3.16.0", "4.2.0", "4.5.2", "4.8.0", "4.11.2", "4.12.1", "4.13.0", "4.14.2", "4.15.1"}

// TestHelpCenter_everyRelease makes a help center, changes its language, and leaves no difference: before 4.14.0 a portal
// without a domain is a crash, and before 4.12.0 a part of its config breaks the list of all portals.
func TestHelpCenter_everyRelease(t *testing.T) {
	t.Parallel()

	for _, version := range releases {
		t.Run(version, func(t *testing.T) {
			t.Parallel()

			_, p := onRelease(t, version)

			portal := applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "help", "name": "Help"})
			portal = applied(t, p, portal, values{"slug": "help", "name": "Help", "default_locale": "de"})
			applied(t, p, portal, values{"slug": "help", "name": "Help", "default_locale": "de", "allowed_locales": []any{"de", "en"}})

			// Nothing has this slug, but the plan could not know.
			applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "new", "name": "New", "adopt_existing": true})

			other := applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "other", "name": "Other", "allowed_locales": []any{"fr", "de"}})
			if other.String("default_locale") != "de" {
				t.Errorf("a portal without English is in %q", other.String("default_locale"))
			}

			category := applied(t, p, acctest.Object{Type: "chatlake_category"}, values{"portal_slug": "help", "name": "One", "slug": "one", "locale": "en"})
			article := values{
				"portal_slug": "help", "title": "One", "slug": "one", "author_id": "11", "content": "Text", "status": "published", "category_id": category.String("id"),
			}
			first := applied(t, p, acctest.Object{Type: "chatlake_article"}, article)

			article["slug"], article["associated_article_id"] = "zwei", first.String("id")
			applied(t, p, acctest.Object{Type: "chatlake_article"}, article)
		})
	}
}

// applied applies a configuration, and expects what the server has to be that.
func applied(t *testing.T, p *acctest.Protocol, o acctest.Object, config values) acctest.Object {
	t.Helper()

	o, diags := p.Apply(t.Context(), o, config)
	if len(diags) > 0 {
		t.Fatalf("%v: %s", config, diags)
	}

	o, diags = p.Read(t.Context(), o)
	if len(diags) > 0 || p.Changes(t.Context(), o, config) {
		t.Fatalf("%v: a second plan is not empty: %v %s", config, o.State, diags)
	}

	return o
}

// TestCategories_pages lists and adopts categories of a portal that has more than a page of an old release, 25.
func TestCategories_pages(t *testing.T) {
	t.Parallel()

	for _, version := range []string{"4.5.2", "4.15.1"} {
		w, p := onRelease(t, version)
		applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "help", "name": "Help"})

		for i := range 27 {
			chatlaketest.Request(t, w, "POST", "/portals/help/categories", fmt.Sprintf(`{"category":{"name":"C","slug":"c%d","position":%d,"locale":"en"}}`, i, i))
		}

		chatlaketest.ExpectList(t, p, "categories", values{"portal_slug": "help"}, 27, "slug", "c0")

		last := values{"portal_slug": "help", "name": "C", "slug": "c26", "locale": "en", "position": 26, "adopt_existing": true}
		applied(t, p, acctest.Object{Type: "chatlake_category"}, last)
	}
}

// TestPortal_mended reads a portal that lost its languages: the server answers 500 for every list of portals.
func TestPortal_mended(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, "4.11.2")
	portal := applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "help", "name": "Help", "allowed_locales": []any{"de", "en"}})

	breakPortal(t, w, "/portals/help")

	portal, diags := w.Protocol(t, nil).Read(t.Context(), portal)
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "was broken, and is mended") {
		t.Fatalf("read %v\n%s", portal.State, diags)
	}

	fresh := w.Protocol(t, nil)
	if fresh.Changes(t.Context(), portal, values{"slug": "help", "name": "Help", "allowed_locales": []any{"de", "en"}}) {
		t.Errorf("the mended portal differs: %v", portal.State)
	}
}

// breakPortal sends a config without languages, as earlier versions of the provider did. The server stores it and crashes.
func breakPortal(t *testing.T, w *acctest.World, path string) {
	t.Helper()

	account, token := w.Account()

	req, err := http.NewRequestWithContext(t.Context(), http.MethodPatch, account+path, strings.NewReader(`{"portal":{"config":{"default_locale":"en"}}}`))
	if err != nil {
		t.Fatal(err)
	}

	req.Header.Set("Api-Access-Token", token)
	req.Header.Set("Content-Type", "application/json")

	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		t.Fatal(err)
	}

	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusInternalServerError {
		t.Fatalf("the request that breaks the portal answers %d", answer.StatusCode)
	}
}

// TestPortal_adopted takes over a portal: its languages and its layout stay where the configuration leaves them open.
func TestPortal_adopted(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, "4.15.1")
	chatlaketest.Request(t, w, "POST", "/portals",
		`{"portal":{"slug":"help","name":"Help","config":{"default_locale":"de","allowed_locales":["de","en","fr"],"layout":"documentation"}}}`)

	config := values{"slug": "help", "name": "Help", "adopt_existing": true, "draft_locales": []any{"fr"}, "layout": ""}
	portal := applied(t, p, acctest.Object{Type: "chatlake_portal"}, config)

	// What it has is what this configuration says.
	is := chatlaketest.With(config, values{"default_locale": "de", "allowed_locales": []any{"de", "en", "fr"}, "layout": "documentation"})
	if p.Changes(t.Context(), portal, is) {
		t.Errorf("adopting changed the portal: %v", portal.State)
	}
}

// TestPortal_draftOfTheUsualLanguage makes English a draft where the configuration leaves the language open: that can be in a portal that
// is in another language, and not in a new one.
func TestPortal_draftOfTheUsualLanguage(t *testing.T) {
	t.Parallel()

	config := values{"slug": "help", "name": "Help", "draft_locales": []any{"en"}}

	for _, isAdopted := range []bool{true, false} {
		w, p := onRelease(t, "4.15.1")
		chatlaketest.Request(t, w, "POST", "/portals", `{"portal":{"slug":"help","name":"Help","config":{"default_locale":"de","allowed_locales":["de","en"]}}}`)

		portal, adopting := acctest.Object{Type: "chatlake_portal"}, chatlaketest.With(config, values{"adopt_existing": isAdopted})

		if !isAdopted {
			var diags acctest.Diagnostics

			portal, diags = p.Import(t.Context(), "chatlake_portal", "slug:help")
			if len(diags.Errors()) > 0 {
				t.Fatal(diags)
			}
		}

		portal = applied(t, p, portal, adopting)
		if portal.String("default_locale") != "de" || p.Changes(t.Context(), portal, adopting) {
			t.Errorf("adopted: %t: %v", isAdopted, portal.State)
		}

		_, diags := p.Plan(t.Context(), portal, chatlaketest.With(adopting, values{"draft_locales": []any{"de"}}))
		if !strings.Contains(diags.String(), "cannot be one of draft_locales") {
			t.Errorf("adopted: %t: a draft of its language: %s", isAdopted, diags)
		}
	}

	_, p := onRelease(t, "4.15.1")

	_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_portal"}, config)
	if !strings.Contains(diags.String(), "cannot be one of draft_locales") || !strings.Contains(diags.String(), `"draft_locales"`) {
		t.Errorf("a new portal: %s", diags)
	}
}

// TestPortal_renamed gives a portal another slug: it stays, with what is in it.
func TestPortal_renamed(t *testing.T) {
	t.Parallel()

	w, p := onRelease(t, "4.15.1")
	portal := applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "help", "name": "Help"})
	category := applied(t, p, acctest.Object{Type: "chatlake_category"}, values{"portal_slug": "help", "name": "One", "slug": "one"})
	article := applied(t, p, acctest.Object{Type: "chatlake_article"}, values{"portal_slug": "help", "title": "One", "author_id": "11"})

	for _, o := range []acctest.Object{category, article} {
		config := values{"portal_slug": "docs", "name": "One", "slug": "one"}
		if o.Type == "chatlake_article" {
			config = values{"portal_slug": "docs", "title": "One", "author_id": "11"}
		}

		plan, diags := p.Plan(t.Context(), o, config)
		if len(diags) > 0 || len(plan.RequiresReplace) > 0 {
			t.Errorf("%s is replaced: %v %s", o.Type, plan.RequiresReplace, diags)
		}
	}

	renamed := applied(t, p, portal, values{"slug": "docs", "name": "Help"})
	if renamed.String("id") != portal.String("id") {
		t.Errorf("portal %s became %s", portal.String("id"), renamed.String("id"))
	}

	applied(t, p, category, values{"portal_slug": "docs", "name": "One", "slug": "one"})
	applied(t, p, article, values{"portal_slug": "docs", "title": "One", "author_id": "11"})

	n := w.Journal.Count("DELETE")
	if n > 0 {
		t.Errorf("%d deletions", n)
	}
}

// TestArticle_associatedMissing names an article that is not there: the server stores the new one and answers 404.
func TestArticle_associatedMissing(t *testing.T) {
	t.Parallel()

	_, p := onRelease(t, "4.15.1")
	applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "help", "name": "Help"})

	article, _ := p.Create(t.Context(), "chatlake_article", values{"portal_slug": "help", "title": "One", "author_id": "11", "associated_article_id": "98765"})
	if article.Gone() {
		t.Error("an article that was made is not in the state")
	}
}

// TestArticle_movedWithPosition changes category and position in one apply: the server puts it at the end after the save.
func TestArticle_movedWithPosition(t *testing.T) {
	t.Parallel()

	_, p := onRelease(t, "4.15.1")
	applied(t, p, acctest.Object{Type: "chatlake_portal"}, values{"slug": "help", "name": "Help"})
	one := applied(t, p, acctest.Object{Type: "chatlake_category"}, values{"portal_slug": "help", "name": "One", "slug": "one"})
	two := applied(t, p, acctest.Object{Type: "chatlake_category"}, values{"portal_slug": "help", "name": "Two", "slug": "two"})

	config := values{"portal_slug": "help", "title": "One", "author_id": "11", "category_id": one.String("id"), "position": 3}
	article := applied(t, p, acctest.Object{Type: "chatlake_article"}, config)

	config["category_id"], config["position"] = two.String("id"), 25
	applied(t, p, article, config)
}
