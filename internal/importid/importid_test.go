package importid_test

import (
	"context"
	"errors"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
)

var (
	label = importid.Form{
		Type: "chatlake_label", Parts: []importid.Part{{Name: "id", Form: importid.Integer, Example: "42"}},
		Keys: []importid.Key{{Name: "title", Example: "vip"}, {Name: "url", Example: "https://example.com/hook"}},
	}
	article = importid.Form{
		Type:  "chatlake_article",
		Parts: []importid.Part{{Name: "portal_slug", Example: "help"}, {Name: "id", Form: importid.Integer, Example: "12"}},
		Keys:  []importid.Key{{Name: "slug", Example: "faq"}},
	}
)

func TestParse(t *testing.T) {
	for _, c := range []struct {
		form  importid.Form
		text  string
		parts map[string]string
		key   string
		value string
	}{
		{label, "42", map[string]string{"id": "42"}, "", ""},
		{label, "title:vip", map[string]string{}, "title", "vip"},
		{label, "title:a:b", map[string]string{}, "title", "a:b"},
		{label, "url:https://example.com/a/b", map[string]string{}, "url", "https://example.com/a/b"},
		{article, "help/12", map[string]string{"portal_slug": "help", "id": "12"}, "", ""},
		{article, "help/slug:a/b", map[string]string{"portal_slug": "help"}, "slug", "a/b"},
	} {
		var diags diag.Diagnostics

		got, ok := c.form.Parse(c.text, &diags)
		if !ok || diags.HasError() || !maps.Equal(got.Parts, c.parts) || got.Key != c.key || got.Value != c.value {
			t.Errorf("%q is read as %v, %t", c.text, got, ok)
		}
	}

	for _, c := range []struct {
		form importid.Form
		text string
	}{
		{label, ""},
		{label, "0"},
		{label, "vip"},
		{label, "title:"},
		{label, "name:vip"},
		{label, "1/2"},
		{label, "../1"},
		{label, " 42"},
		{article, "12"},
		{article, "/12"},
		{article, "help/"},
		{article, "help/x"},
		{article, "help/1/2"},
		{article, "slug:x"},
	} {
		var diags diag.Diagnostics

		_, ok := c.form.Parse(c.text, &diags)
		if ok || diags.ErrorsCount() != 1 {
			t.Errorf("%q is accepted", c.text)
		}
	}
}

func TestParse_wording(t *testing.T) {
	var diags diag.Diagnostics

	label.Parse("vip", &diags)
	article.Parse("12", &diags)

	for i, want := range []string{
		`"vip" is not an import id of chatlake_label. Use "42" (id), "title:vip" or "url:https://example.com/hook".`,
		`"12" is not an import id of chatlake_article. Use "help/12" (portal_slug/id) or "help/slug:faq".`,
	} {
		got := diags[i].Detail()
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		found []string
		err   error
		want  string
		said  string
	}{
		{[]string{"12"}, nil, "12", ""},
		{nil, nil, "", "does not exist"},
		{[]string{"12", "13"}, nil, "", "with the ids 12, 13"},
		{nil, errors.New("down"), "", "Unable to find the article with slug"},
	} {
		var diags diag.Diagnostics

		parts, ok := article.Resolve(t.Context(), "help/slug:faq", func(_ context.Context, id importid.ID) ([]string, error) {
			if id.Parts["portal_slug"] != "help" || id.Key != "slug" || id.Value != "faq" {
				t.Errorf("asked for %v", id)
			}

			return c.found, c.err
		}, &diags)

		if ok != (c.said == "") || parts["id"] != c.want {
			t.Errorf("%v: got %v, %t", c.found, parts, ok)
		}

		if c.said != "" && (diags.ErrorsCount() != 1 || !strings.Contains(diags[0].Summary()+diags[0].Detail(), c.said)) {
			t.Errorf("got %v, want %q in it", diags, c.said)
		}
	}

	parts, ok := article.Resolve(t.Context(), "help/12", nil, &diag.Diagnostics{})
	if !ok || parts["id"] != "12" {
		t.Errorf("an id is resolved to %v, %t", parts, ok)
	}
}
