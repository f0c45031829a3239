package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"gopkg.in/yaml.v3"
)

// TestPack packs the tests of a small package and runs them without Go on the PATH.
func TestPack(t *testing.T) {
	t.Parallel()

	out := filepath.Join(t.TempDir(), "tests")
	if err := pack(t.Context(), out, []string{"./internal/chatlake/release"}); err != nil {
		t.Fatal(err)
	}

	cmd := exec.CommandContext(t.Context(), out, "-test.v", "-test.run=^Test")
	cmd.Env = []string{"CHATLAKE_REAL_URL=http://127.0.0.1:1", "PATH=/nowhere", "TMPDIR=" + t.TempDir()}

	said, err := cmd.CombinedOutput()
	if err != nil || !strings.HasPrefix(string(said), "== release\n") || !strings.Contains(string(said), "--- PASS: Test") {
		t.Errorf("%v\n%s", err, said)
	}

	cmd = exec.CommandContext(t.Context(), out)
	cmd.Env = []string{}

	said, err = cmd.CombinedOutput()
	if err == nil || !strings.Contains(string(said), "set CHATLAKE_REAL_URL") {
		t.Errorf("%v\n%s", err, said)
	}
}

// TestCompose holds compose.yml to what a run needs. There may be no containers here, so it is not started.
func TestCompose(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile(filepath.Join("..", "..", "..", "compose.yml"))
	if err != nil {
		t.Fatal(err)
	}

	var compose struct {
		Services map[string]struct {
			Image     string
			Command   any
			DependsOn map[string]struct{ Condition string } `yaml:"depends_on"`
			Check     struct{ Test any }                    `yaml:"healthcheck"`
		}
	}
	if err := yaml.Unmarshal(text, &compose); err != nil {
		t.Fatal(err)
	}

	for name, image := range map[string]string{
		"server": "chatwoot/chatwoot:", "worker": "chatwoot/chatwoot:", "prepare": "chatwoot/chatwoot:", "postgres": "pgvector/pgvector:", "redis": "redis:",
	} {
		service, ok := compose.Services[name]
		if !ok || !strings.HasPrefix(service.Image, image) || strings.HasSuffix(service.Image, ":latest") {
			t.Errorf("service %s has the image %q", name, service.Image)
		}

		for other := range service.DependsOn {
			if _, ok := compose.Services[other]; !ok {
				t.Errorf("service %s needs %s, which is not there", name, other)
			}
		}
	}

	for _, name := range []string{"server", "postgres", "redis"} {
		if compose.Services[name].Check.Test == nil {
			t.Errorf("service %s has no health check", name)
		}
	}
}

// TestNightly wants the nightly workflow to run on the releases at the ends of each range that the policy promises.
func TestNightly(t *testing.T) {
	t.Parallel()

	text, err := os.ReadFile(filepath.Join("..", "..", "..", ".github", "workflows", "nightly.yml"))
	if err != nil {
		t.Fatal(err)
	}

	wanted := []string{string(release.Newest)}

	for _, support := range release.Policy() {
		if support.Tested {
			wanted = append(wanted, string(support.From))
		}
	}

	for _, version := range wanted {
		if !strings.Contains(string(text), `"`+version+`"`) {
			t.Errorf("nightly.yml does not run on %s", version)
		}
	}
}
