package chatlaketest

import (
	"maps"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// Lack is a server, or an account, that does not have some types.
type Lack struct {
	// Change takes the types away.
	Change func(p *chatlake.Platform)
	// Want is what each operation says then, and WantNew what is said of a new object.
	Want, WantNew string
}

// Community is a server of the community edition.
var Community = Lack{
	Change:  func(p *chatlake.Platform) { p.SetSwitches(func(s *chatlake.Switches) { s.Enterprise = false }) },
	Want:    "is of the community edition, and only the enterprise edition has",
	WantNew: "is of the community edition, and only the enterprise edition has",
}

// Off is an account without any of the features that a type needs.
func Off(features ...string) Lack {
	advice := "switches the feature " + strings.Join(features, " or ") + " on for the account"

	return Lack{Change: func(p *chatlake.Platform) { p.SwitchFeatures(false, features...) }, Want: advice, WantNew: advice}
}

// OlderThan is a server that is older than all types of an area.
func OlderThan(version string) Lack {
	return Lack{
		Change:  func(p *chatlake.Platform) { p.SetSwitches(func(s *chatlake.Switches) { s.Version = version }) },
		Want:    "of the server or a newer one, and this one is " + version,
		WantNew: "or later, and the server runs " + version, // A plan refuses it.
	}
}

// Test makes the object of a type's example, takes the type away, and wants each operation to say why. No object passes for one
// that is gone, and no list for an empty one.
func (l Lack) Test(t *testing.T, kind string) {
	t.Helper()

	w := acctest.New(t)
	w.Complaints = true

	example, err := acctest.ReadExample(kind)
	if err != nil {
		t.Fatal(err)
	}

	before := w.Protocol(t, nil)
	need := func(kind string, config acctest.Values) acctest.Object { return Create(t, before, kind, config) }
	config := example.Config(t, need)
	made := need(kind, config)

	l.Change(w.Chatlake)

	// Each operation has a provider of its own, which says everything: what is the same for several objects is told once.
	expect := func(what, want string, ask func(p *acctest.Protocol) acctest.Diagnostics) {
		t.Helper()

		said := ask(w.Protocol(t, nil)).String()
		if !strings.Contains(said, want) {
			t.Errorf("%s: %q is not in\n%s", what, want, said)
		}
	}

	expect("read", l.Want, func(p *acctest.Protocol) acctest.Diagnostics {
		kept, diags := p.Read(t.Context(), made)
		if kept.Gone() {
			t.Error("the read took the object for gone")
		}

		return diags
	})

	entry, _ := permission.Find(kind)
	parents, one := acctest.Values{}, acctest.Values{}

	if entry.Plural != "" { // Else there is one in an account.
		parents, one["id"] = required(before, entry.Plural, config), made.String("id")
		maps.Copy(one, parents)

		expect("plural data source", l.Want, func(p *acctest.Protocol) acctest.Diagnostics {
			_, diags := p.Data(t.Context(), entry.Plural, parents)
			return diags
		})
	}

	expect("data source", l.Want, func(p *acctest.Protocol) acctest.Diagnostics {
		_, diags := p.Data(t.Context(), kind, one)
		return diags
	})
	expect("list", l.Want, func(p *acctest.Protocol) acctest.Diagnostics {
		listed := p.List(kind, 0, parents)
		if len(listed) != 1 {
			t.Fatalf("the list has %d rows, want an error", len(listed))
		}

		return listed[0].Diagnostics
	})
	expect("create", l.WantNew, func(p *acctest.Protocol) acctest.Diagnostics {
		_, diags := p.Create(t.Context(), kind, config)
		return diags
	})
}

// required returns what a data source needs of a configuration, such as the assistant whose scenarios it lists.
func required(p *acctest.Protocol, source string, config acctest.Values) acctest.Values {
	sources, _ := p.Questions()
	needed := acctest.Values{}

	for _, a := range sources[source].Block.Attributes {
		if a.Required {
			needed[a.Name] = config[a.Name]
		}
	}

	return needed
}
