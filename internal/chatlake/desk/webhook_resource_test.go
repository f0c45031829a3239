package desk_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// webhookCase holds the tests of chatlake_webhook.
var webhookCase = chatlaketest.Case{
	Type: "chatlake_webhook",
	PrepareTaken: func(t *testing.T, w *acctest.World) {
		t.Helper()
		chatlaketest.Request(t, w, "POST", "/webhooks", `{"webhook":{"url":"https://example.com/seen","name":"Seen"}}`)
	},
	Minimal: values{"url": "https://example.com/minimal"},
	Stages: []values{
		{"url": "https://example.com/one", "name": "One", "subscriptions": []any{"message_created"}, "inbox_id": fmt.Sprint(chatlake.APIInboxID)},
		{"url": "https://example.com/two", "name": "Two", "subscriptions": []any{"contact_created", "inbox_created"}, "inbox_id": fmt.Sprint(chatlake.APIInboxID)},
		{"url": "https://example.com/three", "inbox_id": fmt.Sprint(chatlake.APIInboxID)},
	},
	Key:  []string{"url"},
	Kept: map[string]string{"subscriptions": "they are followed once they are taken out"},
	Skip: map[string]string{"import owns nothing": chatlaketest.NotYet, "adoption": chatlaketest.NotYet},
	Refused: []acctest.Refused{
		{Config: values{"url": "example.com"}, Want: `must be an address that starts with`},
		{Config: values{"subscriptions": []any{}}, Want: `at least 1 elements`},
		{Config: values{"subscriptions": []any{"message_deleted"}}, Want: `must be one of`},
		{Config: values{"inbox_id": "x"}, Want: `must be a whole number`},
	},
	Accepted: []values{
		{"subscriptions": acctest.Unknown{}},
	},
	Replaced: values{"inbox_id": fmt.Sprint(chatlake.WebInboxID)},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/webhooks/%s", Body: `{"webhook":{"subscriptions":["contact_created"],"name":"By hand"}}`, Configured: values{"subscriptions": []any{"message_created"}}},
	},
	Taken: &chatlaketest.Taken{
		Config: values{"url": "https://example.com/seen"},
		More:   values{"name": "Ours"},
		Want:   map[string]string{"name": "Ours"},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_webhook", Config: values{"url": "https://example.com/seen"}, Want: map[string]string{"name": "Seen"}},
		{Type: "chatlake_webhook", Config: values{"id": "1"}, Message: "Webhook 1 does not exist"},
		{Type: "chatlake_webhooks", Config: values{}},
	},
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
