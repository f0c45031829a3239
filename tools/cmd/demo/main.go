// Command demo shows the provider at work, on one screen: it applies examples/demo to simulated platforms, asks the platforms
// what they hold, changes something behind Terraform's back, lets Terraform find and repair it, and destroys everything.
//
// It fails when any step is not as it should be. What the platforms hold is asked from their own APIs, not from state.
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
	"strings"
	"syscall"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/progress"
	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

func main() {
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM, syscall.SIGHUP)
	defer cancel()

	keep := flag.Bool("keep", false, "destroy nothing, and leave the simulated platforms running until interrupted")

	flag.Parse()

	started := time.Now()

	kept, err := run(ctx, *keep, os.Stdout, os.Stderr)
	if ctx.Err() != nil && !kept {
		fmt.Fprintln(os.Stderr, "\nThe demo was interrupted. Nothing of it is left.")
		os.Exit(130) //nolint:gocritic // the context's cancel has nothing left to release
	}

	if err != nil {
		fmt.Fprintln(os.Stderr, "\nThe demo failed:", err)
		os.Exit(1)
	}

	fmt.Printf("\nEverything was as it should be (%.0f s).\n", time.Since(started).Seconds())
}

// run tells the story on out, and what takes long on notes. With keep it stays at the end, and reports that it got there.
func run(ctx context.Context, keep bool, out, notes io.Writer) (kept bool, err error) {
	told := progress.Start(notes, "looking for Terraform")
	defer told.Stop()

	root, err := terraform.Root()
	if err != nil {
		return false, err
	}

	cli, err := terraform.Find(ctx, notes)
	if err != nil {
		return false, err
	}

	work, err := os.MkdirTemp("", "chat-demo-")
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(work)) }()

	binary := filepath.Join(work, "bin", "terraform-provider-chat")

	told.Step("building the provider")

	if err := build(ctx, root, binary); err != nil {
		return false, err
	}

	told.Step("starting three simulated platforms")

	box, err := sandbox.Start(ctx, binary)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, box.Stop()) }()

	tf, err := newWorkspace(cli, work, filepath.Join(root, "examples", "demo"), filepath.Dir(binary), box.Env)
	if err != nil {
		return false, err
	}

	fmt.Fprintf(out, "%s and three simulated platforms. Look at them on %s/\n", cli, box.Address)

	s := story{out: out, told: told, tf: tf, platforms: newPlatforms(box.Env)}

	made, err := s.tell(ctx)
	if err != nil {
		return false, err
	}

	if !keep {
		return false, s.destroy(ctx, made)
	}

	told.Stop()
	s.step(6, "nothing is destroyed: look at %s/ until you press Ctrl-C", box.Address)
	<-ctx.Done()

	return true, nil
}

func build(ctx context.Context, root, binary string) error {
	cmd := exec.CommandContext(ctx, "go", "build", "-o", binary, ".")

	cmd.Dir = root
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w\n%s", err, out)
	}

	return nil
}

type story struct {
	out       io.Writer
	told      *progress.Progress
	tf        workspace
	platforms platforms
}

func (s story) step(number int, format string, args ...any) {
	fmt.Fprintf(s.out, "\n%d. %s\n", number, fmt.Sprintf(format, args...))
}

func (s story) lines(lines []string) {
	for _, line := range lines {
		fmt.Fprintln(s.out, "  ", line)
	}
}

func (s story) tell(ctx context.Context) (outputs, error) {
	s.told.Step("applying examples/demo")

	summary, err := s.tf.apply(ctx)
	if err != nil {
		return outputs{}, err
	}

	s.step(1, "apply examples/demo: %s. The platforms now hold", summary)

	made, err := s.tf.outputs(ctx)
	if err != nil {
		return outputs{}, err
	}

	before, err := s.platforms.holdings(ctx, made)
	if err != nil {
		return outputs{}, err
	}

	s.lines(before)

	if len(before) != 10 {
		return outputs{}, fmt.Errorf("expected 10 objects on the platforms, found %d", len(before))
	}

	if err := s.expectNoChanges(ctx); err != nil {
		return outputs{}, err
	}

	s.step(2, "plan again: nothing to do")

	disturbed, err := s.platforms.disturb(ctx, made)
	if err != nil {
		return outputs{}, err
	}

	s.step(3, "behind Terraform's back, through the platforms' own APIs")
	s.lines(disturbed)

	if err := s.repair(ctx, len(disturbed)); err != nil {
		return outputs{}, err
	}

	after, err := s.platforms.holdings(ctx, made)
	if err != nil {
		return outputs{}, err
	}

	if strings.Join(after, "\n") != strings.Join(before, "\n") {
		return outputs{}, fmt.Errorf("the platforms should hold what they held before, but hold\n%s", strings.Join(after, "\n"))
	}

	return made, nil
}

func (s story) expectNoChanges(ctx context.Context) error {
	s.told.Step("planning")

	changes, err := s.tf.plan(ctx)
	if err == nil && len(changes) > 0 {
		err = fmt.Errorf("a plan right after apply wants to change\n%s", strings.Join(changes, "\n"))
	}

	return err
}

func (s story) repair(ctx context.Context, disturbed int) error {
	s.told.Step("planning")

	changes, err := s.tf.plan(ctx)
	if err != nil {
		return err
	}

	s.step(4, "plan finds it")
	s.lines(changes)

	if len(changes) != disturbed {
		return fmt.Errorf("%d objects were changed, the plan has %d", disturbed, len(changes))
	}

	s.told.Step("applying")

	summary, err := s.tf.apply(ctx)
	if err != nil {
		return err
	}

	if err := s.expectNoChanges(ctx); err != nil {
		return err
	}

	s.step(5, "apply: %s; the platforms hold what they held before; plan again: nothing to do", summary)

	return nil
}

func (s story) destroy(ctx context.Context, made outputs) error {
	s.told.Step("destroying")

	summary, err := s.tf.destroy(ctx)
	if err != nil {
		return err
	}

	left, err := s.platforms.leftovers(ctx, made)
	if err != nil {
		return err
	}

	s.step(6, "destroy: %s. No messages are deleted", summary)
	s.lines(left)

	return nil
}
