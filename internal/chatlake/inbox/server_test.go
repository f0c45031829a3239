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

// TestInbox_agentToken covers a token that sees only its own inboxes: one that it may not see is not gone.
func TestInbox_agentToken(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	inbox, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_inbox", inboxCase.Minimal)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	other := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.SecondAgentToken}})

	read, diags := other.Read(t.Context(), inbox)
	if read.Gone() || !strings.Contains(diags.String(), "not authorized") {
		t.Errorf("read %v\n%s", read.State, diags)
	}
}

// TestInbox_oldServer covers a server whose inboxes lack fields that newer ones have.
func TestInbox_oldServer(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.1.0" })
	p := w.Protocol(t, nil)

	widget := values{"type": "web_widget", "website_url": "https://example.com"}
	config := values{"name": "Old", "channel": widget} // It lacks some fields, and that is no harm.

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", config)
	if len(diags) > 0 || p.Changes(t.Context(), inbox, config) {
		t.Errorf("created %v\n%s", inbox.State, diags)
	}
}

// TestInbox_hoursIgnored covers a platform that keeps its hours without a word.
func TestInbox_hoursIgnored(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	answer := `{"id":104,"name":"Minimal","channel_type":"Channel::Api","working_hours":[{"day_of_week":1,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0}]}`
	w.Faults.Add(sandbox.Fault{
		Name: "ignored", Method: http.MethodPatch, Status: http.StatusOK, Body: answer, Header: map[string]string{"Content-Type": "application/json"},
	})

	config := chatlaketest.With(inboxCase.Minimal, values{"working_hours": []any{values{"day_of_week": 1, "closed_all_day": true}}})
	inbox, diags := p.Create(t.Context(), "chatlake_inbox", config)

	said := diags.String()
	if inbox.Gone() || !strings.Contains(said, "Unable to set the working hours") || !strings.Contains(said, "did not say why: 1.") {
		t.Errorf("created %v\n%s", inbox.State, said)
	}

	if !p.Changes(t.Context(), inbox, config) {
		t.Error("the next plan does not see it")
	}
}

// TestInbox_otherChannel covers an inbox that was set up in a browser, by a server that says so.
func TestInbox_otherChannel(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	w.Faults.Add(sandbox.Fault{
		Name: "facebook", Method: http.MethodGet, Path: "/api/v1/accounts/1/inboxes", Status: http.StatusOK,
		Body: `{"payload":[{"id":900,"name":"Page","channel_type":"Channel::FacebookPage"}]}`, Header: map[string]string{"Content-Type": "application/json"},
	}, sandbox.Fault{
		Name: "members", Method: http.MethodGet, Path: "/api/v1/accounts/1/inbox_members/900", Status: http.StatusOK,
		Body: `{"payload":[]}`, Header: map[string]string{"Content-Type": "application/json"},
	}, sandbox.Fault{
		Name: "bot", Method: http.MethodGet, Path: "/api/v1/accounts/1/inboxes/900/agent_bot", Status: http.StatusOK,
		Body: `{}`, Header: map[string]string{"Content-Type": "application/json"},
	})

	_, diags := p.Import(t.Context(), "chatlake_inbox", "900")
	if !strings.Contains(diags.String(), "Channel::FacebookPage, which is set up in a browser") {
		t.Error(diags)
	}
}

// TestInbox_emptyAnswers covers answers that are no answers: they must not read as "everything is gone".
func TestInbox_emptyAnswers(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", inboxCase.Minimal)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	for _, body := range []string{`{}`, `{"payload":null}`, `null`, ``, `[]`} {
		w.Faults.Add(sandbox.Fault{
			Name: "empty", Method: http.MethodGet, Path: "/api/v1/accounts/1/inboxes", Status: http.StatusOK, Body: body, Header: map[string]string{"Content-Type": "application/json"},
		})

		read, diags := p.Read(t.Context(), inbox)
		if read.Gone() || len(diags.Errors()) == 0 {
			t.Errorf("%q: read %v\n%s", body, read.State, diags)
		}
	}
}

