//go:build unix

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"
)

// The launcher stands between Terraform and the provider, to learn from the system what the provider's process used.
const (
	providerVariable = "CHAT_BENCH_PROVIDER"
	usageVariable    = "CHAT_BENCH_USAGE"
)

// usage is what one process used.
type usage struct {
	CPU  time.Duration
	Peak int64 // Bytes of resident memory at most.
}

// launch runs the provider in place of this program, and leaves a file with its usage.
func launch() int {
	signal.Ignore(os.Interrupt) // Terraform decides when its plug-ins end.

	path := filepath.Join(os.Getenv(usageVariable), fmt.Sprint(os.Getpid()))
	if err := os.WriteFile(path, nil, 0o600); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	// The death of the thread that started it, not of the process, is what the system tells the child of.
	runtime.LockOSThread()

	cmd := exec.Command(os.Getenv(providerVariable), os.Args[1:]...) //nolint:noctx // It ends when Terraform says so.
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	cmd.SysProcAttr = dieTogether()

	err := cmd.Run()
	if cmd.ProcessState == nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}

	u := usage{CPU: cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()}
	if r, ok := cmd.ProcessState.SysUsage().(*syscall.Rusage); ok {
		u.Peak = int64(r.Maxrss) * maxrssUnit //nolint:unconvert // It is narrower on some systems.
	}

	text, err := json.Marshal(u)
	if err == nil {
		err = os.WriteFile(path, text, 0o600)
	}

	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}

	return max(cmd.ProcessState.ExitCode(), 0)
}

// collect adds up what the provider's processes used since the last time: Terraform starts several one after the other,
// and none of them holds more than peak.
func collect(dir string) (total usage, err error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return total, err
	}

	for _, entry := range entries {
		path := filepath.Join(dir, entry.Name())

		text, err := os.ReadFile(path)
		if err != nil {
			return total, err
		}

		var u usage
		if json.Unmarshal(text, &u) != nil {
			return total, errors.New("a process of the provider was killed before it had ended, so what it used is not known")
		}

		total.CPU += u.CPU

		total.Peak = max(total.Peak, u.Peak)
		if err := os.Remove(path); err != nil {
			return total, err
		}
	}

	return total, nil
}
