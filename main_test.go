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

			for _, want := range []string{"is a plugin", "required_providers", "-sandbox", "-version", "-listen", "-export", "-only", "-skip", "-with-people", "-provider", "-force"} {
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

// TestExport runs the flag as people do: without settings, against a folder that holds something, and with an unknown type.
func TestExport(t *testing.T) {
	full := t.TempDir()
	if err := os.WriteFile(full+"/main.tf", nil, 0o600); err != nil {
		t.Fatal(err)
	}

	for want, args := range map[string][]string{
		"no platform is configured": {"-export", t.TempDir()},
		"is not empty":              {"-export", full, "-only", "chatlake"},
		"is neither a platform":     {"-export", t.TempDir(), "-skip", "chatlake_labels"},
		"need -export":              {"-only", "chatlake"},
	} {
		cmd := exec.CommandContext(t.Context(), os.Args[0], args...) //nolint:gosec // The test binary itself.

		cmd.Env = []string{"CHAT_TEST_RUN_MAIN=1"}
		if want == "is not empty" {
			cmd.Env = append(cmd.Env, "CHATLAKE_BASE_URL=http://127.0.0.1:1")
		}

		out, _ := cmd.CombinedOutput()
		if cmd.ProcessState.ExitCode() == 0 || !strings.Contains(string(out), want) {
			t.Errorf("%v: status %d\n%s", args, cmd.ProcessState.ExitCode(), out)
		}
	}
}
