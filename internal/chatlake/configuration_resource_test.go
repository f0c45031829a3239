package chatlake_test

import (
	"fmt"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/terraform"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// office is one of everything that the quicker tests take apart, with references between them.
func office(word string) string {
	return fmt.Sprintf(`
resource "chatlake_custom_attribute_definition" "test" {
  attribute_display_name = "Plan %[1]s"
  attribute_key          = "plan"
  attribute_display_type = "list"
  attribute_values       = ["free", %[1]q]
}
resource "chatlake_agent_bot" "test" {
  name       = "Bot"
  bot_config = { word = %[1]q, depth = 2, on = true }
}
resource "chatlake_assignment_policy" "test" {
  name        = "Policy"
  description = %[1]q
}
resource "chatlake_dashboard_app" "test" {
  title   = "App"
  content = [{ url = "https://example.com/%[1]s" }]
}
resource "chatlake_team" "test" { name = "office" }
resource "chatlake_automation_rule" "test" {
  name       = "Rule"
  event_name = "conversation_created"
  conditions = [
    { attribute_key = "plan", filter_operator = "equal_to", values = [%[1]q], query_operator = "AND", custom_attribute_type = "conversation_attribute" },
    { attribute_key = "team_id", filter_operator = "is_not_present", values = [] },
  ]
  actions    = [{ action_name = "assign_team", action_params = [chatlake_team.test.id] }]
  depends_on = [chatlake_custom_attribute_definition.test]
}
resource "chatlake_macro" "test" {
  name    = "Macro"
  actions = [{ action_name = "send_message", action_params = [%[1]q] }, { action_name = "mute_conversation", action_params = [] }]
}
resource "chatlake_custom_filter" "test" {
  name        = "Filter"
  filter_type = "contact"
  query       = { payload = [{ attribute_key = "name", filter_operator = "contains", values = [%[1]q] }] }
}
resource "chatlake_contact" "test" { email = "office@example.com" }
resource "chatlake_contact_note" "test" {
  contact_id = chatlake_contact.test.id
  content    = %[1]q
}
resource "chatlake_account_settings" "test" { industry = %[1]q }
resource "chatlake_portal" "test" {
  slug        = "office"
  name        = "Office"
  header_text = %[1]q
}
resource "chatlake_category" "test" {
  portal_slug = chatlake_portal.test.slug
  name        = "Category"
  slug        = "category"
  description = %[1]q
}
resource "chatlake_article" "test" {
  portal_slug = chatlake_portal.test.slug
  category_id = chatlake_category.test.id
  title       = "Article"
  author_id   = "11"
  content     = %[1]q
}
`, word)
}

// TestAccConfiguration applies everything at once with Terraform, changes it in place, imports it, and finds what
// somebody took away.
func TestAccConfiguration(t *testing.T) {
	w := acctest.New(t)
	one, two := w.Config(office("one")), w.Config(office("two"))
	var updates []plancheck.PlanCheck
	imports := []resource.TestStep{}
	for _, kind := range []string{
		"chatlake_custom_attribute_definition", "chatlake_agent_bot", "chatlake_assignment_policy", "chatlake_dashboard_app", "chatlake_automation_rule",
		"chatlake_macro", "chatlake_custom_filter", "chatlake_contact_note", "chatlake_account_settings", "chatlake_portal", "chatlake_category", "chatlake_article",
	} {
		updates = append(updates, plancheck.ExpectResourceAction(kind+".test", plancheck.ResourceActionUpdate))
	}
	for kind, parent := range map[string]string{"chatlake_contact_note": "contact_id", "chatlake_article": "portal_slug"} {
		imports = append(imports, resource.TestStep{
			ResourceName: kind + ".test", ImportState: true, ImportStateVerify: true,
			ImportStateIdFunc: func(s *terraform.State) (string, error) {
				found := s.RootModule().Resources[kind+".test"].Primary
				return found.Attributes[parent] + "/" + found.ID, nil
			},
		})
	}
	w.Test(t, append([]resource.TestStep{
		{Config: one},
		{
			Config: two, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: updates},
			ConfigStateChecks: []statecheck.StateCheck{
				has("chatlake_agent_bot.test", "access_token", knownvalue.NotNull()),
				has("chatlake_article.test", "position", knownvalue.Int64Exact(10)),
			},
		},
		{ // Gone behind our back; the automation rule, too, which the server crashes over.
			PreConfig: func() {
				deleteFirst(t, w, "automation_rules", "Rule")
				deleteFirst(t, w, "macros", "Macro")
				deleteFirst(t, w, "dashboard_apps", "App")
			},
			Config: two, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction("chatlake_automation_rule.test", plancheck.ResourceActionCreate),
				plancheck.ExpectResourceAction("chatlake_macro.test", plancheck.ResourceActionCreate),
				plancheck.ExpectResourceAction("chatlake_dashboard_app.test", plancheck.ResourceActionCreate),
			}},
		},
	}, imports...)...)
}
