// Package guides_test types what the pages tell their readers to type, and fails when a page is wrong.
package guides_test

import (
	"encoding/pem"
	"errors"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

const root = "../.."

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// TestAccGuides walks through each page from top to bottom. Commands run, and blocks that begin with a file's name become
// that file. A configuration without a name is checked alone.
func TestAccGuides(t *testing.T) {
	for _, page := range pages(t) {
		t.Run(filepath.ToSlash(page), func(t *testing.T) {
			t.Parallel()
			walk(t, newReader(t), page)
		})
	}
}

// pages are all pages with something to type: the guides, and what the examples and the repository say about themselves.
func pages(t *testing.T) []string {
	t.Helper()

	var found []string

	for _, pattern := range []string{"templates/guides/*.md", "examples/*/README.md", "examples/*/*/README.md", "README.md"} {
		matches, err := filepath.Glob(filepath.Join(root, pattern))
		if err != nil {
			t.Fatal(err)
		}

		for _, match := range matches {
			name, err := filepath.Rel(root, match)
			if err != nil {
				t.Fatal(err)
			}

			found = append(found, name)
		}
	}

	return found
}

// walk tries one page. A page that stands in a folder of examples is tried with the files beside it.
func walk(t *testing.T, d *reader, page string) {
	t.Helper()

	beside := func() {}
	if strings.HasPrefix(filepath.ToSlash(page), "examples/") {
		beside = func() { copyTree(t, filepath.Join(root, filepath.Dir(page)), d.folder) }
	}

	beside()

	for _, b := range blocks(t, filepath.Join(root, page)) {
		if b.fresh {
			d.fresh()
			beside()
		}

		switch {
		case b.skip != "" || b.lang == "text" || b.lang == "":
		case b.file != "":
			d.write(filepath.Join(d.folder, b.file), d.own(b.text))
			formatted(t, d, b)
		case b.lang == "shell":
			try(t, d, page, b)
		case b.lang == "terraform":
			formatted(t, d, b)
			check(t, d, page, b)
		}
	}
}

// try runs commands and compares what they say.
func try(t *testing.T, d *reader, page string, b block) {
	t.Helper()

	if b.first != "" {
		out, err := d.run(b.first)
		if err != nil {
			t.Fatalf("%s, %s: before it: %v\n%s", page, &b, err, out)
		}
	}

	out, err := d.run(typed(t, page, b))

	exit := new(exec.ExitError)
	if err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}

	code := 0
	if err != nil {
		code = exit.ExitCode()
	}

	if code != b.exit {
		t.Fatalf("%s, %s: status %d, and the page says %d\n%s\n%s", page, &b, code, b.exit, b.text, end(out))
	}

	for _, text := range b.prints {
		if isOpenTofu() {
			text = strings.ReplaceAll(text, "Terraform has", "OpenTofu has")
		}

		if !strings.Contains(out, text) {
			t.Errorf("%s, %s: does not print %q\n%s", page, &b, text, end(out))
		}
	}
}

var (
	target  = regexp.MustCompile(`(?m)^make ([a-z-]+).*\n`)
	targets = regexp.MustCompile(`(?m)^([a-z-]+):.*## `)
)

// typed returns a block without the calls of make, which take minutes and have steps of their own in CI. Their targets have to
// exist.
func typed(t *testing.T, page string, b block) string {
	t.Helper()

	makefile, err := os.ReadFile(filepath.Join(root, "GNUmakefile"))
	if err != nil {
		t.Fatal(err)
	}

	var known []string
	for _, match := range targets.FindAllStringSubmatch(string(makefile), -1) {
		known = append(known, match[1])
	}

	for _, match := range target.FindAllStringSubmatch(b.text, -1) {
		if !slices.Contains(known, match[1]) {
			t.Errorf("%s, %s: there is no `make %s`", page, &b, match[1])
		}
	}

	return target.ReplaceAllString(b.text, "")
}

// end returns the end of a long text.
func end(text string) string {
	lines := strings.Split(text, "\n")
	return strings.Join(lines[max(0, len(lines)-40):], "\n")
}

// check validates a configuration that stands alone. What it leaves to the reader to know, the source of the provider, is
// added.
func check(t *testing.T, d *reader, page string, b block) {
	t.Helper()

	alone := *d
	alone.folder = t.TempDir()
	alone.write(filepath.Join(alone.folder, "main.tf"), b.text)

	if !strings.Contains(b.text, "required_providers") {
		alone.write(filepath.Join(alone.folder, "versions.tf"),
			"terraform {\n  required_providers {\n    chat = { source = \"seed-426837f5/chat\" }\n  }\n}\n")
	}

	out, err := alone.run("cd " + alone.folder + " && terraform init && terraform validate")
	if err != nil {
		t.Errorf("%s, %s: %v\n%s", page, &b, err, out)
	}
}

// formatted wants a block as `terraform fmt` would write it.
func formatted(t *testing.T, d *reader, b block) {
	t.Helper()

	if b.lang != "terraform" {
		return
	}

	cmd := exec.CommandContext(t.Context(), filepath.Join(d.home, "bin", "terraform"), "fmt", "-")
	cmd.Env = d.env()
	cmd.Stdin = strings.NewReader(b.text)

	out, err := cmd.CombinedOutput()
	if err != nil || string(out) != b.text {
		t.Errorf("%s is not formatted: %v\n%s", &b, err, out)
	}
}

// copyTree copies a folder without what a run left behind in it.
func copyTree(t *testing.T, from, to string) {
	t.Helper()

	if err := os.CopyFS(to, os.DirFS(from)); err != nil {
		t.Fatal(err)
	}

	for _, name := range []string{".terraform", ".terraform.lock.hcl", "terraform.tfstate"} {
		if err := os.RemoveAll(filepath.Join(to, name)); err != nil {
			t.Fatal(err)
		}
	}
}

// certificateOf returns the certificate of a test's server, as a file that a client may be told to trust.
func certificateOf(server *httptest.Server) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: server.Certificate().Raw}))
}
