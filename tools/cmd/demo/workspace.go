package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"time"

	tfjson "github.com/hashicorp/terraform-json"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

// workspace is a copy of a configuration, with a state, where Terraform runs.
type workspace struct {
	cli terraform.CLI
	dir string
	env []string
}

// newWorkspace copies the configuration and tells Terraform to take the provider from a folder; it needs no init then.
func newWorkspace(cli terraform.CLI, work, config, binaries string, credentials map[string]string) (workspace, error) {
	w := workspace{cli: cli, dir: filepath.Join(work, "demo")}
	if err := os.CopyFS(w.dir, os.DirFS(config)); err != nil {
		return w, err
	}

	var err error

	w.env, err = cli.Env(work, os.Environ(), fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", "seed-426837f5/chat", binaries))
	for name, value := range credentials {
		w.env = append(w.env, name+"="+value)
	}

	return w, err
}

// terraform runs one command and returns its standard output; the exit status is an error unless it is one of these.
func (w workspace) terraform(ctx context.Context, allowed []int, args ...string) (string, int, error) {
	cmd := exec.CommandContext(ctx, w.cli.Path, args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	// Terraform ends its plug-ins when it is asked to stop, and cannot when it is killed.
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 4 * time.Second

	var stdout, stderr strings.Builder

	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()

	exit := new(exec.ExitError)
	if errors.As(err, &exit) && slices.Contains(allowed, exit.ExitCode()) {
		return stdout.String(), exit.ExitCode(), nil
	}

	if err != nil {
		return "", 0, fmt.Errorf("%s %s: %w\n%s%s", w.cli.Name, strings.Join(args, " "), err, stdout.String(), stderr.String())
	}

	return stdout.String(), 0, nil
}

var summary = regexp.MustCompile(`(?:Apply|Destroy) complete! Resources: (.*)\.`)

func (w workspace) change(ctx context.Context, command string) (string, error) {
	out, _, err := w.terraform(ctx, nil, command, "-auto-approve", "-input=false", "-no-color")
	if err != nil {
		return "", err
	}

	found := summary.FindStringSubmatch(out)
	if found == nil {
		return "", fmt.Errorf("%s %s does not say what it did:\n%s", w.cli.Name, command, out)
	}

	return found[1], nil
}

func (w workspace) apply(ctx context.Context) (string, error) { return w.change(ctx, "apply") }

func (w workspace) destroy(ctx context.Context) (string, error) { return w.change(ctx, "destroy") }

// plan returns a line for each object that Terraform would change, and none when there is nothing to do.
func (w workspace) plan(ctx context.Context) ([]string, error) {
	_, code, err := w.terraform(ctx, []int{2}, "plan", "-detailed-exitcode", "-input=false", "-no-color", "-out=plan")
	if err != nil || code == 0 {
		return nil, err
	}

	text, _, err := w.terraform(ctx, nil, "show", "-json", "plan")
	if err != nil {
		return nil, err
	}

	var plan tfjson.Plan
	if err := json.Unmarshal([]byte(text), &plan); err != nil {
		return nil, err
	}

	var lines []string

	for _, resource := range plan.ResourceChanges {
		if !resource.Change.Actions.NoOp() {
			lines = append(lines, describe(resource))
		}
	}

	if len(lines) == 0 {
		lines = []string{"only outputs"}
	}

	return lines, nil
}

// describe names the object and each attribute that would change.
func describe(resource *tfjson.ResourceChange) string {
	before, _ := resource.Change.Before.(map[string]any)
	after, _ := resource.Change.After.(map[string]any)

	var parts []string

	for _, name := range slices.Sorted(maps.Keys(after)) {
		if !reflect.DeepEqual(before[name], after[name]) {
			parts = append(parts, fmt.Sprintf("%s: %s -> %s", name, compact(before[name]), compact(after[name])))
		}
	}

	if !resource.Change.Actions.Update() {
		parts = []string{fmt.Sprint(resource.Change.Actions)}
	}

	return fmt.Sprintf("%-42s %s", resource.Address, strings.Join(parts, ", "))
}

func compact(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Sprint(value)
	}

	return string(text)
}

// outputs are those of examples/demo.
type outputs struct {
	Users         []string
	Conversations map[string]string
	Contacts      map[string]string
	Chats         map[string]string
}

func (w workspace) outputs(ctx context.Context) (outputs, error) {
	text, _, err := w.terraform(ctx, nil, "output", "-json")
	if err != nil {
		return outputs{}, err
	}

	var all struct {
		Users         struct{ Value []string }
		Conversations struct{ Value map[string]string }
		Contacts      struct{ Value map[string]string }
		Chats         struct{ Value map[string]string }
	}
	if err := json.Unmarshal([]byte(text), &all); err != nil {
		return outputs{}, fmt.Errorf("outputs: %w", err)
	}

	return outputs{all.Users.Value, all.Conversations.Value, all.Contacts.Value, all.Chats.Value}, nil
}
