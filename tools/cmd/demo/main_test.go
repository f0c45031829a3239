package main

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"
)

func needTerraform(t *testing.T) {
	t.Helper()

	if os.Getenv("TF_ACC") == "" {
		t.Skip("TF_ACC is not set")
	}
}

func TestDemo(t *testing.T) {
	needTerraform(t)
	t.Parallel()

	var out bytes.Buffer
	if _, err := run(t.Context(), false, &out, io.Discard); err != nil {
		t.Fatalf("%v\n%s", err, out.String())
	}

	for _, want := range []string{
		"10 added, 0 changed, 0 destroyed",
		`"Order 1001", open`,
		"Mira Sample, +447700900001, known as mira",
		"2. plan again: nothing to do",
		`status: "closed" -> "open"`,
		`name: "Mira Example" -> "Mira Sample"`,
		"0 added, 3 changed, 0 destroyed",
		"10 destroyed",
		"2 conversations closed, 3 users left as they are",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing", want)
		}
	}
	// One screen, with room for the command and the verdict.
	lines := strings.Split(out.String(), "\n")
	if len(lines) > 40 {
		t.Errorf("%d lines", len(lines))
	}

	for _, line := range lines {
		if len(line) > 130 {
			t.Errorf("too wide: %s", line)
		}
	}

	if t.Failed() {
		t.Log(out.String())
	}
}

// TestKeptDemo leaves the platforms running, with what was made, until it is interrupted.
func TestKeptDemo(t *testing.T) {
	needTerraform(t)
	t.Parallel()

	ctx, interrupt := context.WithCancel(t.Context())
	read, write := io.Pipe()
	ended := make(chan error, 1)

	go func() {
		kept, err := run(ctx, true, write, io.Discard)
		if !kept && err == nil {
			err = errors.New("it did not stay")
		}

		_ = write.CloseWithError(err)
		ended <- err
	}()

	lines := bufio.NewScanner(read)
	for lines.Scan() && !strings.HasPrefix(lines.Text(), "6. ") {
	}

	address := regexp.MustCompile(`http://\S+/`).FindString(lines.Text())

	response, err := http.Get(address + "_sandbox/world")
	if err != nil {
		t.Fatalf("after %q: %v", lines.Text(), err)
	}

	world, err := io.ReadAll(response.Body)
	_ = response.Body.Close()

	if err != nil || !strings.Contains(string(world), "Order 1001") || !strings.Contains(string(world), "Mira Sample") {
		t.Errorf("what was made is not there: %s (%v)", world, err)
	}

	interrupt()

	go func() { _, _ = io.Copy(io.Discard, read) }()

	if err := <-ended; err != nil {
		t.Error(err)
	}

	if response, err := http.Get(address); err == nil {
		_ = response.Body.Close()

		t.Error("the platforms go on after the interrupt")
	}
}

// Killed in the middle of an apply, with Terraform, its plug-in and the sandbox running.
func TestKilledDemoLeavesNothing(t *testing.T) {
	needTerraform(t)

	if _, err := os.Stat("/proc/self/environ"); err != nil {
		t.Skip("looks at the environment of every process, which needs /proc")
	}

	t.Parallel()
	dir := t.TempDir()

	runner, demo := filepath.Join(dir, "run"), filepath.Join(dir, "demo")
	for target, source := range map[string]string{runner: "../run", demo: "."} {
		if out, err := exec.CommandContext(t.Context(), "go", "build", "-o", target, source).CombinedOutput(); err != nil {
			t.Fatalf("%s\n%s", err, out)
		}
	}

	cli, err := filepath.EvalSymlinks(os.Getenv("TERRAFORM"))
	if err != nil {
		t.Fatal(err)
	}

	for name, signal := range map[string]syscall.Signal{"TERM": syscall.SIGTERM, "INT": syscall.SIGINT, "KILL": syscall.SIGKILL} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			mark := "CHAT_DEMO_TEST=" + filepath.Base(dir) + name
			cmd := exec.CommandContext(t.Context(), runner, demo)

			cmd.Env = append(os.Environ(), mark)

			var said bytes.Buffer

			cmd.Stderr = &said
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}

			within(t, "Terraform and two providers, one of them as the sandbox, do not all run", func() bool {
				return running(mark, filepath.Base(cli)) > 0 && running(mark, "terraform-provider-chat") > 1
			})

			if err := cmd.Process.Signal(signal); err != nil {
				t.Fatal(err)
			}

			_ = cmd.Wait()

			within(t, "something is left", func() bool { return running(mark, "") == 0 })

			if signal != syscall.SIGKILL && !strings.Contains(said.String(), "The demo was interrupted.") {
				t.Errorf("it does not say that it was interrupted: %s", said.String())
			}
		})
	}
}

// running counts the processes of one program, or of any, that have the mark in their environment.
func running(mark, program string) int {
	environments, err := filepath.Glob("/proc/[0-9]*/environ")
	if err != nil {
		return 0
	}

	count := 0

	for _, path := range environments {
		environment, err := os.ReadFile(path)
		if err != nil || !bytes.Contains(environment, []byte(mark+"\x00")) {
			continue
		}

		executable, err := os.Readlink(filepath.Join(filepath.Dir(path), "exe"))
		if err == nil && (program == "" || filepath.Base(executable) == program) {
			count++
		}
	}

	return count
}

func within(t *testing.T, complaint string, ok func() bool) {
	t.Helper()

	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if ok() {
			return
		}
	}

	t.Fatal(complaint)
}
