package main

import (
	"path/filepath"
	"strings"
	"testing"
)

func TestCheckPages(t *testing.T) {
	t.Parallel()

	const good = "# Title\n\n## 4. Three addresses, one binary\n\n[a](other.md) [b](../index.md#title) [c](#4-three-addresses-one-binary) [d](https://example.com)\n" +
		"[e](" + repository + "/blob/main/README.md)\n\n```text\n[not a link](nowhere.md)\n```\n"

	cases := []struct{ name, page, want string }{
		{"good", good, ""},
		{"missing page", "[a](nothing.md)", "leads nowhere"},
		{"missing heading", "[a](other.md#nothing)", `without the heading "nothing"`},
		{"missing heading in the page", "# Title\n\n[a](#nothing)", `without the heading "nothing"`},
		{"no file name", "[a](other)", "does not open on the registry"},
		{"outside docs", "[a](../../README.md)", "does not open on the registry"},
		{"a word that is avoided", "Nobody reads this.", `say "Nobody" in plainer words`},
		{"address of a missing file", "[a](" + repository + "/blob/main/GONE.md)", "leads nowhere"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			root := t.TempDir()
			write(t, filepath.Join(root, "README.md"), "# Project\n")
			write(t, filepath.Join(root, "docs", "index.md"), "# Title\n")
			write(t, filepath.Join(root, "docs", "guides", "other.md"), "# Other\n")
			write(t, filepath.Join(root, "docs", "guides", "page.md"), c.page)
			write(t, filepath.Join(root, "templates", "guides", "page.md"), "[a](nothing.md)")

			err := checkPages(root)
			if c.want == "" && err != nil {
				t.Errorf("got %v", err)
			}

			if c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("got %v, want %s", err, c.want)
			}
		})
	}
}

func TestSlug(t *testing.T) {
	t.Parallel()

	for heading, want := range map[string]string{
		"From a release archive":            "from-a-release-archive",
		"4. Three addresses, one binary":    "4-three-addresses-one-binary",
		"The trap: several names (for one)": "the-trap-several-names-for-one",
		"Taken":                             "taken-1",
	} {
		got := slug(heading, []string{"taken"})
		if got != want {
			t.Errorf("%s: got %s, want %s", heading, got, want)
		}
	}
}
