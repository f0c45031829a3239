package promises_test

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/parser"
	"go/printer"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/noun"
)

// Every diagnostic that the provider can produce is in one file, in the order of the source, to be read as its reader would.
// After adding one, run this test with -update and read what it writes.
func TestWording(t *testing.T) {
	t.Parallel()

	const golden = "testdata/diagnostics.golden"

	var b strings.Builder
	b.WriteString("Every diagnostic that the provider can produce. Words in braces are filled in. What the platforms\nsaid, and what to do about it, is at the end, as provoked.\nTo write this file: go test ./internal/promises -run TestWording -update\n\n")
	b.WriteString("Not listed again for each type: Unable to create label, Unable to read label {id}, and the like, and what the platform said.\n")

	for _, said := range append(written(t), provoked(t)...) {
		b.WriteString(said)
	}

	if *acctest.Update {
		if err := os.MkdirAll(filepath.Dir(golden), 0o755); err != nil {
			t.Fatal(err)
		}

		writeFile(t, golden, b.String(), 0o600)

		return
	}

	want := read(t, golden)
	if want != b.String() {
		t.Errorf("%s is not what the source says: run this test with -update, and read the difference", golden)
	}
}

// sites are the calls that make diagnostics, by name, with the places of summary and detail.
var sites = map[string]struct {
	level           string
	summary, detail int
}{
	"AddError":                      {"error", 0, 1},
	"AddWarning":                    {"warning", 0, 1},
	"AddAttributeError":             {"error on {attribute}", 1, 2},
	"AddAttributeWarning":           {"warning on {attribute}", 1, 2},
	"NewErrorDiagnostic":            {"error", 0, 1},
	"NewWarningDiagnostic":          {"warning", 0, 1},
	"NewAttributeErrorDiagnostic":   {"error on {attribute}", 1, 2},
	"NewAttributeWarningDiagnostic": {"warning on {attribute}", 1, 2},
}

// written returns the diagnostics as the source has them.
func written(t *testing.T) []string {
	t.Helper()

	var out []string

	files := token.NewFileSet()
	plain := plainActions(t)

	for _, dir := range folders(t) {
		names, err := filepath.Glob("../" + dir + "/*.go")
		if err != nil {
			t.Fatal(err)
		}

		names = slices.DeleteFunc(names, func(n string) bool { return strings.HasSuffix(n, "_test.go") })
		source := source{t: t, files: files, constants: map[string]string{}, plain: plain}

		var parsed []*ast.File

		for _, name := range names {
			file, err := parser.ParseFile(files, name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}

			parsed = append(parsed, file)
			source.learn(file)
		}

		for i, file := range parsed {
			said := source.said(file)
			if len(said) > 0 {
				out = append(out, fmt.Sprintf("\n== %s/%s\n\n", dir, filepath.Base(names[i])))
				out = append(out, said...)
			}
		}
	}

	return out
}

// folders lists the folders of the provider's code, below internal. What only tests use is left out.
func folders(t *testing.T) []string {
	t.Helper()

	var out []string

	err := filepath.WalkDir("..", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.IsDir() || name == ".." {
			return err
		}

		dir := filepath.ToSlash(strings.TrimPrefix(name, ".."+string(filepath.Separator)))
		if slices.Contains([]string{"acctest", "chatlake/chatlaketest", "promises", "sandbox"}, dir) || entry.Name() == "testdata" {
			return filepath.SkipDir
		}

		out = append(out, dir)

		return nil
	})
	if err != nil {
		t.Fatal(err)
	}

	return out
}

type source struct {
	t         *testing.T
	files     *token.FileSet
	constants map[string]string
	// plain is what every type says about its own objects.
	plain *regexp.Regexp
}

// plainActions matches what fails of every type, such as "update label {id}".
func plainActions(t *testing.T) *regexp.Regexp {
	t.Helper()

	var nouns []string
	for _, kind := range acctest.NewProtocol(t).Resources() {
		nouns = append(nouns, noun.Of(kind))
	}

	return regexp.MustCompile(`^(create|read|update|delete) (` + strings.Join(nouns, "|") + `)( \{[^{}]+\})?$`)
}

