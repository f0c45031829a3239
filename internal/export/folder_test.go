package export

import (
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// export writes files into the folder as an export does.
func export(t *testing.T, dir string, force, keep bool, files ...string) error {
	t.Helper()

	f, err := openFolder(dir, force, mark+"\n")
	if err != nil {
		return err
	}

	defer f.discard()

	for _, name := range files {
		to, err := f.create(name)
		if err != nil {
			return err
		}

		if _, err := io.WriteString(to, name); err != nil {
			t.Fatal(err)
		}
	}

	if !keep {
		return nil
	}

	return f.keep()
}

// TestFolder replaces and removes what an export wrote, and nothing else.
func TestFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")

	own := func() {
		for name, content := range map[string]string{"mine.tf": "# mine", "terraform.tfstate": "{}", "empty.tf": ""} {
			if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
				t.Fatal(err)
			}
		}
	}

	for _, c := range []struct {
		force, keep bool
		files       []string
		refused     string
		left        []string
	}{
		{false, true, []string{"imports.tf", "a.tf"}, "", []string{"a.tf", "imports.tf"}},
		{false, true, []string{"imports.tf"}, "is not empty", []string{"a.tf", "imports.tf"}},
		{true, false, []string{"imports.tf", "b.tf"}, "", []string{"a.tf", "imports.tf"}},
		{true, true, []string{"imports.tf", "b.tf"}, "", []string{"b.tf", "imports.tf"}},
		{true, true, []string{"imports.tf", "c.tf"}, "", []string{"c.tf", "empty.tf", "imports.tf", "mine.tf", "terraform.tfstate"}},
		{true, true, []string{"imports.tf", "mine.tf"}, "was not written by an export", []string{"c.tf", "empty.tf", "imports.tf", "mine.tf", "terraform.tfstate"}},
	} {
		if slices.Contains(c.left, "mine.tf") {
			own()
		}

		err := export(t, dir, c.force, c.keep, c.files...)
		if (err == nil) != (c.refused == "") || err != nil && !strings.Contains(err.Error(), c.refused) {
			t.Errorf("%v: %v", c.files, err)
		}

		var left []string

		entries, _ := os.ReadDir(dir)
		for _, entry := range entries {
			left = append(left, entry.Name())
		}

		if !slices.Equal(left, c.left) {
			t.Errorf("%v: left are %v, want %v", c.files, left, c.left)
		}
	}

	mine, err := os.ReadFile(filepath.Join(dir, "mine.tf"))
	if err != nil || string(mine) != "# mine" {
		t.Errorf("mine.tf is %s, %v", mine, err)
	}
}
