package chatlake_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const inboxAddress = "chatlake_inbox.test"

func inboxConfig(inside string) string {
	return fmt.Sprintf("resource \"chatlake_inbox\" \"test\" {\n  name = \"Test\"\n%s\n}\n", inside)
}

// inChannel expects a field of the channel.
func inChannel(field string, value knownvalue.Check) statecheck.StateCheck {
	return statecheck.ExpectKnownValue(inboxAddress, tfjsonpath.New("channel").AtMapKey(field), value)
}

func TestAccInbox_basic(t *testing.T) {
	w := acctest.New(t)
	basic := w.Config(inboxConfig(`channel = { type = "api" }`))
	w.Test(t,
		resource.TestStep{
			Config: basic,
			ConfigStateChecks: []statecheck.StateCheck{
				has(inboxAddress, "timezone", text("UTC")),
				has(inboxAddress, "enable_auto_assignment", knownvalue.Bool(true)),
				has(inboxAddress, "member_ids", knownvalue.SetExact(nil)),
				has(inboxAddress, "inbox_identifier", knownvalue.NotNull()),
				has(inboxAddress, "hmac_token", knownvalue.NotNull()),
				has(inboxAddress, "secret", knownvalue.NotNull()),
				has(inboxAddress, "callback_webhook_url", knownvalue.Null()),
				inChannel("hmac_mandatory", knownvalue.Bool(false)),
				inChannel("widget_color", knownvalue.Null()),
			},
		},
		resource.TestStep{
			Config:           w.Config(inboxConfig("channel = { type = \"api\", hmac_mandatory = true }\ntimeouts = { delete = \"1m\" }")),
			ConfigPlanChecks: planned(inboxAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{ // Gone behind our back.
			PreConfig: func() { deleteFirst(t, w, "inboxes", "Test") },
			Config:    basic, ConfigPlanChecks: planned(inboxAddress, plancheck.ResourceActionCreate),
		},
	)

	for _, e := range w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "PATCH" && strings.Contains(string(e.Body), `"type"`) }) {
		t.Errorf("a type in an update crashes the server: %s", e.Body)
	}
}

func TestAccInbox_attributes(t *testing.T) {
	w := acctest.New(t)
	config := func(inside string) string { return w.Config(inboxConfig("channel = { type = \"api\" }\n" + inside)) }
	id := func() any { return find(t, w, "inboxes", "name", "Test")["id"] }

	w.Test(t,
		resource.TestStep{Config: config(`
  greeting_message = "Hello"
  member_ids       = ["12"]
  csat_config      = { message = "How was it?" }
  working_hours    = [{ day_of_week = 1, open_all_day = true }, { day_of_week = 6, open_hour = 10, close_hour = 14 }]
`)},
		resource.TestStep{
			Config: config(`
  greeting_message = "Hello there"
  member_ids       = ["11", "13"]
  csat_config      = { display_type = "star" }
  working_hours    = [{ day_of_week = 1, closed_all_day = true }]
`),
			ConfigPlanChecks: planned(inboxAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{
			PreConfig: func() {
				got := members(t, w, fmt.Sprintf("/inbox_members/%v", id()))
				if !slices.Equal(got, []int{11, 13}) {
					t.Errorf("members %v", got)
				}
			},
			Config: config(""), ConfigPlanChecks: planned(inboxAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{has(inboxAddress, "greeting_message", knownvalue.Null()), has(inboxAddress, "member_ids", knownvalue.SetSizeExact(2))},
		},
	)

	for _, e := range w.Journal.Entries(func(e sandbox.Entry) bool { return strings.HasSuffix(e.Path, "inbox_members") }) {
		if strings.Contains(string(e.Body), `["`) {
			t.Errorf("ids sent as strings: %s", e.Body)
		}
	}
}

// TestAccInbox_secrets covers write-only secrets in real plans and states, and a trial of the mail servers that fails
// with 422 after everything was saved.
func TestAccInbox_secrets(t *testing.T) {
	w := acctest.New(t)
	config := func(login, password, version string) string {
		return w.Config(inboxConfig(fmt.Sprintf("channel = {\n type = \"email\"\n email = \"one@example.com\"\n imap_enabled = true\n imap_login = %q\n"+
			" imap_password_wo = %q\n imap_password_wo_version = %q\n}", login, password, version)))
	}
	w.Test(t,
		resource.TestStep{
			Config:            config("one", "hunter-one", "1"),
			ConfigStateChecks: []statecheck.StateCheck{inChannel("imap_password_wo", knownvalue.Null())},
		},
		resource.TestStep{Config: config("one", "hunter-none", "1"), ConfigPlanChecks: unchanged()},
		resource.TestStep{
			PreConfig: func() { w.Chatlake.SetSwitches(unreachable) },
			Config:    config("two", "hunter-two", "2"), ExpectError: mailServers,
		},
		resource.TestStep{ // The state holds what the platform has.
			Config: config("two", "hunter-two", "2"), ConfigPlanChecks: unchanged(),
			ConfigStateChecks: []statecheck.StateCheck{inChannel("imap_login", text("two"))},
		},
	)
	sentSecret(t, w, "hunter-one", 1)
	sentSecret(t, w, "hunter-none", 0)
	sentSecret(t, w, "hunter-two", 1)
}
