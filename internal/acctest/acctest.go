// Package acctest runs real Terraform with the provider against a sandbox of its own: each test has its own.
package acctest

import (
	"fmt"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/server"
)

// World is a sandbox that only one test sees.
type World struct {
	*server.Sandbox

	// URL is where the sandbox listens.
	URL string
	// Complaints says that the test means to send what a strict vendor would not take.
	Complaints bool

	real *realRun
}

// New starts a sandbox. When the test ends, it fails if the provider sent anything that a strict vendor would not have
// taken.
func New(t *testing.T) *World {
	t.Helper()
	return NewWith(t, sandbox.Options{})
}

// NewWith does what New does, with a clock, a seed or latency of the test's own.
func NewWith(t *testing.T, options sandbox.Options) *World {
	t.Helper()

	w := &World{Sandbox: server.New(options)}
	w.Chatlake.StopRaces()

	listener := httptest.NewServer(w.Handler())
	w.URL = listener.URL

	t.Cleanup(func() {
		listener.Close()

		if w.Complaints {
			return
		}

		for _, e := range w.Journal.Complaints() {
			t.Errorf("%s would not take %s %s %s: %s", e.Platform, e.Method, e.Path, e.Body, e.Complain)
		}
	})

	return w
}

// Test applies the steps with a provider under each of the four local names, so that configurations need neither
// required_providers nor provider = chat. It runs in parallel with others.
func (w *World) Test(t *testing.T, steps ...resource.TestStep) {
	t.Helper()
	resource.ParallelTest(t, resource.TestCase{ProtoV6ProviderFactories: Factories(), Steps: steps})
}

// Factories serves the provider under its own name and the platforms'.
func Factories() map[string]func() (tfprotov6.ProviderServer, error) {
	factories := map[string]func() (tfprotov6.ProviderServer, error){
		"chat": func() (tfprotov6.ProviderServer, error) { return newServer(), nil },
	}
	for _, platform := range []string{"kommunicate", "chatlake", "imichat"} {
		factories[platform] = func() (tfprotov6.ProviderServer, error) { return onlyOf(newServer(), platform), nil }
	}

	return factories
}

// Config returns HCL with a provider block for each platform in front of it.
func (w *World) Config(hcl string) string {
	var b strings.Builder
	for _, p := range w.Platforms() {
		b.WriteString(w.Provider(p.Name(), p.Name()))
	}

	return b.String() + hcl
}

// Provider returns a provider block of the local name that points the named platforms at the sandbox.
func (w *World) Provider(local string, platforms ...string) string {
	return fmt.Sprintf("provider %q {\n  max_retries = 4\n%s}\n", local, w.Settings(platforms...))
}

// Settings returns the inside of a provider block that points the named platforms at the sandbox.
func (w *World) Settings(platforms ...string) string {
	var b strings.Builder
	for _, platform := range platforms {
		fmt.Fprintf(&b, "  %s = {\n", platform)

		for _, pair := range w.Environment(w.URL) {
			name, value, _ := strings.Cut(pair, "=")
			if attribute, ok := strings.CutPrefix(strings.ToLower(name), platform+"_"); ok {
				fmt.Fprintf(&b, "    %s = %q\n", attribute, value)
			}
		}

		b.WriteString("  }\n")
	}

	return b.String()
}
