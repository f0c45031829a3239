package enterprise_test

import (
	"os"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/enterprise"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// cases are the tests of all types.
var cases = []chatlaketest.Case{customRoleCase, slaPolicyCase, agentCapacityPolicyCase}

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, enterprise.Kinds().Resources(), cases...)
}

// TestAccImport imports one object of each type with blocks.
func TestAccImport(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.NewImports(t, w, cases...).Test()
}

// TestLacking covers servers that cannot have a type: one of the community edition, and one that is too old. Each operation says which
// of the two it is, and no list passes for an empty one.
func TestLacking(t *testing.T) {
	t.Parallel()

	for name, server := range map[string]struct {
		change func(s *chatlake.Switches)
		want   string
	}{
		"community": {func(s *chatlake.Switches) { s.Enterprise = false }, "is of the community edition, and only the enterprise edition has"},
		"too old":   {func(s *chatlake.Switches) { s.Version = "2.16.0" }, "of the server or a newer one, and this one is 2.16.0"},
	} {
		for _, c := range cases {
			t.Run(name+" "+c.Type, func(t *testing.T) {
				t.Parallel()
				w := acctest.New(t)
				w.Complaints = true
				made := chatlaketest.Create(t, w.Protocol(t, nil), c.Type, c.Minimal)
				w.Chatlake.SetSwitches(server.change)

				p := w.Protocol(t, nil)
				expect := func(what, said string) {
					if !strings.Contains(said, server.want) {
						t.Errorf("%s: %q is not in\n%s", what, server.want, said)
					}
				}

				kept, diags := p.Read(t.Context(), made)
				expect("read", diags.String())

				if kept.Gone() {
					t.Error("the read took the object for gone")
				}

				_, diags = p.Import(t.Context(), c.Type, c.Import.Keys[0]+":x")
				expect("import", diags.String())

				_, diags = p.Data(t.Context(), c.Type, values{"id": made.String("id")})
				expect("data source", diags.String())

				for _, listed := range p.List(c.Type, 0, nil) {
					expect("list", listed.Diagnostics.String())
				}

				if len(p.List(c.Type, 0, nil)) == 0 {
					t.Error("the list is empty")
				}

				if name == "community" { // A plan refuses what is too old.
					_, diags = p.Create(t.Context(), c.Type, c.Minimal)
					expect("create", diags.String())
				}
			})
		}
	}
}
