package main

import (
	"strings"
	"testing"
)

// TestAddSwitches wants a switch around each line that maps something, and nothing else changed.
func TestAddSwitches(t *testing.T) {
	t.Parallel()

	source := `package p

func (m *model) fromAPI(found object) {
	name := found.Name
	m.Name = text(name)
	diags.Append(problem)
	send(fields, "title", m.Title)
	m.Inner = inner{
		Title: text(found.Title),
		Rows:  rows(
			found.Rows),
	}
	return
}

var object = kind{
	Name: "p",
	Fill: func(m *model) { m.fromAPI(object{}) },
}
`
	want := `package p

func (m *model) fromAPI(found object) {
	name := found.Name
	if isKept("6") { m.Name = text(name) }
	diags.Append(problem)
	if isKept("7") { send(fields, "title", m.Title) }
	m.Inner = inner{
		Title: keep("8", text(found.Title)),
		Rows:  rows(
			found.Rows),
	}
	return
}

var object = kind{
	Name: "p",
	Fill: func(m *model) { if isKept("9") { m.fromAPI(object{}) } },
}
`

	changed, lines, name, err := addSwitches("p.go", []byte(source), 5, func(number int) bool { return number == 99 })
	if err != nil || name != "p" || string(changed) != want || len(lines) != 4 {
		t.Fatalf("%v, package %s, %d lines\n%s", err, name, len(lines), changed)
	}

	if lines[0].number != 5 || lines[2].text != "Title: text(found.Title)" {
		t.Errorf("lines %v", lines)
	}

	_, lines, _, err = addSwitches("p.go", []byte(source), 0, func(number int) bool { return number == 5 })
	if err != nil || len(lines) != 3 {
		t.Errorf("%v, lines %v", err, lines)
	}

	if _, _, _, err := addSwitches("p.go", []byte("package"), 0, nil); err == nil || !strings.Contains(err.Error(), "p.go") {
		t.Errorf("got %v", err)
	}
}

// TestConclude wants an end that says what to do.
func TestConclude(t *testing.T) {
	t.Parallel()

	var out strings.Builder

	err := conclude(&out, 9, nil)
	if err != nil || out.String() != "Lines tried: 9. A test fails without each of them.\n" {
		t.Errorf("%v: %s", err, out.String())
	}

	err = conclude(&out, 9, []string{"a_model.go:7: m.ID = id"})
	if err == nil || !strings.Contains(out.String(), "No test fails without these 1:\n  a_model.go:7: m.ID = id\nFor each: add") {
		t.Errorf("%v: %s", err, out.String())
	}
}

// TestVerdict wants the name of the case that failed.
func TestVerdict(t *testing.T) {
	t.Parallel()

	for said, want := range map[string]string{
		"--- FAIL: TestCases (1s)\n    --- FAIL: TestCases/chatlake_label (1s)\n        --- FAIL: TestCases/chatlake_label/stages (1s)\nFAIL": "TestCases/chatlake_label/stages fails without it",
		"panic: test timed out after 15m0s": "the tests do not end without it",
		"panic: nil":                        "the tests panic without it",
	} {
		got := verdict(said, false)
		if got != want {
			t.Errorf("%q: got %q", said, got)
		}
	}

	if verdict("PASS", true) != "NO TEST FAILS WITHOUT IT" {
		t.Error("a deletion that no test notices has to stand out")
	}
}
