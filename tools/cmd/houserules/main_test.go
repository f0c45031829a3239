package main

import (
	"go/parser"
	"go/token"
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
	} {
		file, err := parser.ParseFile(token.NewFileSet(), "", "package p\nfunc f() {\n"+statement+"\n}", 0)
		if err != nil {
			t.Fatalf("%s: %v", statement, err)
		}

		got := ""

		problems := check(file)
		if len(problems) > 0 {
			got = problems[0].rule
		}

		if got != want {
			t.Errorf("%s: got %q, want %q", statement, got, want)
		}
	}
}
