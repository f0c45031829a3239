//go:build unix

package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/proctree"
)

// The test binary plays the command as well: a branch that starts a leaf in a session of its own, as far from the process
// group as a program can get. Each writes down its process id.
const roleVariable = "CHAT_RUN_TEST_ROLE"

func TestMain(m *testing.M) {
	switch os.Getenv(roleVariable) {
	case "branch":
		branch()
	case "leaf":
		note("leaf")
		time.Sleep(time.Minute)
	default:
		os.Exit(m.Run())
	}
}

func branch() {
	if os.Getenv("CHAT_RUN_TEST_STUBBORN") != "" {
		signal.Ignore(syscall.SIGTERM, syscall.SIGINT)
	}

	self, err := os.Executable()
	if err != nil {
		panic(err)
	}

	leaf := exec.Command(self)

	leaf.Env = append(os.Environ(), roleVariable+"=leaf")

	leaf.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	if err := leaf.Start(); err != nil {
		panic(err)
	}

	note("branch")
	time.Sleep(time.Minute)
}

func note(role string) {
	path := filepath.Join(os.Getenv("CHAT_RUN_TEST_NOTES"), role)

	text := fmt.Sprintf("%d %s", os.Getpid(), os.Getenv("TMPDIR"))
	if err := os.WriteFile(path+".new", []byte(text), 0o600); err != nil {
		panic(err)
	}

	if err := os.Rename(path+".new", path); err != nil {
		panic(err)
	}
}

func TestNothingIsLeft(t *testing.T) {
	t.Parallel()

	runner := filepath.Join(t.TempDir(), "run")
	if out, err := exec.Command("go", "build", "-o", runner, ".").CombinedOutput(); err != nil {
		t.Fatalf("%s\n%s", err, out)
	}

	for _, tc := range []struct {
		name     string
		kill     func(started int) int // which process gets the signal; a negative number is a group
		signal   syscall.Signal
		make     bool
		stubborn bool
	}{
		{name: "runner TERM", kill: itself, signal: syscall.SIGTERM},
		{name: "runner INT", kill: itself, signal: syscall.SIGINT},
		{name: "runner HUP", kill: itself, signal: syscall.SIGHUP},
		{name: "runner KILL", kill: itself, signal: syscall.SIGKILL},
		{name: "runner TERM, command deaf", kill: itself, signal: syscall.SIGTERM, stubborn: true},
		{name: "runner KILL, command deaf", kill: itself, signal: syscall.SIGKILL, stubborn: true},
		{name: "inner KILL", kill: firstChild, signal: syscall.SIGKILL},
		{name: "make TERM", kill: itself, signal: syscall.SIGTERM, make: true},
		{name: "make KILL", kill: itself, signal: syscall.SIGKILL, make: true},
		{name: "terminal INT", kill: group, signal: syscall.SIGINT, make: true},
		{name: "terminal HUP", kill: group, signal: syscall.SIGHUP, make: true},
		{name: "group KILL", kill: group, signal: syscall.SIGKILL, make: true},
	} {
		t.Run(tc.name, func(t *testing.T) {
			t.Parallel()

			self, err := os.Executable()
			if err != nil {
				t.Fatal(err)
			}

			notes := t.TempDir()

			cmd := exec.Command(runner, self)
			if tc.make {
				cmd = exec.Command("make", "--no-print-directory", "-f", "-", "RUN="+runner, "SELF="+self)
				cmd.Stdin = strings.NewReader("all:\n\t@exec $(RUN) $(SELF)\n")
			}

			cmd.Env = append(os.Environ(), roleVariable+"=branch", "CHAT_RUN_TEST_NOTES="+notes)
			if tc.stubborn {
				cmd.Env = append(cmd.Env, "CHAT_RUN_TEST_STUBBORN=1")
			}

			cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}

			var said bytes.Buffer

			cmd.Stderr = &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}

			branchPID, temp := read(t, notes, "branch")
			leafPID, _ := read(t, notes, "leaf")
			below := proctree.Descendants(cmd.Process.Pid)

			if err := syscall.Kill(tc.kill(cmd.Process.Pid), tc.signal); err != nil {
				t.Fatal(err)
			}

			if err := cmd.Wait(); err == nil {
				t.Error("ended as if all were well")
			}

			if tc.signal != syscall.SIGKILL && !tc.make && !strings.Contains(said.String(), "interrupted") {
				t.Errorf("it does not say that it was interrupted: %s", said.String())
			}

			for _, pid := range append(below, branchPID, leafPID) {
				within(t, fmt.Sprintf("process %d still runs", pid), func() bool {
					return syscall.Kill(pid, 0) == syscall.ESRCH
				})
			}

			within(t, "the temporary directory is left", func() bool {
				_, err := os.Stat(temp)
				return os.IsNotExist(err)
			})
		})
	}
}

func itself(started int) int     { return started }
func group(started int) int      { return -started }
func firstChild(started int) int { return proctree.Descendants(started)[0] }

func read(t *testing.T, dir, role string) (pid int, temp string) {
	t.Helper()
	within(t, role+" did not start", func() bool {
		text, err := os.ReadFile(filepath.Join(dir, role))
		if err != nil {
			return false
		}

		number, rest, _ := strings.Cut(string(text), " ")
		pid, err = strconv.Atoi(number)
		temp = rest

		return err == nil
	})

	return pid, temp
}

func within(t *testing.T, complaint string, ok func() bool) {
	t.Helper()

	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}

	t.Fatal(complaint)
}

func TestExitStatus(t *testing.T) {
	t.Parallel()

	runner := filepath.Join(t.TempDir(), "run")
	if out, err := exec.Command("go", "build", "-o", runner, ".").CombinedOutput(); err != nil {
		t.Fatalf("%s\n%s", err, out)
	}

	for script, want := range map[string]int{
		"exit 0":                      0,
		"exit 7":                      7,
		"kill -9 $$":                  137,
		"sleep 60 & exit 4":           4, // what it leaves behind is ended, not waited for
		"test -d \"$TMPDIR\"":         0,
		"test -z \"$CHAT_RUN_INNER\"": 0,
		"! test -e /dev/fd/3":         0, // the pipe between the two halves is not passed on
	} {
		cmd := exec.Command(runner, "sh", "-c", script)
		_ = cmd.Run()

		got := cmd.ProcessState.ExitCode()
		if got != want {
			t.Errorf("%s: exit status %d, want %d", script, got, want)
		}
	}
}

// TestMakeTest_status reads the recipe of `make test`: the status of the tests must reach the inner shell as a variable.
// Without the backslash the outer shell fills it in, with nothing, and every run passes.
func TestMakeTest_status(t *testing.T) {
	command := exec.CommandContext(t.Context(), "make", "--dry-run", "--no-print-directory", "test")
	command.Dir = filepath.Join("..", "..", "..")

	out, err := command.CombinedOutput()
	if err != nil || !strings.Contains(string(out), `exit \$status"`) {
		t.Errorf("the recipe does not end with the tests' status: %v\n%s", err, out)
	}
}
