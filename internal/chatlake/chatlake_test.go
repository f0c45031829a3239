package chatlake_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// everything configures one object of each type, with references between them.
func everything(word string) string {
	return fmt.Sprintf(`
resource "chatlake_label" "test" {
  title       = "everything"
  description = %[1]q
}
resource "chatlake_agent" "test" {
  email = "office.agent@example.com"
  name  = %[1]q
}
resource "chatlake_canned_response" "test" {
  short_code = "Office"
  content    = %[1]q
}
resource "chatlake_webhook" "test" {
  url  = "https://example.com/office"
  name = %[1]q
}
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
resource "chatlake_team" "test" {
  name        = "office"
  description = %[1]q
  member_ids  = ["11", chatlake_agent.test.id]
}
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

// TestAccConfiguration applies everything at once with Terraform, changes it in place, and finds what somebody took away.
func TestAccConfiguration(t *testing.T) {
	w := acctest.New(t)
	one, two := w.Config(everything("one")), w.Config(everything("two"))

	var updates []plancheck.PlanCheck
	for _, kind := range []string{
		"chatlake_label", "chatlake_team", "chatlake_agent", "chatlake_canned_response", "chatlake_webhook",
		"chatlake_custom_attribute_definition", "chatlake_agent_bot", "chatlake_assignment_policy", "chatlake_dashboard_app", "chatlake_automation_rule",
		"chatlake_macro", "chatlake_custom_filter", "chatlake_contact_note", "chatlake_account_settings", "chatlake_portal", "chatlake_category", "chatlake_article",
	} {
		updates = append(updates, plancheck.ExpectResourceAction(kind+".test", plancheck.ResourceActionUpdate))
	}

	w.Test(t,
		resource.TestStep{
			Config: one, ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has("chatlake_label.test", "color", chatlaketest.Text("#1f93ff")), chatlaketest.Has("chatlake_label.test", "show_on_sidebar", knownvalue.Null()),
				chatlaketest.Has("chatlake_agent.test", "role", chatlaketest.Text("agent")), chatlaketest.Has("chatlake_agent.test", "auto_offline", knownvalue.Bool(true)),
				chatlaketest.Has("chatlake_team.test", "member_ids", knownvalue.SetSizeExact(2)),
				chatlaketest.Has("chatlake_webhook.test", "subscriptions", knownvalue.SetSizeExact(8)), chatlaketest.Has("chatlake_webhook.test", "secret", knownvalue.NotNull()),
			},
		},
		resource.TestStep{
			Config: two, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: updates},
			ConfigStateChecks: []statecheck.StateCheck{
				chatlaketest.Has("chatlake_agent_bot.test", "access_token", knownvalue.NotNull()),
				chatlaketest.Has("chatlake_article.test", "position", knownvalue.Int64Exact(10)),
			},
		},
		resource.TestStep{ // Gone behind our back; the automation rule, too, which the server crashes over.
			PreConfig: func() {
				chatlaketest.DeleteFirst(t, w, "automation_rules", "Rule")
				chatlaketest.DeleteFirst(t, w, "macros", "Macro")
				chatlaketest.DeleteFirst(t, w, "labels", "everything")
			},
			Config: two, ConfigPlanChecks: resource.ConfigPlanChecks{PreApply: []plancheck.PlanCheck{
				plancheck.ExpectResourceAction("chatlake_automation_rule.test", plancheck.ResourceActionCreate),
				plancheck.ExpectResourceAction("chatlake_macro.test", plancheck.ResourceActionCreate),
				plancheck.ExpectResourceAction("chatlake_label.test", plancheck.ResourceActionCreate),
			}},
		},
	)

	n := w.Journal.Count("GET /api/v1/accounts/{account}/agents")
	if n == 0 {
		t.Error("agents are not read by list")
	}

	for _, e := range w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "PATCH" && strings.HasSuffix(e.Path, "team_members") }) {
		if strings.Contains(string(e.Body), `["`) {
			t.Errorf("ids sent as strings: %s", e.Body) // They would empty the team.
		}
	}
}