// learn notes the package's string constants.
func (s *source) learn(file *ast.File) {
	for _, declaration := range file.Decls {
		general, ok := declaration.(*ast.GenDecl)
		if !ok || general.Tok != token.CONST {
			continue
		}

		for _, spec := range general.Specs {
			if value, ok := spec.(*ast.ValueSpec); ok {
				for i, name := range value.Names {
					if i < len(value.Values) {
						if text, ok := s.text(value.Values[i]).plain(); ok {
							s.constants[name.Name] = text
						}
					}
				}
			}
		}
	}
}

func (s *source) said(file *ast.File) []string {
	var out []string

	ast.Inspect(file, func(node ast.Node) bool {
		call, ok := node.(*ast.CallExpr)
		if !ok {
			return true
		}

		selector, ok := call.Fun.(*ast.SelectorExpr)
		if !ok {
			return true
		}

		if from, ok := selector.X.(*ast.Ident); ok && from.Name == "apidiag" && selector.Sel.Name == "Add" && len(call.Args) == 3 {
			action := string(s.text(call.Args[1]))
			if !s.plain.MatchString(action) {
				out = append(out, fmt.Sprintf("error: Unable to %s, and what the platform said\n", action))
			}

			return true
		}

		site, ok := sites[selector.Sel.Name]
		if !ok || len(call.Args) <= site.detail {
			return true
		}

		summary, detail := string(s.text(call.Args[site.summary])), string(s.text(call.Args[site.detail]))
		s.judge(call, summary, detail)
		out = append(out, fmt.Sprintf("%s: %s\n    %s\n", site.level, summary, strings.ReplaceAll(detail, "\n", "\n    ")))

		return true
	})

	return out
}

// judge wants what every diagnostic should have.
func (s *source) judge(call *ast.CallExpr, summary, detail string) {
	s.t.Helper()

	at := s.files.Position(call.Pos())
	if strings.HasPrefix(summary, "Error") || strings.HasSuffix(summary, ".") || summary == "" {
		s.t.Errorf("%s: the summary %q begins with Error or ends with a full stop", at, summary)
	}

	if !regexp.MustCompile(`^[A-Z{]`).MatchString(summary) {
		s.t.Errorf("%s: the summary %q does not begin like a sentence", at, summary)
	}

	if detail == "" || !strings.ContainsAny(detail[len(detail)-1:], ".}?:)") {
		s.t.Errorf("%s: the detail %q does not end like a sentence", at, detail)
	}
}

// rendered is an expression as its reader will see it, with what is filled in in braces.
type rendered string

func (r rendered) plain() (string, bool) {
	return string(r), !strings.ContainsAny(string(r), "{}")
}

var verb = regexp.MustCompile(`%(\[\d+\])?[-+#0-9.]*[a-zA-Z%]`)

func (s *source) text(expression ast.Expr) rendered {
	switch e := expression.(type) {
	case *ast.BasicLit:
		if text, err := strconv.Unquote(e.Value); err == nil {
			return rendered(text)
		}
	case *ast.ParenExpr:
		return s.text(e.X)
	case *ast.BinaryExpr:
		return s.text(e.X) + s.text(e.Y)
	case *ast.Ident:
		if text, ok := s.constants[e.Name]; ok {
			return rendered(text)
		}
	case *ast.CallExpr:
		name := s.code(e.Fun)
		if name == "fmt.Sprintf" || name == "fmt.Errorf" {
			return s.filled(e)
		}
	}

	return rendered("{" + s.code(expression) + "}")
}

// filled puts the names of the arguments where their values will stand.
func (s *source) filled(call *ast.CallExpr) rendered {
	next := 1

	return rendered(verb.ReplaceAllStringFunc(string(s.text(call.Args[0])), func(v string) string {
		if v == "%%" {
			return "%"
		}

		index := verb.FindStringSubmatch(v)[1]
		if index != "" {
			next, _ = strconv.Atoi(strings.Trim(index, "[]"))
		}

		if next >= len(call.Args) {
			return v
		}

		next++

		return string(s.text(call.Args[next-1]))
	}))
}

func (s *source) code(node ast.Node) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), node); err != nil {
		s.t.Fatal(err)
	}

	return strings.Join(strings.Fields(b.String()), " ")
}
