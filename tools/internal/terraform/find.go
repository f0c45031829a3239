// Package terraform finds the Terraform or OpenTofu that the tests and the demo run, and gives it an environment of its own.
package terraform

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"github.com/hashicorp/go-version"
)

// The oldest releases that can run the provider's whole suite: write-only attributes came with Terraform 1.11 and, in
// OpenTofu, with 1.11; 1.10 runs everything else.
var oldest = map[string]*version.Version{
	"terraform": version.Must(version.NewVersion("1.11.0")),
	"tofu":      version.Must(version.NewVersion("1.10.0")),
}

// discovering is the release that Terraform's command query and actions came with.
var discovering = version.Must(version.NewVersion("1.14.0"))

// CLI is one Terraform or OpenTofu.
type CLI struct {
	Path    string
	Name    string // terraform or tofu
	Version *version.Version
}

func (c CLI) String() string {
	product := map[string]string{"terraform": "Terraform", "tofu": "OpenTofu"}[c.Name]
	return fmt.Sprintf("%s %s (%s)", product, c.Version, c.Path)
}

// Discovers reports whether the program has the command query, and actions. OpenTofu has neither.
func (c CLI) Discovers() bool {
	return c.Name == "terraform" && c.Version.Core().GreaterThanOrEqual(discovering)
}

// finder holds what the search depends on, so that a test can stand in for the machine.
type finder struct {
	getenv  func(string) string
	look    func(string) (string, error)
	inspect func(ctx context.Context, path string) (CLI, error)
	install func(ctx context.Context) (string, error)
	notes   io.Writer
}

// Find takes what TERRAFORM names; else terraform, then tofu on PATH, if recent enough; else it installs a Terraform.
func Find(ctx context.Context, notes io.Writer) (CLI, error) {
	f := finder{getenv: os.Getenv, look: exec.LookPath, inspect: inspect, notes: notes}
	f.install = func(ctx context.Context) (string, error) { return install(ctx, notes) }

	return f.find(ctx)
}

func (f finder) find(ctx context.Context) (CLI, error) {
	named := f.getenv("TERRAFORM")
	if named != "" {
		path, err := f.look(named)
		if err != nil {
			return CLI{}, fmt.Errorf("TERRAFORM=%s: %w", named, err)
		}

		cli, err := f.check(ctx, path)
		if err != nil {
			return CLI{}, fmt.Errorf("TERRAFORM=%s: %w", named, err)
		}

		return cli, nil
	}

	for _, name := range []string{"terraform", "tofu"} {
		path, err := f.look(name)
		if err != nil {
			continue
		}

		cli, err := f.check(ctx, path)
		if err == nil {
			return cli, nil
		}

		_, _ = fmt.Fprintf(f.notes, "Passing over %s: %s\n", path, err)
	}

	path, err := f.install(ctx)
	if err != nil {
		return CLI{}, fmt.Errorf("no usable terraform or tofu on PATH, and installing Terraform %s failed: %w\n"+
			"Put one on PATH, or set TERRAFORM to its path", installed, err)
	}

	return f.check(ctx, path)
}

func (f finder) check(ctx context.Context, path string) (CLI, error) {
	cli, err := f.inspect(ctx, path)
	if err != nil {
		return CLI{}, err
	}

	minimum := oldest[cli.Name]
	if cli.Version.Core().LessThan(minimum) {
		return CLI{}, fmt.Errorf("%s %s is older than %s", cli.Name, cli.Version, minimum)
	}

	return cli, nil
}

// inspect asks the program itself: a tofu is often installed as terraform.
func inspect(ctx context.Context, path string) (CLI, error) {
	path, err := filepath.Abs(path)
	if err != nil {
		return CLI{}, err
	}

	cmd := exec.CommandContext(ctx, path, "version", "-json")

	cmd.Env = append(CleanEnv(os.Environ()), "TF_CLI_CONFIG_FILE="+os.DevNull, "CHECKPOINT_DISABLE=1")
	cmd.Dir = os.TempDir()

	out, err := cmd.Output()
	if err != nil {
		exit := new(exec.ExitError)
		if errors.As(err, &exit) && len(exit.Stderr) > 0 {
			err = fmt.Errorf("%w: %s", err, strings.TrimSpace(string(exit.Stderr)))
		}

		return CLI{}, fmt.Errorf("does not tell its version: %w", err)
	}

	var answer struct {
		Version string `json:"terraform_version"`
	}
	if err := json.Unmarshal(out, &answer); err != nil {
		return CLI{}, fmt.Errorf("does not tell its version: %w", err)
	}

	v, err := version.NewVersion(answer.Version)
	if err != nil {
		return CLI{}, fmt.Errorf("does not tell its version: %w", err)
	}

	name, err := productName(ctx, cmd)
	if err != nil {
		return CLI{}, err
	}

	return CLI{Path: path, Name: name, Version: v}, nil
}

// productName reads the first word of the plain text: the JSON does not say which of the two it is.
func productName(ctx context.Context, asked *exec.Cmd) (string, error) {
	cmd := exec.CommandContext(ctx, asked.Path, "version")
	cmd.Env, cmd.Dir = asked.Env, asked.Dir

	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("does not tell its version: %w", err)
	}

	if strings.HasPrefix(string(out), "OpenTofu") {
		return "tofu", nil
	}

	return "terraform", nil
}
