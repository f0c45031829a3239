package captain_test

import (
	"os"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/captain"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

// cases are the tests of all types.
var cases = []chatlaketest.Case{assistantCase, customToolCase, documentCase, inboxCase, responseCase, scenarioCase}

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, captain.Kinds().Resources(), cases...)
}

// assistantNeed is an assistant that an object is of.
func assistantNeed(name string) acctest.Need {
	return acctest.Need{Name: name, Type: "chatlake_captain_assistant", Config: values{"name": name, "description": "For tests"}}
}

// TestLacking covers servers that cannot have a type: one of the community edition, and one that is too old.
func TestLacking(t *testing.T) {
	t.Parallel()

	for name, lack := range map[string]chatlaketest.Lack{"community": chatlaketest.Community, "too old": chatlaketest.OlderThan("3.16.0")} {
		for _, c := range cases {
			t.Run(name+" "+c.Type, func(t *testing.T) {
				t.Parallel()
				lack.Test(t, c.Type)
			})
		}
	}
}

// TestCustomTool_off has an account without the features that tools need.
func TestCustomTool_off(t *testing.T) {
	t.Parallel()

	chatlaketest.Off("custom_tools", "captain_integration_v2").Test(t, "chatlake_captain_custom_tool")
}
