//go:build unix

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/tools/internal/terraform"
)

// phase is one thing that Terraform does with all objects.
type phase string

const (
	create  phase = "create"
	refresh phase = "refresh"
	plan    phase = "plan"
	update  phase = "update"
	destroy phase = "destroy"
)

// phases are what is measured of a kind. What was sent cannot be changed.
func (k kind) phases() []phase {
	if k.isSent {
		return []phase{create, refresh, plan, destroy}
	}

	return []phase{create, refresh, plan, update, destroy}
}

// arguments of Terraform, and what it says in the end. Updates and destroys read nothing first, so that each phase is
// measured alone.
func (p phase) arguments(n int) (args []string, want string) {
	switch p {
	case create:
		return []string{"apply", "-auto-approve", "-var=revision=1"}, fmt.Sprintf("Resources: %d added, 0 changed, 0 destroyed", n)
	case refresh:
		return []string{"plan", "-refresh-only", "-var=revision=1"}, "No changes"
	case plan: // Refreshing alone asks the provider for no plan.
		return []string{"plan", "-var=revision=1"}, "No changes"
	case update:
		return []string{"apply", "-auto-approve", "-refresh=false", "-var=revision=2"}, fmt.Sprintf("Resources: 0 added, %d changed, 0 destroyed", n)
	default:
		return []string{"destroy", "-auto-approve", "-refresh=false", "-var=revision=2"}, fmt.Sprintf("Destroy complete! Resources: %d destroyed", n)
	}
}

// lab is where measuring happens.
type lab struct {
	cli      terraform.CLI
	work     string
	provider string
	box      *sandbox.Sandbox
	states   string
	options  options

	env   []string
	usage string
}

// result is what one phase of one kind took.
type result struct {
	kind    kind
	n       int
	latency time.Duration
	phase   phase

	wall, floor, latencyFloor time.Duration
	stats                     stats
	provider                  usage
	terraformCPU              time.Duration
	// same and least are what the floors took, if the kind has any.
	same, least *result
	// failed is how many runs ended with errors before one did the rest.
	failed int
}

// stats are the sandbox's own counts.
type stats struct {
	Requests    int `json:"requests"`
	Connections int `json:"connections"`
	Peak        int `json:"peak_in_flight"`
}

// prepare makes the environment of all Terraform runs.
func (l *lab) prepare(context.Context) error {
	var err error

	l.env, err = l.cli.Env(l.work, os.Environ(), fmt.Sprintf(
		"provider_installation {\n  dev_overrides {\n    %q = %q\n  }\n  direct {}\n}\n", "seed-426837f5/chat", filepath.Join(l.work, "launcher")))
	if err != nil {
		return err
	}

	for name, value := range l.box.Env {
		l.env = append(l.env, name+"="+value)
	}

	l.usage = filepath.Join(l.work, "usage")

	l.env = append(l.env, providerVariable+"="+l.provider, usageVariable+"="+l.usage, "TF_LOG=")
	if l.options.profile != "" {
		profile, err := filepath.Abs(l.options.profile)
		if err != nil {
			return err
		}

		l.env = append(l.env, "CHAT_PROFILE="+profile)
		if err := os.MkdirAll(profile, 0o755); err != nil {
			return err
		}
	}

	return os.MkdirAll(l.usage, 0o755)
}

