//go:build unix

// Command bench measures what the provider costs: it runs a real Terraform against simulated platforms that answer as
// slowly as real ones, for each kind of object that there may be thousands of.
//
//	bench [-n 100,1000] [-latency 100ms,20ms,5ms,0s] [-large 10000] [-only kind,...] [-markdown file] [-parallelism 10] [-profile directory] [-journal directory]
//
// Times depend on the machine and on what else it does. Requests do not, and so each time is set beside two floors from the
// same run: what Terraform itself takes for as many of its built-in terraform_data, and the time that the platform's
// latency costs at Terraform's parallelism.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

func main() {
	if strings.HasPrefix(filepath.Base(os.Args[0]), "terraform-provider-") {
		os.Exit(launch())
	}

	if filepath.Base(os.Args[0]) == floorName {
		os.Exit(serveFloor())
	}

	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()

	if err := run(ctx, os.Args[1:], os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "\nThe benchmark failed:", err)
		os.Exit(1) //nolint:gocritic // the context's cancel has nothing left to release
	}
}

type options struct {
	sizes       []int
	latencies   []time.Duration
	kinds       []kind
	parallelism int
	large       int
	markdown    string
	profile     string
	journal     string
}

func parse(args []string) (options, error) {
	var o options

	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	sizes := flags.String("n", "100,1000", "how many objects, with commas between")
	latencies := flags.String("latency", "100ms,20ms,5ms,0s", "what each answer of the platforms takes, with commas between")
	only := flags.String("only", "", "kinds, with commas between; default all: "+strings.Join(names(), " "))
	flags.IntVar(&o.large, "large", 10_000, "how many objects of some kinds are measured besides, at the second latency; 0 leaves it out")
	flags.StringVar(&o.markdown, "markdown", "", "also write tables into this file, between its marks if it has any")
	flags.StringVar(&o.profile, "profile", "", "write CPU and heap profiles of the provider into this directory")
	flags.StringVar(&o.journal, "journal", "", "write what the platforms were asked into this directory, a file for each phase")
	flags.IntVar(&o.parallelism, "parallelism", 10, "as of terraform apply; targets are for 10")

	if err := flags.Parse(args); err != nil {
		return o, err
	}

	for text := range strings.SplitSeq(*sizes, ",") {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 {
			return o, fmt.Errorf("-n %s: not a number of objects", text)
		}

		o.sizes = append(o.sizes, n)
	}

	for text := range strings.SplitSeq(*latencies, ",") {
		latency, err := time.ParseDuration(text)
		if err != nil {
			return o, fmt.Errorf("-latency: %w", err)
		}

		o.latencies = append(o.latencies, latency)
	}

	var err error

	o.kinds, err = choose(*only)

	return o, err
}

func run(ctx context.Context, args []string, out io.Writer) (err error) {
	o, err := parse(args)
	if err != nil {
		return err
	}

	cli, err := terraform.Find(ctx, os.Stderr)
	if err != nil {
		return err
	}

	work, err := os.MkdirTemp("", "chat-bench-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	binary, err := build(ctx, work, o.profile != "")
	if err != nil {
		return err
	}

	box, err := sandbox.Start(ctx, binary)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, box.Stop()) }()

	states, err := serveStates(ctx)
	if err != nil {
		return err
	}

	defer func() { err = errors.Join(err, states.Close()) }()

	lab := &lab{cli: cli, work: work, provider: binary, box: box, states: states.address, options: o}
	if err := lab.prepare(ctx); err != nil {
		return err
	}

	report := newReport(out, cli.String(), o)
	for i, latency := range o.latencies {
		sizes := o.sizes
		if i == 1 && o.large > 0 {
			sizes = append(slices.Clone(sizes), o.large)
		}

		for _, n := range sizes {
			for _, k := range o.kinds {
				if n == o.large && !k.isLarge {
					continue
				}

				if err := lab.measure(ctx, k, n, latency, report.add); err != nil {
					return fmt.Errorf("%s: %w", k.name, err)
				}
			}
		}
	}

	report.verdict()

	if o.markdown == "" {
		return nil
	}

	return report.write(o.markdown, "make bench"+arguments(args, o.markdown))
}

// build builds the provider, and puts beside it the launcher that measures it under the name that Terraform looks for.
func build(ctx context.Context, work string, profiling bool) (string, error) {
	root, err := terraform.Root()
	if err != nil {
		return "", err
	}

	binary := filepath.Join(work, "provider", "terraform-provider-chat")

	args := []string{"build", "-trimpath", "-ldflags", "-s -w", "-o", binary}
	if profiling {
		args = []string{"build", "-tags", "profile", "-o", binary}
	}

	cmd := exec.CommandContext(ctx, "go", append(args, ".")...)

	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}

	self, err := os.Executable()
	if err != nil {
		return "", err
	}

	launcher := filepath.Join(work, "launcher")
	if err := os.Mkdir(launcher, 0o755); err != nil {
		return "", err
	}

	err = os.Symlink(self, filepath.Join(work, floorName))
	if err != nil {
		return "", err
	}

	return binary, os.Symlink(self, filepath.Join(launcher, "terraform-provider-chat"))
}

// arguments returns how the flags are given to make, without the file that only concerns who asked.
func arguments(args []string, markdown string) string {
	args = slices.DeleteFunc(slices.Clone(args), func(a string) bool {
		return a == markdown || a == "-markdown" || strings.HasPrefix(a, "-markdown=")
	})
	if len(args) == 0 {
		return ""
	}

	return fmt.Sprintf(" BENCH='%s'", strings.Join(args, " "))
}
