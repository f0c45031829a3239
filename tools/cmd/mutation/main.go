// Command mutation deletes lines of models, one at a time, and tells which deletion no test notices.
//
//	mutation file.go[:line]...
//
// No file is changed. Each package is built once, with a switch in front of each line; then the cases of the type that the
// file is about run once for each line, with that line switched off, and all tests of the package if the cases pass. Tests
// that need Terraform are left out.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/progress"
	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()

	if err := run(ctx, os.Args[1:]); err != nil {
		fmt.Fprintln(os.Stderr, "mutation:", err)
		os.Exit(1) //nolint:gocritic // the context's cancel has nothing left to release
	}
}

func run(ctx context.Context, files []string) (err error) {
	if len(files) == 0 {
		return errors.New("name at least one model, such as internal/chatlake/desk/label_model.go")
	}

	root, err := terraform.Root()
	if err != nil {
		return err
	}

	work, err := os.MkdirTemp("", "chat-mutation-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	folders := map[string][]string{}

	only := map[place]bool{}

	for _, argument := range files {
		file, text, isLine := strings.Cut(argument, ":")

		path, err := filepath.Abs(file)
		if err != nil {
			return err
		}

		number, err := strconv.Atoi(text)
		if isLine && err != nil {
			return fmt.Errorf("%s: %q is no line", file, text)
		}

		only[place{path, number}] = true

		if !slices.Contains(folders[filepath.Dir(path)], path) {
			folders[filepath.Dir(path)] = append(folders[filepath.Dir(path)], path)
		}
	}

	told := progress.Start(os.Stderr, "reading the models")
	defer told.Stop()

	tried := 0

	var left []string

	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		m := &mutants{root: root, work: work, folder: folder, files: folders[folder], only: only, skipped: map[place]bool{}, told: told, out: os.Stdout}

		unnoticed, err := m.run(ctx)
		if err != nil {
			return err
		}

		tried += len(m.lines)

		left = append(left, unnoticed...)
	}

	return conclude(os.Stdout, tried, left)
}

// conclude sums up, and says what to do about lines that no test misses.
func conclude(out io.Writer, tried int, left []string) error {
	if len(left) == 0 {
		_, err := fmt.Fprintf(out, "Lines tried: %d. A test fails without each of them.\n", tried)
		return err
	}

	_, err := fmt.Fprintf(out, "\nLines tried: %d. No test fails without these %d:\n  %s\n"+
		"For each: add to the cases of its type what fails without it, or delete it if nothing needs it. No file was changed.\n"+
		"To try one of them again: make mutation MODELS=file:line\n",
		tried, len(left), strings.Join(left, "\n  "))

	return cmp.Or(err, errors.New("some lines have no test"))
}

// mutants are the lines of the models of one package.
type mutants struct {
	root, work, folder string
	files              []string
	lines              []line
	only               map[place]bool // The lines to try; line 0 stands for all of its file.
	skipped            map[place]bool
	told               *progress.Progress
	out                io.Writer
}

type place struct {
	file   string
	number int
}

// run builds the package's tests, writes for each line which test fails without it, and returns the lines of which none does.
func (m *mutants) run(ctx context.Context) ([]string, error) {
	m.told.Step("building the tests of " + m.short(m.folder))

	binary, err := m.build(ctx)
	if err != nil {
		return nil, err
	}

	m.told.Step("running the tests of " + m.short(m.folder) + " as they are")

	said, passed := m.testAll(ctx, binary, 0)
	if !passed {
		return nil, fmt.Errorf("%s: the tests fail before anything is deleted:\n%s", m.short(m.folder), said)
	}

	m.tellUntried()

	m.lines = slices.DeleteFunc(m.lines, func(one line) bool {
		return !m.only[place{one.file, 0}] && !m.only[place{one.file, one.number}]
	})

	var left []string

	for i, one := range m.lines {
		m.told.Step(fmt.Sprintf("line %d of %d", i+1, len(m.lines)))

		said, passed := m.testCases(ctx, binary, one)
		if passed {
			said, passed = m.testAll(ctx, binary, one.id)
		}

		if ctx.Err() != nil {
			return nil, ctx.Err()
		}

		text := fmt.Sprintf("%s:%d: %s", m.short(one.file), one.number, one.text)
		if passed {
			left = append(left, text)
		}

		_, err := fmt.Fprintf(m.out, "%s\n    %s\n", text, verdict(said, passed))
		if err != nil {
			return nil, err
		}
	}

	return left, nil
}

var failedTest = regexp.MustCompile(`--- FAIL: (\S+)`)