// arrange resets the sandbox and sets it up for a kind, and returns the values of the configuration's variables.
func (l *lab) arrange(ctx context.Context, k kind, n int, latency time.Duration) (map[string]string, error) {
	if err := l.box.Control(ctx, http.MethodPost, "reset", nil, nil); err != nil {
		return nil, err
	}

	if k.switches != nil {
		if err := l.box.Control(ctx, http.MethodPatch, k.platform+"/switches", k.switches, nil); err != nil {
			return nil, err
		}
	}

	vars := map[string]string{"n": fmt.Sprint(n)}

	if k.seed != nil {
		seeded, err := k.seed(ctx, l.box)
		if err != nil {
			return nil, err
		}

		for name, value := range seeded {
			vars[name] = value
		}
	}

	if err := l.box.Control(ctx, http.MethodPut, "latency", latency.String(), nil); err != nil {
		return nil, err
	}

	if k.faults > 0 {
		rate := map[string]any{"share": k.faults, "seed": 1, "faults": []map[string]any{
			{"name": "bad gateway", "status": http.StatusBadGateway, "body": "<html>bad gateway</html>"},
			{"name": "unavailable", "status": http.StatusServiceUnavailable, "body": "<html>unavailable</html>"},
		}}
		if err := l.box.Control(ctx, http.MethodPut, "faults/rate", rate, nil); err != nil {
			return nil, err
		}
	}

	return vars, nil
}

// measure takes all phases of a kind, each beside the same phase of Terraform's own kind.
func (l *lab) measure(ctx context.Context, k kind, n int, latency time.Duration, add func(result)) error {
	vars, err := l.arrange(ctx, k, n, latency)
	if err != nil {
		return err
	}

	floors, err := l.workspace(ctx, floor(), map[string]string{"n": fmt.Sprint(n)})
	if err != nil {
		return err
	}

	objects, err := l.workspace(ctx, k, vars)
	if err != nil {
		return err
	}

	same, least, err := l.floors(ctx, k, vars, latency)
	if err != nil {
		return err
	}

	for _, p := range k.phases() {
		minimum, err := floors.run(ctx, p, n, false)
		if err != nil {
			return err
		}

		r, err := objects.try(ctx, k, p, n)
		if err != nil {
			return err
		}

		rounds := (n + l.options.parallelism - 1) / l.options.parallelism
		r.kind, r.n, r.latency, r.phase = k, n, latency, p
		r.floor, r.latencyFloor = minimum.wall, time.Duration(rounds)*latency

		r.same, err = same.measure(ctx, p, n)
		if err != nil {
			return err
		}

		r.least, err = least.measure(ctx, p, n)
		if err != nil {
			return err
		}

		add(r)
	}

	return nil
}

// floors returns the workspaces of the kind's floors; nil if it has none.
func (l *lab) floors(ctx context.Context, k kind, vars map[string]string, latency time.Duration) (same, least *workspace, err error) {
	if k.least == nil {
		return nil, nil, nil
	}

	same, err = l.workspace(ctx, k, vars)
	if err != nil {
		return nil, nil, err
	}

	least, err = l.workspace(ctx, k, vars)
	if err != nil {
		return nil, nil, err
	}

	own := []string{providerVariable + "=" + filepath.Join(l.work, floorName), latencyVariable + "=" + latency.String()}
	same.env = append(same.env, own...)
	least.env = append(least.env, append(own, floorVariable+"="+strings.Join(k.least, ","))...)

	return same, least, nil
}

// measure runs a phase of a floor. Nil has none.
func (w *workspace) measure(ctx context.Context, p phase, n int) (*result, error) {
	if w == nil {
		return nil, nil //nolint:nilnil // There is nothing to measure.
	}

	r, err := w.run(ctx, p, n, false)

	return &r, err
}

// workspace is a directory with a configuration, whose state is kept by states.
type workspace struct {
	*lab

	dir string
	env []string
}

const backend = "terraform {\n  backend \"http\" {}\n}\n"

const required = `terraform {
  required_providers {
    chat = {
      source = "seed-426837f5/chat"
    }
  }
}
`

const variables = `
variable "n" {
  type = number
}

variable "revision" {
  type = number
}
`

