package talk_test

import (
	"maps"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// refusal is a configuration that a plan refuses, and words of the reason.
type refusal struct {
	config acctest.Values
	reason string
}

// refused adds each configuration to the base, which is accepted, and expects its reason.
func refused(t *testing.T, kind string, base acctest.Values, cases map[string]refusal) {
	t.Helper()
	p := acctest.NewProtocol(t)

	diags := p.Validate(kind, base)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for name, c := range cases {
		config := maps.Clone(base)
		maps.Copy(config, c.config)

		diags := p.Validate(kind, config).Errors()
		if !strings.Contains(diags.String(), c.reason) {
			t.Errorf("%s: %q is not in\n%s", name, c.reason, diags)
		}
	}
}
