//go:build unix

// Command run runs a command so that nothing of it is left when it ends, is interrupted, or is killed.
//
//	run [-acceptance] [-tell] command [argument...]
//
// It works in two processes. The outer one stays where it was started, so that it gets the terminal's Ctrl-C and notices
// when its parent (make) is gone. The inner one is the parent of the command and notices, through a pipe, when the outer
// one is gone. Whichever survives ends everything below it, and removes the temporary directory that both give the command
// as TMPDIR. Only killing both with SIGKILL at the same moment can leave something behind.
//
// With -acceptance the command gets the environment of the acceptance tests: a Terraform or OpenTofu, and nothing of the
// user's own Terraform settings. With -tell it says every ten seconds which programs run.
package main

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/proctree"
	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/progress"
	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

const (
	innerMark = "CHAT_RUN_INNER="

	// grace is what the command gets to tidy up; the outer process allows the inner one a little more.
	grace      = 5 * time.Second
	innerGrace = 10 * time.Second
)

func main() {
	code, err := run(os.Args[1:])
	if err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)

		code = 1
	}

	os.Exit(code)
}

func run(args []string) (int, error) {
	mark := os.Getenv("CHAT_RUN_INNER")
	if mark != "" {
		return inner(args)
	}

	flags := flag.NewFlagSet("run", flag.ContinueOnError)
	acceptance := flags.Bool("acceptance", false, "give the command the environment of the acceptance tests")
	tell := flags.Bool("tell", false, "say every ten seconds which programs run")

	if err := flags.Parse(args); err != nil {
		return 2, err
	}

	if flags.NArg() == 0 {
		return 2, fmt.Errorf("usage: run [-acceptance] [-tell] command [argument...]")
	}

	return outer(flags.Args(), *acceptance, *tell)
}

// programs names the programs that run below this process, without those that are there all the time.
func programs() string {
	var names []string

	for name, count := range proctree.Programs() {
		switch {
		case slices.Contains([]string{"run", "sh", "gotestsum", "go", "make"}, name):
		case count > 1:
			names = append(names, fmt.Sprintf("%d %s", count, name))
		default:
			names = append(names, name)
		}
	}

	if len(names) == 0 {
		return "running"
	}

	slices.Sort(names)

	return "running " + strings.Join(names, ", ")
}

func outer(args []string, acceptance, tell bool) (int, error) {
	parent := os.Getppid()

	ctx, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)

	temp, err := os.MkdirTemp("", "chat-run-")
	if err != nil {
		return 1, err
	}
	defer func() { _ = os.RemoveAll(temp) }()

	env, err := environment(ctx, temp, acceptance)
	if err != nil {
		return 1, err
	}

	tree, lifeline, err := startInner(args, env)
	if err != nil {
		return 1, err
	}

	defer func() { _ = lifeline.Close() }()

	if tell {
		told := progress.StartFunc(os.Stderr, progress.Often, programs)
		defer told.Stop()
	}

	tick := time.NewTicker(100 * time.Millisecond)
	defer tick.Stop()

	for {
		select {
		case <-tree.Done():
			tree.Sweep()
			return tree.Code(), nil
		case s := <-signals:
			stop := syscall.SIGTERM
			if got, ok := s.(syscall.Signal); ok {
				stop = got
			}

			fmt.Fprintf(os.Stderr, "run: %s: stopping\n", s)
			tree.Stop(stop, innerGrace)
			fmt.Fprintln(os.Stderr, "run: interrupted; nothing was left running")

			return 128 + int(stop), nil
		case <-tick.C:
			if os.Getppid() != parent {
				tree.Stop(syscall.SIGTERM, innerGrace)
				return 128 + int(syscall.SIGTERM), nil
			}
		}
	}
}

// environment returns what the command gets; the mark tells the inner process what it is.
func environment(ctx context.Context, temp string, acceptance bool) ([]string, error) {
	env := os.Environ()

	if acceptance {
		cli, err := terraform.Find(ctx, os.Stderr)
		if err != nil {
			return nil, err
		}

		fmt.Fprintln(os.Stderr, "Testing with", cli)

		if !cli.Discovers() {
			fmt.Fprintln(os.Stderr, "NOT RUN: the command query and actions are tried with a Terraform from 1.14 on.")
		}

		env, err = cli.AcceptanceEnv(temp, env)
		if err != nil {
			return nil, err
		}
	}

	env = slices.DeleteFunc(env, func(v string) bool { return strings.HasPrefix(v, "TMPDIR=") })

	return append(env, innerMark+"1", "TMPDIR="+temp), nil
}

// startInner runs this program again, holding one end of a pipe whose other end tells the inner process that we live.
func startInner(args, env []string) (*proctree.Tree, *os.File, error) {
	self, err := os.Executable()
	if err != nil {
		return nil, nil, err
	}

	read, write, err := os.Pipe()
	if err != nil {
		return nil, nil, err
	}

	defer func() { _ = read.Close() }()

	tree, err := proctree.Start(append([]string{self}, args...), env, []uintptr{0, 1, 2, read.Fd()})
	if err != nil {
		_ = write.Close()
		return nil, nil, err
	}

	return tree, write, nil
}

func inner(args []string) (int, error) {
	// The command must not inherit the pipe: it would never see its end.
	lifeline := os.NewFile(3, "lifeline")

	syscall.CloseOnExec(3)

	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)

	defer func() { _ = os.RemoveAll(os.Getenv("TMPDIR")) }()

	path, err := exec.LookPath(args[0])
	if err != nil {
		return 127, err
	}

	null, err := os.Open(os.DevNull)
	if err != nil {
		return 1, err
	}

	env := slices.DeleteFunc(os.Environ(), func(v string) bool { return strings.HasPrefix(v, innerMark) })

	tree, err := proctree.Start(append([]string{path}, args[1:]...), env, []uintptr{null.Fd(), 1, 2})
	if err != nil {
		return 1, err
	}

	outerGone := make(chan struct{})

	go func() {
		_, _ = io.Copy(io.Discard, lifeline)

		close(outerGone)
	}()

	select {
	case <-tree.Done():
		tree.Sweep()
		return tree.Code(), nil
	case s := <-signals:
		stop, _ := s.(syscall.Signal)
		tree.Stop(stop, grace)

		return 128 + int(stop), nil
	case <-outerGone:
		tree.Stop(syscall.SIGTERM, grace)
		return 128 + int(syscall.SIGTERM), nil
	}
}
