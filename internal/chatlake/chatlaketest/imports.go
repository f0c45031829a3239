package chatlaketest

import (
	"encoding/json"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// Imports is a configuration of objects that exist already, with an import block for each.
type Imports struct {
	t         *testing.T
	w         *acctest.World
	p         *acctest.Protocol
	resources Object
	blocks    []any
	checks    []plancheck.PlanCheck
}

// NewImports returns a configuration with the minimal object of each type that needs no other object.
func NewImports(t *testing.T, w *acctest.World, cases ...Case) *Imports {
	t.Helper()
	i := &Imports{t: t, w: w, p: w.Protocol(t, nil), resources: Object{}}

	for _, c := range cases {
		_, added := i.resources[c.Type]
		if c.Minimal != nil && len(c.Needs) == 0 && !added {
			i.Add(c.Type, "", c.Minimal)
		}
	}

	return i
}

// Add creates an object and adds it to the configuration. What an import names before the id is within.
func (i *Imports) Add(kind, within string, config acctest.Values) acctest.Object {
	i.t.Helper()
	created := Create(i.t, i.p, kind, config)
	i.resources[kind] = Object{"test": config}
	i.blocks = append(i.blocks, Object{"to": kind + ".test", "id": within + created.String("id")})
	i.checks = append(i.checks, plancheck.ExpectResourceAction(kind+".test", plancheck.ResourceActionNoop))

	return created
}

// Test imports the objects with Terraform: nothing is left to change, nothing is written, and destroy finds them all.
func (i *Imports) Test() {
	i.t.Helper()

	config, err := json.Marshal(Object{
		"provider": Object{"chatlake": Object{"chatlake": i.w.Block(nil)["chatlake"]}}, "resource": i.resources, "import": i.blocks,
	})
	if err != nil {
		i.t.Fatal(err)
	}

	i.w.Test(i.t, resource.TestStep{
		PreConfig: i.w.Journal.Clear,
		Config:    string(config), ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: i.checks},
		Check: func(*terraform.State) error { ExpectNoWrites(i.t, i.w); return nil },
	})
}
