package main

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
)

// TestRemovals wants the right effect for arguments of each kind.
func TestRemovals(t *testing.T) {
	t.Parallel()

	all := resources(t.Context())

	for _, c := range []struct {
		name, argument, want string
	}{
		{"chatlake_label", "description", "is cleared"},
		{"chatlake_contact", "labels", "is no longer managed"},
		{"chatlake_macro", "visibility", "is no longer managed"},
		{"chatlake_article", "locale", "stays"},
		{"chatlake_message", "content", "makes a new object"},
		{"kommunicate_user", "metadata", "stays"},
		{"chatlake_label", "title", ""},
		{"chatlake_label", "id", ""},
		{"chatlake_label", "adopt_existing", ""},
		{"kommunicate_user", "password_wo", ""},
	} {
		at := slices.IndexFunc(all, func(r described) bool { return r.name == c.name })

		got := removing(t.Context(), c.name, c.argument, all[at].schema.Attributes[c.argument])
		if got != c.want {
			t.Errorf("%s.%s %q, want %q", c.name, c.argument, got, c.want)
		}

		row := regexp.MustCompile(`\n\| ` + c.want + ` \| .*` + "`" + c.argument + "`")
		if c.want != "" && !row.MatchString(removalTable(t.Context(), all[at])) {
			t.Errorf("the page of %s does not say so of %s", c.name, c.argument)
		}
	}
}

// TestAddRemovals puts the section in front of the import, and refuses a type that does not say what destroy does.
func TestAddRemovals(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page := filepath.Join(dir, "some_thing.md")
	write(t, page, "before\n\n## Import\n\nafter\n")

	thing := described{"some_thing", schema.Schema{
		MarkdownDescription: "Destroy deletes it.", Attributes: map[string]schema.Attribute{"text": schema.StringAttribute{Optional: true}},
	}}
	if err := addRemovals(t.Context(), dir, []described{thing}); err != nil {
		t.Fatal(err)
	}

	got, err := os.ReadFile(page)
	if err != nil || !regexp.MustCompile("(?s)^before\n\n## Removing an argument\n.*\\| is cleared \\| `text` \\|.*\n\n## Import\n\nafter\n$").Match(got) {
		t.Errorf("got %q, %v", got, err)
	}

	thing.schema.MarkdownDescription = "A thing."

	err = addRemovals(t.Context(), dir, []described{thing})
	if err == nil {
		t.Error("a type that does not say what destroy does gets a page")
	}
}

// TestExceptionsExist wants the arguments that the tables treat apart to be there.
func TestExceptionsExist(t *testing.T) {
	t.Parallel()

	all := resources(t.Context())

	for name, arguments := range stays {
		at := slices.IndexFunc(all, func(r described) bool { return r.name == name })
		if at < 0 {
			t.Errorf("there is no %s", name)
			continue
		}

		for _, argument := range arguments {
			if all[at].schema.Attributes[argument] == nil {
				t.Errorf("%s has no %s", name, argument)
			}
		}
	}
}

func TestFill(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	page := filepath.Join(dir, "page.md")
	write(t, page, "before\n\n<!-- generated: things -->\n\nafter\n")

	if err := fill(dir, map[string]string{"things": "| a |\n"}); err != nil {
		t.Fatal(err)
	}

	got, err := os.ReadFile(page)
	if err != nil || string(got) != "before\n\n| a |\n\nafter\n" {
		t.Errorf("got %q, %v", got, err)
	}

	write(t, page, "<!-- generated: nothing -->\n")

	if err := fill(dir, nil); err == nil {
		t.Error("a table that does not exist is left out without a word")
	}
}

func TestGateSubject(t *testing.T) {
	t.Parallel()

	for want, gate := range map[string]release.Gate{
		"`csat_template`, where `channel.type` is `x`": {Attribute: "csat_template", Where: "channel.type", Is: "x"},
		"`icon_color`":                                  {Attribute: "icon_color"},
		"removing `inbox_id`":                           {Attribute: "inbox_id", Removed: true},
		"leaving out `content`":                         {Attribute: "content", Missing: true},
		"`on_destroy`: `delete`":                        {Attribute: "on_destroy", Values: []string{"delete"}},
		"`layout`, other than `classic`":                {Attribute: "layout", Defaults: []string{"classic"}},
		"`content_attributes`, keys other than `items`": {Attribute: "content_attributes", Keys: []string{"items"}},
	} {
		got := gateSubject(gate)
		if got != want {
			t.Errorf("got %s, want %s", got, want)
		}
	}
}

func TestPermissionsOfEachKind(t *testing.T) {
	t.Parallel()

	contact, err := ofResource("chatlake_contact")
	if err != nil || !strings.Contains(contact, "Destroying needs that of an administrator.") {
		t.Errorf("got %s, %v", contact, err)
	}

	labels, err := ofDataSource("chatlake_labels")
	if err != nil || !strings.Contains(labels, "Reading needs the token of a user of the account.") {
		t.Errorf("got %s, %v", labels, err)
	}

	if _, err := ofResource("chatlake_nothing"); err == nil {
		t.Error("a type that the table lacks gets a page")
	}
}

func TestReleaseTable(t *testing.T) {
	t.Parallel()

	got := releaseTable([]release.Support{
		{From: "4.14.2", Promise: "Everything.", Tested: true}, {From: "4.0.2", Promise: "Most."}, {From: "0.0.0", Promise: "Nothing."},
	})

	want := "| 4.14.2 and newer | Everything. | yes |\n| from 4.0.2, before 4.14.2 | Most. | no |\n| before 4.0.2 | Nothing. | no |\n"
	if !strings.HasSuffix(got, want) {
		t.Errorf("got\n%s", got)
	}
}
