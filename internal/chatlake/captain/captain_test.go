package captain_test

import (
	"maps"
	"os"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/captain"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// cases are the tests of all types.
var cases = []chatlaketest.Case{assistantCase, customToolCase, responseCase, scenarioCase}

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, captain.Kinds().Resources(), cases...)
}

// assistantNeed is an assistant that an object is of.
func assistantNeed(name string) acctest.Need {
	return acctest.Need{Name: name, Type: "chatlake_captain_assistant", Config: values{"name": name, "description": "For tests"}}
}

// TestLacking covers servers that cannot have a type, and an account without its feature. Each operation says which of them it is and
// what to do, and no list passes for an empty one.
func TestLacking(t *testing.T) {
	t.Parallel()

	for name, server := range map[string]struct {
		change func(p *chatlake.Platform)
		want   string
		only   string
	}{
		"community": {
			change: func(p *chatlake.Platform) { p.SetSwitches(func(s *chatlake.Switches) { s.Enterprise = false }) },
			want:   "is of the community edition, and only the enterprise edition has",
		},
		"too old": {
			change: func(p *chatlake.Platform) { p.SetSwitches(func(s *chatlake.Switches) { s.Version = "3.16.0" }) },
			want:   "of the server or a newer one, and this one is 3.16.0",
		},
		"off": {
			change: func(p *chatlake.Platform) { p.SwitchFeatures(false, "custom_tools", "captain_integration_v2") },
			want:   "switches the feature custom_tools or captain_integration_v2 on for the account",
			only:   "chatlake_captain_custom_tool",
		},
	} {
		for _, c := range cases {
			if server.only != "" && server.only != c.Type {
				continue
			}

			t.Run(name+" "+c.Type, func(t *testing.T) {
				t.Parallel()
				w := acctest.New(t)
				w.Complaints = true
				config := madeNeeds(t, w, c)
				made := chatlaketest.Create(t, w.Protocol(t, nil), c.Type, config)
				server.change(w.Chatlake)

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

				_, diags = p.Data(t.Context(), c.Type+"s", plural(c.Type, config))
				expect("plural", diags.String())

				for _, listed := range p.List(c.Type, 0, plural(c.Type, config)) {
					expect("list", listed.Diagnostics.String())
				}

				if len(p.List(c.Type, 0, plural(c.Type, config))) == 0 {
					t.Error("the list is empty")
				}

				if name != "too old" { // A plan refuses what is too old.
					_, diags = p.Create(t.Context(), c.Type, config)
					expect("create", diags.String())
				}
			})
		}
	}
}

// madeNeeds makes what a case needs, and returns its minimal configuration with the ids of that.
func madeNeeds(t *testing.T, w *acctest.World, c chatlaketest.Case) values {
	t.Helper()

	config := maps.Clone(c.Minimal)
	if config["assistant_id"] != nil {
		config["assistant_id"] = chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_captain_assistant", assistantCase.Minimal).String("id")
	}

	return config
}

// plural is the configuration of a list of a type.
func plural(kind string, config values) values {
	if kind == "chatlake_captain_scenario" {
		return values{"assistant_id": config["assistant_id"]}
	}

	return values{}
}
