package chatlake_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/config"
	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// TestAccSeeding applies examples/seeding, plans again, which must be empty, grows, shrinks, and destroys. With
// SEEDING_CONTACTS it does so at another size.
func TestAccSeeding(t *testing.T) {
	w := acctest.New(t)
	size := os.Getenv("SEEDING_CONTACTS")
	if size == "" {
		size = "20"
	}
	directory := t.TempDir()
	for _, name := range []string{"main.tf", "variables.tf", "outputs.tf", "people.csv"} {
		content, err := os.ReadFile(filepath.Join("..", "..", "examples", "seeding", name))
		if err != nil {
			t.Fatal(err)
		}
		text := strings.Replace(string(content), "provider \"chat\" {}\n", w.Provider("chat", "chatlake"), 1)
		if i := strings.Index(text, "terraform {\n"); i >= 0 { // The test names the provider itself.
			text = text[:i] + text[i+strings.Index(text[i:], "\n}\n")+3:]
		}
		if err := os.WriteFile(filepath.Join(directory, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	step := func(contacts string, checks ...plancheck.PlanCheck) resource.TestStep {
		return resource.TestStep{
			ProtoV6ProviderFactories: acctest.Factories(), ConfigDirectory: config.StaticDirectory(directory),
			ConfigVariables:  config.Variables{"contacts": config.StringVariable(contacts)},
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: checks},
		}
	}
	first := step(size)
	first.Check = resource.TestCheckOutput("contacts", size)
	shrink := step("10")
	shrink.PreConfig = func() {
		creates := 0
		for _, e := range w.Journal.Writes() {
			if e.Method == "POST" {
				creates++
			}
		}
		t.Logf("%s contacts: %d creating requests, %d requests in all", size, creates, w.Journal.Count(""))
	}
	resource.ParallelTest(t, resource.TestCase{Steps: []resource.TestStep{
		first, step(size, plancheck.ExpectEmptyPlan()), shrink,
	}})
}
