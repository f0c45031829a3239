package desk_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var webhookCases = acctest.Cases{
	Type: "chatlake_webhook",
	Late: map[string]string{
		"subscriptions": "Without any, the platform subscribes to all events that its release knows.",
	},
	Needs: []acctest.Need{
		{Name: "first", Type: "chatlake_inbox", Config: values{"name": "First", "channel": values{"type": "api"}}},
		{Name: "second", Type: "chatlake_inbox", Config: values{"name": "Second", "channel": values{"type": "api"}}},
	},
	Minimal: values{"url": "https://example.com/minimal"},
	Stages: []values{
		{"url": "https://example.com/one", "name": "One", "subscriptions": []any{"message_created"}, "inbox_id": acctest.Ref("first", "id")},
		{"url": "https://example.com/two", "name": "Two", "subscriptions": []any{"contact_created", "inbox_created"}, "inbox_id": acctest.Ref("second", "id")},
	},
	Uncleared: map[string]string{"url": "no webhook is without an address; what is taken out is followed"},
	Kept:      map[string]string{"subscriptions": "subscriptions that are not configured are followed"},
	Refused: []acctest.Refused{
		{Config: values{"url": "example.com"}, Want: `must be an address that starts with`},
		{Config: values{"inbox_id": "x"}, Want: `must be a whole number`},
	},
	Accepted: []values{
		{"subscriptions": acctest.Unknown{}},
		{"url": "https://example.com/" + strings.Repeat("x", 2000)},
	},
	Drift: map[string]func(*testing.T, *acctest.World, acctest.Object){
		"subscriptions": chatlaketest.DriftBy("PATCH", "/webhooks/%s", `{"webhook":{"subscriptions":["contact_created"],"name":"By hand"}}`),
	},
	Key:    []string{"url"},
	Import: acctest.Import{Keys: []string{"url"}},
}

// TestWebhook_data reads webhooks.
func TestWebhook_data(t *testing.T) {
	t.Parallel()
	chatlaketest.RunData(t,
		func(t *testing.T, w *acctest.World) {
			t.Helper()
			chatlaketest.Request(t, w, "POST", "/webhooks", `{"webhook":{"url":"https://example.com/seen","name":"Seen"}}`)
		},
		chatlaketest.Data{Type: "chatlake_webhook", Config: values{"url": "https://example.com/seen"}, Want: map[string]string{"name": "Seen"}},
		chatlaketest.Data{Type: "chatlake_webhook", Config: values{"id": "1"}, Message: `The webhook with id "1" does not exist`},
		chatlaketest.Data{Type: "chatlake_webhooks", Config: values{}},
	)
}

// TestWebhook_generated imports a webhook into the configuration that Terraform generates: it writes null for what is sensitive.
func TestWebhook_generated(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	chatlaketest.Request(t, w, "POST", "/webhooks", `{"webhook":{"url":"https://example.com/by-hand","name":"By hand"}}`)
	p := w.Protocol(t, nil)

	hook, diags := p.Import(t.Context(), "chatlake_webhook", "url:https://example.com/by-hand")
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	applied, diags := p.Apply(t.Context(), hook, values{"url": nil, "name": "By hand"})
	if len(diags) > 0 || applied.String("url") != "https://example.com/by-hand" {
		t.Errorf("applied %v\n%s", applied.State, diags)
	}

	writes := w.Journal.Writes()
	if len(writes) != 1 { // That of this test.
		t.Errorf("%d writes: %v", len(writes), writes)
	}
}

// TestWebhook_withoutAddress plans new webhooks that have no address.
func TestWebhook_withoutAddress(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, nil)

	for _, config := range []values{{"name": "New"}, {"name": "New", "url": ""}} {
		_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_webhook"}, config)
		if !strings.Contains(diags.String(), "A new object needs url") {
			t.Errorf("%v: %s", config, diags)
		}
	}
}

// TestWebhook_unknownInbox covers the id of an inbox that does not exist: the server stores it, and never returns it.
func TestWebhook_unknownInbox(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, nil)

	hook, diags := p.Create(t.Context(), "chatlake_webhook", values{"url": "https://example.com", "inbox_id": "99999"})
	if hook.Gone() || !strings.Contains(diags.String(), "has no inbox 99999") {
		t.Errorf("created %v\n%s", hook.State, diags)
	}
}

// TestWebhook_oldServer covers a server that has no names and no secrets of webhooks.
func TestWebhook_oldServer(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.7.0" })
	p := w.Protocol(t, nil)

	hook, diags := p.Create(t.Context(), "chatlake_webhook", values{"url": "https://example.com"})
	if len(diags) > 0 || hook.String("secret") != "" {
		t.Errorf("created %v\n%s", hook.State, diags)
	}
}
