package inbox

import (
	"encoding/json"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// TestInboxFound_carrier covers what an inbox tells of its carrier: templates stand in a list, or in an object at Twilio.
func TestInboxFound_carrier(t *testing.T) {
	t.Parallel()

	for name, c := range map[string]struct{ answer, templates, voice, calls, refused string }{
		"WhatsApp": {
			`{"message_templates":[{"name":"hello"}],"reauthorization_required":false,"voice_enabled":false,"inbound_calls_enabled":true}`,
			`"[{\"name\":\"hello\"}]"`, "false", "true", "false",
		},
		"Twilio":                    {`{"content_templates":{"templates":[{"content_sid":"HX1"}]},"voice_enabled":true}`, `"[{\"content_sid\":\"HX1\"}]"`, "true", "<null>", "<null>"},
		"WhatsApp, nothing fetched": {`{"message_templates":[]}`, "<null>", "<null>", "<null>", "<null>"},
		"new WhatsApp":              {`{"message_templates":{}}`, "<null>", "<null>", "<null>", "<null>"},
		"Twilio, nothing fetched":   {`{"content_templates":{}}`, "<null>", "<null>", "<null>", "<null>"},
		"another channel":           {`{}`, "<null>", "<null>", "<null>", "<null>"},
	} {
		var (
			found api.Inbox
			m     inboxFound
		)

		err := json.Unmarshal([]byte(c.answer), &found.Channel)
		if err != nil {
			t.Fatal(err)
		}

		m.fromAPI(found)

		got := [4]string{m.Templates.String(), m.Voice.String(), m.Calls.String(), m.IsRefused.String()}
		if got != [4]string{c.templates, c.voice, c.calls, c.refused} {
			t.Errorf("%s: %v", name, got)
		}
	}
}