func (l *lab) workspace(ctx context.Context, k kind, vars map[string]string) (*workspace, error) {
	dir, err := os.MkdirTemp(l.work, "workspace-")
	if err != nil {
		return nil, err
	}

	w := &workspace{lab: l, dir: dir, env: append([]string{"TF_HTTP_ADDRESS=" + l.states + "/" + filepath.Base(dir)}, l.env...)}
	for name, value := range vars {
		w.env = append(w.env, "TF_VAR_"+name+"="+value)
	}

	if err := os.WriteFile(filepath.Join(dir, "backend.tf"), []byte(backend), 0o600); err != nil {
		return nil, err
	}
	// The backend needs init, which would look for the provider in a registry: so it sees no provider yet.
	if _, _, err := w.terraform(ctx, "init", "-no-color"); err != nil {
		return nil, err
	}

	text := variables + k.hcl
	if k.platform != "" { // Else the provider would be started for its schema.
		text = required + text
	}

	return w, os.WriteFile(filepath.Join(dir, "main.tf"), []byte(text), 0o600)
}

// attempts is how often a phase is run where answers fail.
const attempts = 4

// try runs a phase, and runs it again where answers fail and some objects were left over.
func (w *workspace) try(ctx context.Context, k kind, p phase, n int) (result, error) {
	for failed := 0; ; failed++ {
		r, err := w.run(ctx, p, n, k.faults > 0)
		if err == nil || k.faults == 0 || failed == attempts-1 || ctx.Err() != nil {
			r.failed = failed
			return r, err
		}

		_, err = collect(w.usage) // What the run that failed used is not the next one's.
		if err != nil {
			return r, err
		}
	}
}

// run runs a phase. Where only the rest may be left over from a run before, how many objects it says does not count.
func (w *workspace) run(ctx context.Context, p phase, n int, isRest bool) (result, error) {
	var r result
	if err := w.box.Control(ctx, http.MethodDelete, "journal", nil, nil); err != nil {
		return r, err
	}

	args, want := p.arguments(n)
	args = append(args, "-input=false", "-no-color", fmt.Sprintf("-parallelism=%d", w.options.parallelism))
	started := time.Now()
	out, state, err := w.terraform(ctx, args...)

	r.wall = time.Since(started)
	if err != nil {
		return r, err
	}

	if !isRest && !strings.Contains(out, want) {
		return r, fmt.Errorf("%s should say %q, and says\n%s", p, want, tail(out))
	}

	r.provider, err = collect(w.usage)
	if err != nil {
		return r, err
	}

	r.terraformCPU = state.UserTime() + state.SystemTime() - r.provider.CPU

	if w.options.journal != "" {
		var journal json.RawMessage
		if err := w.box.Control(ctx, http.MethodGet, "journal", nil, &journal); err != nil {
			return r, err
		}

		name := fmt.Sprintf("%s-%d-%s.json", filepath.Base(w.dir), n, p)
		if err := os.WriteFile(filepath.Join(w.options.journal, name), journal, 0o600); err != nil {
			return r, err
		}
	}

	return r, w.box.Control(ctx, http.MethodGet, "stats", nil, &r.stats)
}

func (w *workspace) terraform(ctx context.Context, args ...string) (string, *os.ProcessState, error) {
	cmd := exec.CommandContext(ctx, w.cli.Path, args...)
	cmd.Dir, cmd.Env = w.dir, w.env
	// Terraform ends its plug-ins when it is asked to stop, and cannot when it is killed.
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 4 * time.Second

	var stdout, stderr strings.Builder

	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		return "", nil, fmt.Errorf("%s %s: %w\n%s%s", w.cli.Name, strings.Join(args, " "), err, tail(stdout.String()), tail(stderr.String()))
	}

	return stdout.String(), cmd.ProcessState, nil
}

// tail returns the end of a text: a thousand errors are alike.
func tail(text string) string {
	const most = 3000
	if len(text) <= most {
		return text
	}

	return "...\n" + text[len(text)-most:]
}

func post(ctx context.Context, address string, header http.Header, body string, answer any) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, address, strings.NewReader(body))
	if err != nil {
		return err
	}

	request.Header = header
	request.Header.Set("Content-Type", "application/json")

	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}

	defer func() { _ = response.Body.Close() }()

	text, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}

	if response.StatusCode != http.StatusOK {
		return errors.New(response.Status + ": " + string(text))
	}

	return json.Unmarshal(text, answer)
}
