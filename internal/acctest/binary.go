package acctest

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
)

// compiled is the folder of the compiled provider, if a test needed it.
var compiled atomic.Pointer[string]

// compile compiles the provider once for all tests of a package that run it as a process.
var compile = sync.OnceValues(func() (string, error) {
	root, err := exec.CommandContext(context.Background(), "go", "list", "-m", "-f", "{{.Dir}}").Output()
	if err != nil {
		return "", fmt.Errorf("where is the module? %w", err)
	}

	dir, err := os.MkdirTemp("", "terraform-provider-chat")
	if err != nil {
		return "", err
	}

	compiled.Store(&dir)
	binary := filepath.Join(dir, "terraform-provider-chat"+executable())
	cmd := exec.CommandContext(context.Background(), "go", "build", "-o", binary, ".")

	cmd.Dir = strings.TrimSpace(string(root))
	if out, err := cmd.CombinedOutput(); err != nil {
		return "", fmt.Errorf("go build: %w\n%s", err, out)
	}

	return binary, nil
})

// executable returns the ending of the name of a program.
func executable() string {
	if runtime.GOOS == "windows" {
		return ".exe"
	}

	return ""
}

// Main runs a package's tests and removes what Binary compiled. A package that uses Binary calls it in TestMain.
func Main(m *testing.M) int {
	defer func() {
		dir := compiled.Load()
		if dir != nil {
			_ = os.RemoveAll(*dir)
		}
	}()

	return m.Run()
}

// Binary returns the provider as users run it.
func Binary(t *testing.T) string {
	t.Helper()

	binary, err := compile()
	if err != nil {
		t.Fatal(err)
	}

	return binary
}

// registries are where Terraform and OpenTofu look for a provider whose source names no host.
var registries = []string{"registry.terraform.io", "registry.opentofu.org"}

// Terraform runs the Terraform or OpenTofu that TF_ACC_TERRAFORM_PATH names, or the terraform of the PATH, in a folder,
// with a CLI configuration of the test's own.
type Terraform struct {
	Dir string
	// Env is added to the environment.
	Env []string
}

// NewTerraform writes the files and a CLI configuration that installs the provider from a mirror under each of the names,
// as a user with the release archives would. The mirror stands for both registries. Without TF_ACC the test is skipped, as
// acceptance tests are.
func NewTerraform(t *testing.T, names []string, files map[string]string) *Terraform {
	t.Helper()

	if os.Getenv("TF_ACC") == "" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	tf := &Terraform{Dir: t.TempDir()}

	mirror := t.TempDir()

	for _, registry := range registries {
		for _, name := range names {
			dir := filepath.Join(mirror, registry, "seed-426837f5", name, "0.0.1", runtime.GOOS+"_"+runtime.GOARCH)
			if err := os.MkdirAll(dir, 0o755); err != nil {
				t.Fatal(err)
			}

			if err := os.Link(Binary(t), filepath.Join(dir, "terraform-provider-"+name+"_v0.0.1"+executable())); err != nil {
				t.Fatal(err)
			}
		}
	}

	config := filepath.Join(t.TempDir(), "terraform.rc")
	write(t, config, fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror))

	for name, content := range files {
		write(t, filepath.Join(tf.Dir, name), content)
	}

	tf.Env = []string{"TF_CLI_CONFIG_FILE=" + config, "TF_IN_AUTOMATION=1", "TF_INPUT=0", "CHECKPOINT_DISABLE=1"}

	return tf
}

// NeedsCommand skips the test with a Terraform, or an OpenTofu, that does not have the command.
func NeedsCommand(t *testing.T, command string) {
	t.Helper()

	help, err := NewTerraform(t, nil, nil).Run(t, "-help")
	if err != nil {
		t.Fatalf("-help: %v\n%s", err, help)
	}

	if !strings.Contains(help, "\n  "+command+" ") {
		t.Skipf("NOT RUN: this Terraform has no command %s", command)
	}
}

// Run runs one command and returns what it printed, on both streams.
func (tf *Terraform) Run(t *testing.T, args ...string) (string, error) {
	t.Helper()
	cmd := tf.Command(t.Context(), args...)
	out, err := cmd.CombinedOutput()

	return string(out), err
}

// Must runs one command and fails the test if the command fails.
func (tf *Terraform) Must(t *testing.T, args ...string) string {
	t.Helper()

	out, err := tf.Run(t, args...)
	if err != nil {
		t.Fatalf("terraform %s: %v\n%s", strings.Join(args, " "), err, out)
	}

	return out
}

// Command returns one command that was not started yet.
func (tf *Terraform) Command(ctx context.Context, args ...string) *exec.Cmd {
	path := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if path == "" {
		path = "terraform"
	}

	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Dir = tf.Dir

	for _, pair := range os.Environ() {
		if !strings.HasPrefix(pair, "TF_") { // What the user's own runs are set to is not for tests.
			cmd.Env = append(cmd.Env, pair)
		}
	}

	cmd.Env = append(cmd.Env, tf.Env...)

	return cmd
}

func write(t *testing.T, name, content string) {
	t.Helper()

	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}

	if err := os.WriteFile(name, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}
