package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestMain runs main itself where a test asks for it, as the binary would be.
func TestMain(m *testing.M) {
	if os.Getenv("CHAT_TEST_RUN_MAIN") != "" {
		main()
		return
	}

	os.Exit(m.Run())
}

func TestBinaryExplainsItself(t *testing.T) {
	for name, c := range map[string]struct {
		args []string
		exit int
	}{
		"no arguments":       {nil, 0},
		"help":               {[]string{"-help"}, 0},
		"unknown argument":   {[]string{"plan"}, 2},
		"unknown flag":       {[]string{"-sandbx"}, 2},
		"argument after all": {[]string{"-sandbox", "now"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			cmd := exec.CommandContext(t.Context(), os.Args[0], c.args...) //nolint:gosec // The test binary itself.

			cmd.Env = append(os.Environ(), "CHAT_TEST_RUN_MAIN=1", "TF_PLUGIN_MAGIC_COOKIE=")

			out, _ := cmd.CombinedOutput()
			if cmd.ProcessState.ExitCode() != c.exit {
				t.Errorf("exit status %d, want %d:\n%s", cmd.ProcessState.ExitCode(), c.exit, out)
			}

			for _, want := range []string{"is a plugin", "required_providers", "-sandbox", "-version", "-listen"} {
				if !strings.Contains(string(out), want) {
					t.Errorf("it does not say %q:\n%s", want, out)
				}
			}
		})
	}
}

func TestPluginServesWhenTerraformStartsIt(t *testing.T) {
	cmd := exec.CommandContext(t.Context(), os.Args[0]) //nolint:gosec // The test binary itself.

	// A wrong value: the plugin library looks at it, refuses and ends.
	cmd.Env = append(os.Environ(), "CHAT_TEST_RUN_MAIN=1", "TF_PLUGIN_MAGIC_COOKIE=wrong")

	out, _ := cmd.CombinedOutput()
	if strings.Contains(string(out), "required_providers") || !strings.Contains(string(out), "plugin") {
		t.Errorf("it explains itself to Terraform:\n%s", out)
	}
}
