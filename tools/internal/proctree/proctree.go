//go:build unix

// Package proctree runs a command and makes sure that nothing it started outlives it.
package proctree

import (
	"os"
	"syscall"
	"time"
)

// Tree is a started command with everything below it.
type Tree struct {
	pid  int
	done chan struct{}
	code int
}

// Start runs argv with the given environment and files (standard input, output, error, ...). In its own process group, a
// Ctrl-C at the terminal does not reach it directly, only through Stop.
//
// The process is waited for with wait4(-1), together with every orphan that the kernel hands to this process, so a program
// that calls Start must not use os/exec.
func Start(argv, env []string, files []uintptr) (*Tree, error) {
	adoptOrphans()

	pid, err := syscall.ForkExec(argv[0], argv, &syscall.ProcAttr{
		Env:   env,
		Files: files,
		Sys:   &syscall.SysProcAttr{Setpgid: true},
	})
	if err != nil {
		return nil, &os.PathError{Op: "start", Path: argv[0], Err: err}
	}

	t := &Tree{pid: pid, done: make(chan struct{})}
	go t.reap()

	return t, nil
}

func (t *Tree) reap() {
	for {
		var status syscall.WaitStatus

		pid, err := syscall.Wait4(-1, &status, 0, nil)
		switch {
		case err == syscall.EINTR:
		case err != nil:
			return
		case pid == t.pid:
			t.code = exitCode(status)
			close(t.done)
		}
	}
}

func exitCode(status syscall.WaitStatus) int {
	if status.Signaled() {
		return 128 + int(status.Signal())
	}

	return status.ExitStatus()
}

// Done is closed when the command itself has ended.
func (t *Tree) Done() <-chan struct{} { return t.done }

// Code returns the command's exit status in the shell's way of counting; valid after Done.
func (t *Tree) Code() int { return t.code }

// Stop passes the signal to the command's process group, gives it the grace period to tidy up, and kills the rest.
func (t *Tree) Stop(signal syscall.Signal, grace time.Duration) {
	_ = syscall.Kill(-t.pid, signal)
	select {
	case <-t.done:
	case <-time.After(grace):
	}

	t.Sweep()
}

// Sweep kills whatever is left below this process, again and again until a look finds nothing: a process may be starting
// another one while it is being killed.
func (t *Tree) Sweep() {
	for range 500 {
		left := append(Descendants(os.Getpid()), groupMembers(t.pid)...)
		if len(left) == 0 {
			return
		}

		for _, pid := range left {
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}

		time.Sleep(10 * time.Millisecond)
	}
}
