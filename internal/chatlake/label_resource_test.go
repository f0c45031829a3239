package chatlake_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

const labelAddress = "chatlake_label.test"

func labelConfig(inside string) string {
	return fmt.Sprintf("resource \"chatlake_label\" \"test\" {\n%s\n}\n", inside)
}

func TestAccLabel_basic(t *testing.T) {
	w := acctest.New(t)
	basic := w.Config(labelConfig(`title = "vip-customers"`))
	w.Test(t,
		resource.TestStep{
			Config: basic,
			ConfigStateChecks: []statecheck.StateCheck{
				statecheck.ExpectKnownValue(labelAddress, tfjsonpath.New("title"), knownvalue.StringExact("vip-customers")),
				statecheck.ExpectKnownValue(labelAddress, tfjsonpath.New("color"), knownvalue.StringExact("#1f93ff")),
				statecheck.ExpectKnownValue(labelAddress, tfjsonpath.New("description"), knownvalue.Null()),
				statecheck.ExpectKnownValue(labelAddress, tfjsonpath.New("show_on_sidebar"), knownvalue.Null()),
			},
		},
		resource.TestStep{ResourceName: labelAddress, ImportState: true, ImportStateVerify: true},
		resource.TestStep{ // Nothing is written for what is decided on this side.
			PreConfig: w.Journal.Clear,
			Config:    w.Config(labelConfig("title = \"vip-customers\"\nadopt_existing = true")),
		},
		resource.TestStep{ // Gone behind our back.
			PreConfig: func() {
				noWrites(t, w)
				deleteFirst(t, w, "labels", "vip-customers")
			},
			Config:           basic,
			ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{plancheck.ExpectResourceAction(labelAddress, plancheck.ResourceActionCreate)}},
		},
	)
}

func TestAccLabel_attributes(t *testing.T) {
	w := acctest.New(t)
	all := w.Config(labelConfig("title = \"vip\"\ndescription = \"Pays more\"\ncolor = \"#ff0000\"\nshow_on_sidebar = true"))
	bare := w.Config(labelConfig("title = \"vip\""))
	byHand := func(body string) func() {
		return func() {
			request(t, w, "PATCH", fmt.Sprintf("/labels/%v", find(t, w, "labels", "title", "vip")["id"]), body)
		}
	}
	w.Test(t,
		resource.TestStep{Config: all},
		resource.TestStep{ // What is configured is put back.
			PreConfig: byHand(`{"label":{"color":"#0000ff"}}`),
			Config:    all, ConfigPlanChecks: planned(labelAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{ // Removed: cleared, or no longer managed.
			Config: bare, ConfigPlanChecks: planned(labelAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{has(labelAddress, "description", knownvalue.Null()), has(labelAddress, "color", text("#ff0000"))},
		},
		resource.TestStep{ // What nobody configures is followed silently.
			PreConfig: byHand(`{"label":{"color":"#0000ff","description":"By hand"}}`),
			Config:    bare, ConfigPlanChecks: unchanged(),
		},
	)
	if held := find(t, w, "labels", "title", "vip"); held != nil {
		t.Errorf("destroy left %v", held)
	}
}
