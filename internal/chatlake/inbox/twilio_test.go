package inbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

const twilioCreate = "/api/v1/accounts/1/channels/twilio_channel"

func twilioConfig(kind string, more values) values {
	return values{"name": "Test", "channel": chatlaketest.With(values{"type": kind, "account_sid": "AC1", "auth_token_wo": "hunter-a"}, more)}
}

// TestInbox_twilioSettings gives a new inbox what the create of one at Twilio does not take.
func TestInbox_twilioSettings(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := chatlaketest.With(twilioConfig("twilio_whatsapp", values{"phone_number": "+14155550101", "api_key_sid": "SK1"}), values{
		"greeting_enabled": true, "greeting_message": "Hello", "csat_survey_enabled": true, "csat_config": values{"message": "Well?"},
		"working_hours": []any{values{"day_of_week": 1, "open_all_day": true}}, "member_ids": []any{"12"},
		"portal_id": chatlaketest.Create(t, p, "chatlake_portal", values{"slug": "help", "name": "Help"}).String("id"),
	})

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", config)
	if len(diags) > 0 || p.Changes(t.Context(), inbox, config) {
		t.Fatalf("created %v\n%s", inbox.State, diags)
	}

	updates := w.Journal.Entries(func(e sandbox.Entry) bool {
		return e.Method == http.MethodPatch && strings.Contains(e.Path, "/inboxes/")
	})
	if len(updates) != 1 {
		t.Errorf("%d updates, want one with all settings", len(updates))
	}

	found := chatlaketest.Find(t, w, "inboxes", "name", "Test")
	if found["greeting_message"] != "Hello" || found["phone_number"] != "whatsapp:+14155550101" || found["medium"] != "whatsapp" || found["api_key_sid"] != "SK1" {
		t.Errorf("the platform has %v", found)
	}

	read, diags := w.Protocol(t, nil).Read(t.Context(), inbox)
	if len(diags) > 0 || !read.State.Equal(inbox.State) {
		t.Errorf("read %v, want %v\n%s", read.State, inbox.State, diags)
	}
}

// TestInbox_twilioUnfinished keeps an inbox whose settings are refused after it was made.
func TestInbox_twilioUnfinished(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Faults.Add(sandbox.Fault{Method: http.MethodPatch, Status: 422, Body: `{"message":"No"}`, Header: map[string]string{"Content-Type": "application/json"}, Times: -1})

	config := chatlaketest.With(twilioConfig("twilio_sms", values{"phone_number": "+14155550101"}), values{"greeting_message": "Hello"})
	inbox, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_inbox", config)

	said := diags.String()
	if inbox.String("id") == "" || len(diags.Errors()) != 1 || !strings.Contains(said, "lacks what its create does not take") || !strings.Contains(said, "terraform untaint") {
		t.Errorf("created %v\n%s", inbox.State, said)
	}

	w.Faults.Clear()

	after, diags := w.Protocol(t, nil).Apply(t.Context(), inbox, config)
	if len(diags) > 0 || after.String("id") != inbox.String("id") || after.String("greeting_message") != "Hello" {
		t.Errorf("updated %v\n%s", after.State, diags)
	}
}

// TestInbox_twilioAnswers covers successes that do not look as expected: the inbox is found all the same.
func TestInbox_twilioAnswers(t *testing.T) {
	t.Parallel()

	for _, body := range []string{
		`{"id":104}`, `{"inbox":{"id":104}}`, `{"id":52,"account_sid":"AC1","phone_number":"+14155550101"}`, `{"message":"Done"}`, `{}`, `null`, ``, `[]`,
		`{"inbox":{"id":104,"channel_type":"Channel::TwilioSms","name":"Test","medium":"sms","phone_number":"+14155550101"}}`,
	} {
		w := acctest.New(t)
		p := w.Protocol(t, values{"max_retries": 0})
		w.Faults.Add(sandbox.Fault{
			Method: http.MethodPost, Path: twilioCreate, After: true, Status: 200, Body: body, Header: map[string]string{"Content-Type": "application/json"},
		})

		inbox, diags := p.Create(t.Context(), "chatlake_inbox", twilioConfig("twilio_sms", values{"phone_number": "+14155550101"}))

		found := chatlaketest.Find(t, w, "inboxes", "name", "Test")
		if len(diags.Errors()) > 0 || inbox.String("id") != fmt.Sprint(found["id"]) {
			t.Errorf("%s: created %v\n%s", body, inbox.State, diags)
		}
	}
}

// TestInbox_twilioRefused covers the one sentence about everything that is wrong.
func TestInbox_twilioRefused(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	first := chatlaketest.Create(t, w.Protocol(t, nil), "chatlake_inbox", twilioConfig("twilio_sms", values{"phone_number": "+14155550101"}))

	nothing, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_inbox", twilioConfig("twilio_sms", values{"phone_number": "+14155550101"}))

	said := diags.String()
	if !nothing.Gone() || !strings.Contains(said, "Phone number has already been taken") || !strings.Contains(said, "There is inbox "+first.String("id")+" with this phone_number") {
		t.Errorf("taken: %s", said)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.RejectChannelCredentials = true })

	nothing, diags = w.Protocol(t, nil).Create(t.Context(), "chatlake_inbox", twilioConfig("twilio_sms", values{"messaging_service_sid": "MG1"}))

	said = diags.String()
	if !nothing.Gone() || !strings.Contains(said, "20003") || !strings.Contains(said, "asks Twilio before it makes the inbox") || strings.Contains(said, "hunter") || strings.Contains(said, "Another account") {
		t.Errorf("credentials: %s", said)
	}
}

// TestInbox_twilioReplaced changes what the platform keeps without a word: that is another inbox. Numbers elsewhere change in place.
func TestInbox_twilioReplaced(t *testing.T) {
	t.Parallel()

	number, service := values{"phone_number": "+14155550101"}, values{"messaging_service_sid": "MG1"}

	for _, c := range []struct {
		kind          string
		before, after values
		replaced      bool
	}{
		{"twilio_sms", number, values{"phone_number": "+14155550102"}, true},
		{"twilio_whatsapp", number, values{"phone_number": "+14155550102"}, true},
		{"twilio_sms", number, service, true},
		{"twilio_sms", service, values{"messaging_service_sid": "MG2"}, true},
		{"twilio_sms", service, number, true},
		{"twilio_whatsapp", number, chatlaketest.With(number, values{"api_key_sid": "SK1"}), true},
		{"twilio_sms", number, chatlaketest.With(number, values{"api_key_sid": "SK1"}), false},
		{"twilio_whatsapp", number, chatlaketest.With(number, values{"account_sid": "AC2"}), false},
	} {
		p := acctest.New(t).Protocol(t, nil)
		inbox := chatlaketest.Create(t, p, "chatlake_inbox", twilioConfig(c.kind, c.before))

		plan, diags := p.Plan(t.Context(), inbox, twilioConfig(c.kind, c.after))
		if len(diags) > 0 || (len(plan.RequiresReplace) > 0) != c.replaced {
			t.Errorf("%s %v, then %v: replaced: %v, want %t\n%s", c.kind, c.before, c.after, plan.RequiresReplace, c.replaced, diags)
		}
	}
}
