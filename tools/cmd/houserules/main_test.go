package main

import (
	"go/parser"
	"go/token"
	"strings"
	"testing"
)

func TestCheck(t *testing.T) {
	t.Parallel()

	for statement, want := range map[string]string{
		`_ = strings.Contains(err.Error(), "not found")`:             aboutSentences,
		`_ = strings.HasPrefix(resp.Err.Error(), "not found")`:       aboutSentences,
		`_ = strings.Contains(body, "not found")`:                    "",
		`resp.State.Set(ctx, state)`:                                 aboutDiagnostics,
		`resp.Identity.Set(ctx, identity)`:                           aboutDiagnostics,
		`if ok { resp.State.SetAttribute(ctx, path, id) }`:           aboutDiagnostics,
		`resp.Diagnostics.Append(resp.State.Set(ctx, state)...)`:     "",
		`diags := resp.State.Set(ctx, state)`:                        "",
		`header.Set("Accept", "application/json")`:                   "",
		`resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)`:       "",
		`_ = strings.Contains(strings.ToLower(message), "whatever")`: "",
		`if err := f(); err != nil {}`:                               "",
		`if value, ok := m[0]; ok { _ = value }`:                     "",
		`if refused := f(); refused != nil {}`:                       aboutHeaders,
		`if f(); ok {}`:                                              aboutHeaders,
		`switch found = nil; {}`:                                     aboutHeaders,
	} {
		got := firstRule(t, "func f() {\n"+statement+"\n}")
		if got != want {
			t.Errorf("%s: got %q, want %q", statement, got, want)
		}
	}
}

func TestCheck_oneLine(t *testing.T) {
	t.Parallel()

	for function, want := range map[string]string{
		`func f() {}`:                             "",
		`func f() int { return g() }`:             "",
		`func f() (int, error) { return 1, nil }`: aboutOneLiners,
		`func f() { g() }`:                        aboutOneLiners,
		"func f() {\n\tg()\n}":                    "",

		"// isNew says that it is new.\nfunc isNew() bool { return g() }":               aboutPredicates,
		"// isNew is for new ones.\nfunc isNew() bool { return g() }":                   aboutPredicates,
		"// fits says whether it fits.\nfunc fits() bool { return g() }":                aboutPredicates,
		"// fits reports whether\n// it fits.\nfunc fits() bool { return g() }":         "",
		"// claim takes it. It is false for another.\nfunc claim() bool { return g() }": "",
		"// f is for whoever asks.\nfunc f() {}":                                        aboutWords,
		"// f is for those who ask.\nfunc f() {}":                                       "",
		"// issue says that it is new.\nfunc issue() int { return g() }":                "",
	} {
		got := firstRule(t, function)
		if got != want {
			t.Errorf("%s: got %q, want %q", function, got, want)
		}
	}
}

func TestIsSubject(t *testing.T) {
	t.Parallel()

	for subject, want := range map[string]bool{
		"fix(chatlake): read what the server answered":      true,
		"test(apidiag,tfvalue): read every kind of failure": true,
		"build: pin an action":                              true,
		"Fix a label":                                       false,
		"fix(chatlake) read what the server answered":       false,
		"fix(chatlake): Read what the server answered":      false,
		"fix: " + strings.Repeat("a", 67):                   true,
		"fix: " + strings.Repeat("a", 68):                   false,
	} {
		if isSubject(subject) != want {
			t.Errorf("%q: got %t, want %t", subject, !want, want)
		}
	}
}

// firstRule returns the rule that the code breaks first, or "".
func firstRule(t *testing.T, code string) string {
	t.Helper()

	files := token.NewFileSet()

	file, err := parser.ParseFile(files, "", "package p\n"+code, parser.ParseComments)
	if err != nil {
		t.Fatalf("%s: %v", code, err)
	}

	problems := check(files, file)
	if len(problems) == 0 {
		return ""
	}

	return problems[0].rule
}
