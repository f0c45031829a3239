package guides_test

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestAccModules runs the tests of each module of examples/modules against the sandbox, and applies what its page shows.
func TestAccModules(t *testing.T) {
	t.Parallel()

	modules, err := filepath.Glob(filepath.Join(root, "examples", "modules", "*"))
	if err != nil || len(modules) == 0 {
		t.Fatalf("no modules, %v", err)
	}

	for _, module := range modules {
		t.Run(filepath.Base(module), func(t *testing.T) {
			t.Parallel()

			documented(t, module)

			d := newReader(t)
			copyTree(t, module, d.folder)
			d.must("terraform init")

			out := d.must("terraform test")
			if !strings.Contains(out, ", 0 failed") {
				t.Errorf("the tests say\n%s", out)
			}

			left := d.sandbox.Journal.Complaints()
			if len(left) > 0 {
				t.Errorf("the platforms would not take %v", left)
			}
		})
	}
}

var declared = regexp.MustCompile(`(?m)^(?:variable|output) "([a-z_]+)" \{$`)

// documented wants the module's page to name each of its variables and outputs.
func documented(t *testing.T, module string) {
	t.Helper()

	page, err := os.ReadFile(filepath.Join(module, "README.md"))
	if err != nil {
		t.Fatal(err)
	}

	for _, name := range []string{"variables.tf", "outputs.tf"} {
		content, err := os.ReadFile(filepath.Join(module, name))
		if err != nil {
			t.Fatal(err)
		}

		for _, match := range declared.FindAllStringSubmatch(string(content), -1) {
			if !strings.Contains(string(page), "| `"+match[1]+"` |") {
				t.Errorf("README.md says nothing about %s", match[1])
			}
		}
	}
}

// TestConditionsNameNoOtherRun keeps OpenTofu able to run the examples' tests: it knows other runs in variables only.
func TestConditionsNameNoOtherRun(t *testing.T) {
	t.Parallel()

	files, err := filepath.Glob(filepath.Join(root, "examples", "*", "*", "tests", "*.tftest.hcl"))
	if err != nil || len(files) < 3 {
		t.Fatalf("only %d files of tests: %v", len(files), err)
	}

	other := regexp.MustCompile(`condition.*\brun\.`)

	for _, file := range files {
		content, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}

		found := other.Find(content)
		if found != nil {
			t.Errorf("%s: %s", file, found)
		}
	}
}
