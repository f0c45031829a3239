package enterprise_test

import (
	"os"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/enterprise"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// cases are the tests of all types.
var cases = []chatlaketest.Case{customRoleCase, slaPolicyCase, agentCapacityPolicyCase, companyCase, samlCase}

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, enterprise.Kinds().Resources(), cases...)
}

// TestAccImport imports one object of each type with blocks.
func TestAccImport(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.NewImports(t, w, cases...).Test()
}

// TestLacking covers servers that cannot have a type: one of the community edition, and one that is too old.
func TestLacking(t *testing.T) {
	t.Parallel()

	for name, lack := range map[string]chatlaketest.Lack{"community": chatlaketest.Community, "too old": chatlaketest.OlderThan("2.16.0")} {
		for _, c := range cases {
			t.Run(name+" "+c.Type, func(t *testing.T) {
				t.Parallel()
				lack.Test(t, c.Type)
			})
		}
	}
}
