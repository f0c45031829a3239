package guides_test

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A block is one fenced block of a page, with what the comments in front of it tell the test:
//
//	<!-- test: skip REASON -->   the block is not tried
//	<!-- test: fresh -->         an empty folder and a new sandbox from here on
//	<!-- test: exit 2 -->        the last command ends with this status
//	<!-- test: prints TEXT -->   the commands print this
//	<!-- test: first COMMAND --> what has happened before on the reader's side
//
// Readers of the page do not see the comments.
type block struct {
	line   int
	lang   string
	text   string
	file   string
	fresh  bool
	skip   string
	exit   int
	prints []string
	first  string
}

// named is the first line of a block that is a whole file: "# folder/main.tf".
var named = regexp.MustCompile(`\A# ([a-z_./]+\.(?:tf|tfrc|tftest\.hcl|sh))\n`)

// blocks reads the fenced blocks of a page.
func blocks(t *testing.T, path string) []block {
	t.Helper()

	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}

	var (
		found   []block
		next    block
		current *block
	)

	for i, line := range strings.Split(string(content), "\n") {
		switch {
		case current != nil && strings.TrimSpace(line) == "```":
			match := named.FindStringSubmatch(current.text)
			if match != nil {
				current.file = match[1]
			}

			found = append(found, *current)
			current, next = nil, block{}
		case current != nil:
			current.text += line + "\n"
		case strings.HasPrefix(line, "```"):
			opened := next
			opened.line, opened.lang = i+1, strings.TrimPrefix(line, "```")
			current = &opened
		case strings.HasPrefix(line, "<!-- test: "):
			next.direct(t, path, i+1, strings.TrimSuffix(strings.TrimPrefix(line, "<!-- test: "), " -->"))
		}
	}

	return found
}

// direct notes one comment.
func (b *block) direct(t *testing.T, path string, line int, text string) {
	t.Helper()

	verb, rest, _ := strings.Cut(text, " ")

	switch verb {
	case "skip":
		b.skip = rest
	case "fresh":
		b.fresh = true
	case "prints":
		b.prints = append(b.prints, rest)
	case "first":
		b.first += rest + "\n"
	case "exit":
		code, err := strconv.Atoi(rest)
		if err != nil {
			t.Fatalf("%s:%d: %v", path, line, err)
		}

		b.exit = code
	default:
		t.Fatalf("%s:%d: there is no directive %q", path, line, verb)
	}

	if verb == "skip" && rest == "" {
		t.Fatalf("%s:%d: say why the block is not tried", path, line)
	}
}

func (b *block) String() string { return fmt.Sprintf("line %d (%s)", b.line, b.lang) }