// verdict names the test that failed.
func verdict(said string, passed bool) string {
	var name string

	for _, found := range failedTest.FindAllStringSubmatch(said, -1) {
		if len(found[1]) > len(name) { // The case, not the test that it is a part of.
			name = found[1]
		}
	}

	switch {
	case passed:
		return "NO TEST FAILS WITHOUT IT"
	case strings.Contains(said, "panic: test timed out"):
		return "the tests do not end without it"
	case name == "":
		return "the tests panic without it"
	}

	return name + " fails without it"
}

// tellUntried names the lines that do not compile with a switch.
func (m *mutants) tellUntried() {
	for _, where := range slices.SortedFunc(maps.Keys(m.skipped), func(a, b place) int {
		return cmp.Or(cmp.Compare(a.file, b.file), cmp.Compare(a.number, b.number))
	}) {
		fmt.Fprintf(m.out, "%s:%d cannot be tried: it does not compile with a switch\n", m.short(where.file), where.number)
	}
}

func (m *mutants) short(path string) string {
	short, err := filepath.Rel(m.root, path)
	if err != nil {
		return path
	}

	return filepath.ToSlash(short)
}

var compileError = regexp.MustCompile(`(?m)^(?:vet: )?([^\s:]+\.go):(\d+):`)

// build builds the tests with a switch in front of each line. A line that does not compile with one is left out.
func (m *mutants) build(ctx context.Context) (string, error) {
	binary := filepath.Join(m.work, filepath.Base(m.folder)+".test")

	for {
		overlay, err := m.overlay()
		if err != nil {
			return "", err
		}

		cmd := exec.CommandContext(ctx, "go", "test", "-c", "-vet=off", "-overlay", overlay, "-o", binary, ".")

		cmd.Dir, cmd.Env = m.folder, append(os.Environ(), "GOWORK=off")

		out, err := cmd.CombinedOutput()
		if err == nil {
			return binary, nil
		}

		before := len(m.skipped)

		for _, found := range compileError.FindAllStringSubmatch(string(out), -1) {
			number, _ := strconv.Atoi(found[2])
			for _, file := range m.files {
				if filepath.Base(file) == filepath.Base(found[1]) {
					m.skipped[place{file, number}] = true
				}
			}
		}

		if len(m.skipped) == before {
			return "", fmt.Errorf("go test -c: %w\n%s", err, out)
		}
	}
}

// overlay writes the changed models, and the list that makes the compiler read them in place of the real ones.
func (m *mutants) overlay() (string, error) {
	m.lines = nil
	replaced := map[string]string{}

	var name string

	for i, file := range m.files {
		source, err := os.ReadFile(file)
		if err != nil {
			return "", err
		}

		changed, lines, packageName, err := addSwitches(file, source, len(m.lines), func(number int) bool { return m.skipped[place{file, number}] })
		if err != nil {
			return "", err
		}

		m.lines = append(m.lines, lines...)
		name = packageName
		replaced[file] = filepath.Join(m.work, fmt.Sprintf("%s-%d.go", filepath.Base(m.folder), i))

		if err := os.WriteFile(replaced[file], changed, 0o600); err != nil {
			return "", err
		}
	}

	helper := filepath.Join(m.work, filepath.Base(m.folder)+"-switch.go")
	replaced[filepath.Join(m.folder, "mutation_switch.go")] = helper

	if err := os.WriteFile(helper, []byte(strings.Replace(switches, "NAME", name, 1)), 0o600); err != nil {
		return "", err
	}

	text, err := json.Marshal(map[string]any{"Replace": replaced})
	if err != nil {
		return "", err
	}

	path := filepath.Join(m.work, "overlay.json")

	return path, os.WriteFile(path, text, 0o600)
}

// switches is what the changed models call.
const switches = `package NAME

import "os"

var mutant = os.Getenv("CHAT_MUTANT")

func isKept(number string) bool { return mutant != number }

func keep[T any](number string, value T) T {
	if !isKept(number) {
		var nothing T
		return nothing
	}

	return value
}
`

// testCases runs the cases of the type that a line's model is about, without the line.
func (m *mutants) testCases(ctx context.Context, binary string, one line) (said string, passed bool) {
	object := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(one.file), ".go"), "_model")

	return m.runTests(ctx, binary, one.id, "-test.run=^Test(Cases|Resources)$/_"+object+"$")
}

// testAll runs all tests of the package without one line.
func (m *mutants) testAll(ctx context.Context, binary string, id int) (said string, passed bool) {
	return m.runTests(ctx, binary, id, "-test.short")
}

func (m *mutants) runTests(ctx context.Context, binary string, id int, flags ...string) (said string, passed bool) {
	cmd := exec.CommandContext(ctx, binary, append([]string{"-test.timeout=15m", "-test.failfast"}, flags...)...)
	cmd.Dir, cmd.Env = m.folder, append(os.Environ(), "TF_ACC=", "CHAT_MUTANT="+strconv.Itoa(id))

	out, err := cmd.CombinedOutput()

	return string(out), err == nil || strings.Contains(string(out), "no tests to run")
}
