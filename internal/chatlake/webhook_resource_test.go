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
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestAccWebhook_basic(t *testing.T) {
	const address = "chatlake_webhook.test"
	w := acctest.New(t)
	config := func(more string) string {
		return w.Config(fmt.Sprintf("resource \"chatlake_webhook\" \"test\" {\n url = \"https://example.com/hook\"\n%s\n}", more))
	}
	w.Test(t,
		resource.TestStep{
			Config: config(""),
			ConfigStateChecks: []statecheck.StateCheck{
				has(address, "subscriptions", knownvalue.SetSizeExact(8)), has(address, "secret", knownvalue.NotNull()), has(address, "inbox_id", knownvalue.Null()),
			},
		},
		resource.TestStep{ResourceName: address, ImportState: true, ImportStateVerify: true},
		resource.TestStep{Config: config("name = \"Hook\"\nsubscriptions = [\"message_created\"]"), ConfigPlanChecks: planned(address, plancheck.ResourceActionUpdate)},
		resource.TestStep{ // What is configured is put back.
			PreConfig: func() {
				hook := find(t, w, "webhooks", "name", "Hook")
				request(t, w, "PATCH", fmt.Sprintf("/webhooks/%v", hook["id"]), `{"webhook":{"subscriptions":["contact_created"]}}`)
			},
			Config: config("name = \"Hook\"\nsubscriptions = [\"message_created\"]"), ConfigPlanChecks: planned(address, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{ // Gone behind our back.
			PreConfig: func() { deleteFirst(t, w, "webhooks", "Hook") },
			Config:    config(""), ConfigPlanChecks: planned(address, plancheck.ResourceActionCreate),
		},
	)
}

// TestWebhook_inbox covers the inbox of a webhook: another one is another webhook.
func TestWebhook_inbox(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := func(inbox int) values { return values{"url": "https://example.com", "inbox_id": fmt.Sprint(inbox)} }
	hook, diags := p.Create(t.Context(), "chatlake_webhook", config(chatlake.APIInboxID))
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	if plan, diags := p.Plan(t.Context(), hook, config(chatlake.WebInboxID)); len(diags) > 0 || len(plan.RequiresReplace) == 0 {
		t.Errorf("not replaced\n%s", diags)
	}
}

// TestWebhook_oldServer covers a name that an old server would ignore.
func TestWebhook_oldServer(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.7.0" })
	p := w.Protocol(t, nil)
	hook, diags := p.Create(t.Context(), "chatlake_webhook", values{"url": "https://example.com", "name": "Hook"})
	if !hook.Gone() || !strings.Contains(diags.String(), "name of a webhook needs version 4.8.0") {
		t.Errorf("created %v\n%s", hook.State, diags)
	}
	if hook, diags = p.Create(t.Context(), "chatlake_webhook", values{"url": "https://example.com"}); len(diags) > 0 || hook.String("secret") != "" {
		t.Errorf("created %v\n%s", hook.State, diags)
	}
}
