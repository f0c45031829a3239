package rules_test

import (
	"fmt"
	"os"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/rules"
)

type values = acctest.Values

func TestMain(m *testing.M) {
	os.Exit(acctest.Main(m))
}

var cases = []chatlaketest.Case{automationRuleCase, macroCase, customFilterCase}

func TestCases(t *testing.T) {
	t.Parallel()
	chatlaketest.Run(t, rules.Resources(), cases...)
}

// TestAccImport imports one object of each type with blocks.
func TestAccImport(t *testing.T) {
	w := acctest.New(t)
	chatlaketest.NewImports(t, w, cases...).Test()
}

// TestOpenAPI sends every request about the objects of this area, and compares it and its answer with a description.
func TestOpenAPI(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	checker := chatlaketest.CheckAPI(t, w, "rules")
	p := w.Protocol(t, nil)

	var made []acctest.Object
	for _, c := range cases {
		made = append(made, chatlaketest.ApplyAndImport(t, w, p, c.Type, "", c.Stages...))
	}

	// The provider asks for one that the list does not show.
	chatlaketest.Request(t, w, "GET", fmt.Sprintf("/macros/%v", chatlaketest.Find(t, w, "macros", "name", "Two")["id"]), "")
	chatlaketest.Destroy(t, p, made...)
	checker.ExpectComplete()
}

// TestData_keys covers names that several objects have.
func TestData_keys(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	for range 2 {
		chatlaketest.Request(t, w, "POST", "/automation_rules", `{"name":"Twice","event_name":"message_created","conditions":[],"actions":[]}`)
		chatlaketest.Request(t, w, "POST", "/macros", `{"name":"Twice","visibility":"global","actions":[]}`)
		chatlaketest.Request(t, w, "POST", "/custom_filters", `{"custom_filter":{"name":"Twice","filter_type":"contact","query":{}}}`)
	}

	p := w.Protocol(t, nil)
	for _, object := range []string{"automation_rule", "macro", "custom_filter"} {
		chatlaketest.ExpectSeveral(t, p, object, "name", "Twice")
	}
}
