package acctest

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func TestMain(m *testing.M) {
	os.Exit(Main(m))
}

// standIn writes a program that reports itself as OpenTofu and looks for providers where OpenTofu does: it completes the
// sources of the configuration with that host, and runs the Terraform of the tests.
func standIn(t *testing.T) string {
	t.Helper()

	terraform := os.Getenv("TF_ACC_TERRAFORM_PATH")
	if terraform == "" {
		terraform = "terraform"
	}

	terraform, err := exec.LookPath(terraform)
	if err != nil {
		t.Skipf("there is no Terraform to stand in for OpenTofu: %v", err)
	}

	path := filepath.Join(t.TempDir(), "tofu")
	script := `#!/bin/sh
set -e
if [ "$1" = version ]; then
  if [ "$2" = -json ]; then echo '{"terraform_version":"1.12.6"}'; else echo 'OpenTofu v1.12.6'; fi
  exit 0
fi
for file in *.tf; do
  sed 's#"seed-426837f5/#"registry.opentofu.org/seed-426837f5/#' "$file" >"$file.new"
  mv "$file.new" "$file"
done
exec '` + terraform + `' "$@"
`
	if err := os.WriteFile(path, []byte(script), 0o700); err != nil { //nolint:gosec // It is a program.
		t.Fatal(err)
	}

	return path
}

// TestAccOpenTofuStandIn applies configurations with a program that looks for providers as OpenTofu does. It needs no
// OpenTofu; with one, the whole suite runs with it.
func TestAccOpenTofuStandIn(t *testing.T) { //nolint:paralleltest // It sets the environment.
	if os.Getenv("TF_ACC") == "" || runtime.GOOS == "windows" {
		t.Skip("Acceptance tests skipped unless env 'TF_ACC' set")
	}

	t.Setenv("TF_ACC_TERRAFORM_PATH", standIn(t))

	for _, source := range []string{"seed-426837f5/chat", "registry.terraform.io/seed-426837f5/chat"} {
		t.Run(source, func(t *testing.T) {
			w := New(t)
			tf := NewTerraform(t, []string{"chat"}, map[string]string{
				"main.tf": fmt.Sprintf("terraform {\n  required_providers {\n    chat = { source = %q }\n  }\n}\n", source) +
					w.Provider("chat", "chatlake") + "resource \"chatlake_label\" \"test\" {\n  provider = chat\n  title    = \"vip\"\n}\n",
			})

			said := tf.Must(t, "version")
			if !strings.HasPrefix(said, "OpenTofu") {
				t.Errorf("it reports itself as %s", said)
			}

			tf.Must(t, "init", "-no-color")

			said = tf.Must(t, "apply", "-auto-approve", "-no-color")
			if !strings.Contains(said, "1 added") {
				t.Errorf("apply says %s", said)
			}

			tf.Must(t, "plan", "-detailed-exitcode", "-no-color")
			tf.Must(t, "destroy", "-auto-approve", "-no-color")
		})
	}
}
