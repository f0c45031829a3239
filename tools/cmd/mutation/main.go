// Command mutation deletes lines of models, one at a time, and tells which deletion no test notices.
//
//	mutation file.go...
//
// No file is changed. Each package is built once, with a switch in front of each line; then the cases of the type that the
// file is about run once for each line, with that line switched off, and all tests of the package if the cases pass.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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

	for _, file := range files {
		path, err := filepath.Abs(file)
		if err != nil {
			return err
		}

		folders[filepath.Dir(path)] = append(folders[filepath.Dir(path)], path)
	}

	told := progress.Start(os.Stderr, "reading the models")
	defer told.Stop()

	tried, unnoticed := 0, 0

	for _, folder := range slices.Sorted(maps.Keys(folders)) {
		m := &mutants{root: root, work: work, folder: folder, files: folders[folder], skipped: map[place]bool{}, told: told}

		left, err := m.run(ctx)
		if err != nil {
			return err
		}

		tried += len(m.lines)
		unnoticed += len(left)

		for _, line := range left {
			fmt.Printf("%s:%d is not noticed: %s\n", m.short(line.file), line.number, line.text)
		}
	}

	fmt.Printf("%d lines were deleted, one at a time; %d of the deletions were not noticed\n", tried, unnoticed)

	if unnoticed > 0 {
		return errors.New("some deletions were not noticed")
	}

	return nil
}

// mutants are the lines of the models of one package.
type mutants struct {
	root, work, folder string
	files              []string
	lines              []line
	skipped            map[place]bool
	told               *progress.Progress
}

type place struct {
	file   string
	number int
}

// run builds the package's tests and returns the lines whose deletion they do not notice.
func (m *mutants) run(ctx context.Context) ([]line, error) {
	m.told.Step("building the tests of " + m.short(m.folder))

	binary, err := m.build(ctx)
	if err != nil {
		return nil, err
	}

	var left []line

	noticed, said := m.testAll(ctx, binary, 0)
	if noticed {
		return nil, fmt.Errorf("%s: the tests fail without any deletion:\n%s", m.short(m.folder), said)
	}

	for _, file := range m.files {
		noticed, said := m.test(ctx, binary, file, 0)
		if noticed {
			return nil, fmt.Errorf("%s: the cases fail without any deletion:\n%s", m.short(file), said)
		}
	}

	for i, one := range m.lines {
		m.told.Step(fmt.Sprintf("deleting line %d of %d in %s", i+1, len(m.lines), m.short(m.folder)))

		noticed, _ := m.test(ctx, binary, one.file, i+1)
		if !noticed {
			noticed, _ = m.testAll(ctx, binary, i+1)
		}

		if ctx.Err() != nil {
			return nil, ctx.Err()
		}

		if !noticed {
			left = append(left, one)
		}
	}

	return left, nil
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

// test runs the cases of the type that a model is about, without one line, and reports whether they fail.
func (m *mutants) test(ctx context.Context, binary, file string, number int) (bool, string) {
	object := strings.TrimSuffix(strings.TrimSuffix(filepath.Base(file), ".go"), "_model")

	noticed, said := m.runTests(ctx, binary, number, "-test.run=^Test(Cases|Resources)$/_"+object+"$")
	if strings.Contains(said, "no tests to run") {
		return false, said
	}

	return noticed, said
}

// testAll runs all tests of the package without one line, and reports whether they fail.
func (m *mutants) testAll(ctx context.Context, binary string, number int) (bool, string) {
	return m.runTests(ctx, binary, number, "-test.short")
}

func (m *mutants) runTests(ctx context.Context, binary string, number int, flags ...string) (bool, string) {
	cmd := exec.CommandContext(ctx, binary, append([]string{"-test.timeout=5m", "-test.failfast"}, flags...)...)
	cmd.Dir, cmd.Env = m.folder, append(os.Environ(), "CHAT_MUTANT="+strconv.Itoa(number))

	out, err := cmd.CombinedOutput()

	return err != nil, string(out)
}
