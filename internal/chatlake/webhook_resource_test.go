package chatlake_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

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

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "2.4.0" })

	_, diags = w.Protocol(t, nil).Create(t.Context(), "chatlake_webhook", values{"url": "https://example.com", "subscriptions": []any{"message_created"}})
	if !strings.Contains(diags.String(), "subscriptions of a webhook needs version 2.5.0") {
		t.Error(diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.7.0" })

	hook, diags = p.Create(t.Context(), "chatlake_webhook", values{"url": "https://example.com"})
	if len(diags) > 0 || hook.String("secret") != "" {
		t.Errorf("created %v\n%s", hook.State, diags)
	}
}