// TestInbox_taken covers what no two inboxes may have, which is told on the channel.
func TestInbox_taken(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"name": "Mail", "channel": values{"type": "email", "email": "help@example.com"}}

	_, diags := p.Create(t.Context(), "chatlake_inbox", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	nothing, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_inbox", config)
	if !nothing.Gone() || !strings.Contains(diags.String(), "email: Email has already been taken") {
		t.Errorf("created %v\n%s", nothing.State, diags)
	}
}

// TestInbox_lostAnswer covers a create whose answer was lost: it is repeated where the server takes no second channel with the
// same address, and nothing has it.
func TestInbox_lostAnswer(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		channel values
		times   int
		after   bool
		made    bool // The inbox is in the state.
	}{
		{values{"type": "email", "email": "help@example.com"}, 1, false, true},
		{values{"type": "sms", "phone_number": "+14155550101"}, 3, false, true},
		{values{"type": "email", "email": "help@example.com"}, 5, false, false},
		{values{"type": "email", "email": "help@example.com"}, 1, true, false},
		{values{"type": "api"}, 1, false, false},
	} {
		w := acctest.New(t)
		w.Faults.Add(sandbox.Fault{Method: http.MethodPost, Path: "/api/v1/accounts/1/inboxes", Cut: sandbox.CutReset, After: c.after, Times: c.times})

		before := len(w.Chatlake.Inboxes())
		created, diags := w.Protocol(t, values{"max_retries": 0}).Create(t.Context(), "chatlake_inbox", values{"name": "Help", "channel": c.channel})
		n := len(w.Chatlake.Inboxes()) - before

		if (created.String("id") != "") != c.made || (n == 1) != (c.made || c.after) || c.made && len(diags) > 0 {
			t.Errorf("%v, done: %t: %d made, the state has %v\n%s", c.channel, c.after, n, created.State, diags)
		}
	}
}

// TestInbox_telegram covers a secret that the platform checks: one that it refuses is not taken for sent.
func TestInbox_telegram(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	bot := func(token, version string) values {
		return values{"name": "Bot", "channel": values{"type": "telegram", "bot_token_wo": token, "bot_token_wo_version": version}}
	}

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", bot("hunter-one", "1"))
	if len(diags) > 0 || strings.Contains(inbox.State.String(), "hunter") {
		t.Fatalf("created %v\n%s", inbox.State, diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.RejectChannelCredentials = true })

	inbox, diags = p.Apply(t.Context(), inbox, bot("hunter-two", "2"))

	said := diags.String()
	if !strings.Contains(said, "bot_token_wo: Bot token invalid token") || strings.Contains(said, "hunter") {
		t.Errorf("updated: %s", said)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.RejectChannelCredentials = false })

	if !p.Changes(t.Context(), inbox, bot("hunter-two", "2")) {
		t.Error("the refused token counts as sent")
	}

	inbox, diags = p.Apply(t.Context(), inbox, bot("hunter-two", "2"))
	if len(diags) > 0 {
		t.Errorf("updated %v\n%s", inbox.State, diags)
	}

	sentSecret(t, w, "hunter-one", 1)
	sentSecret(t, w, "hunter-two", 2)
}

// TestInbox_changedMeanwhile covers what somebody changes between plan and apply: it is no bug, and found by the next plan.
func TestInbox_changedMeanwhile(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := inboxCase.Minimal

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	chatlaketest.Request(t, w, "PATCH", fmt.Sprintf("/inboxes/%s", inbox.String("id")), `{"timezone":"Asia/Tokyo"}`)

	config = chatlaketest.With(config, values{"business_name": "Acme"})

	inbox, diags = p.Apply(t.Context(), inbox, config)
	if len(diags) > 0 || inbox.String("timezone") != "UTC" {
		t.Errorf("updated %v\n%s", inbox.State, diags)
	}

	inbox, _ = p.Read(t.Context(), inbox)
	if inbox.String("timezone") != "Asia/Tokyo" {
		t.Errorf("read %v", inbox.State)
	}
}
