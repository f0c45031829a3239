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
`

	changed, lines, name, err := addSwitches("p.go", []byte(source), 5, func(number int) bool { return number == 99 })
	if err != nil || name != "p" || string(changed) != want || len(lines) != 3 {
		t.Fatalf("%v, package %s, %d lines\n%s", err, name, len(lines), changed)
	}

	if lines[0].number != 5 || lines[2].text != "Title: text(found.Title)," {
		t.Errorf("lines %v", lines)
	}

	_, lines, _, err = addSwitches("p.go", []byte(source), 0, func(number int) bool { return number == 5 })
	if err != nil || len(lines) != 2 {
		t.Errorf("%v, lines %v", err, lines)
	}

	if _, _, _, err := addSwitches("p.go", []byte("package"), 0, nil); err == nil || !strings.Contains(err.Error(), "p.go") {
		t.Errorf("got %v", err)
	}
}
