package inbox_test

import (
	"fmt"
	"maps"
	"regexp"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

var mailServers = regexp.MustCompile(`(?s)Unable to reach the mail servers.*saved\s+them\s+although\s+it\s+failed`)

func unreachable(s *chatlake.Switches) {
	s.MailServersUnreachable = true
}

// sentSecret expects how often a secret was sent.
func sentSecret(t *testing.T, w *acctest.World, secret string, times int) {
	t.Helper()

	sent := 0
	for _, e := range w.Journal.Writes() {
		sent += strings.Count(string(e.Body), secret)
	}

	if sent != times {
		t.Errorf("%s was sent %d times, want %d", secret, sent, times)
	}
}

// channelStage is a type of channel with every field set, changed and taken out.
type channelStage struct {
	least, first, second values
	// secrets are what must be in requests and nowhere else.
	secrets map[string]int
}

var channelStages = map[string]channelStage{
	"api": {
		least:  values{},
		first:  values{"webhook_url": "https://example.com/one", "hmac_mandatory": true, "additional_attributes": values{"agent_reply_time_window": 24, "tags": []any{"a", true}}},
		second: values{"webhook_url": "https://example.com/two", "hmac_mandatory": false, "additional_attributes": values{"agent_reply_time_window": 48}},
	},
	"web_widget": {
		least: values{"website_url": "https://two.example.com"},
		first: values{
			"website_url": "https://one.example.com", "widget_color": "#ff0000", "welcome_title": "Hi", "welcome_tagline": "Ask us", "reply_time": "in_a_day",
			"pre_chat_form_enabled": true, "pre_chat_form_options": values{"pre_chat_message": "First", "pre_chat_fields": []any{values{"name": "emailAddress", "enabled": true}}},
			"continuity_via_email": false, "hmac_mandatory": true, "allowed_domains": "one.example.com",
			"selected_feature_flags": []any{"attachments", "allow_mobile_webview"},
		},
		second: values{
			"website_url": "https://two.example.com", "widget_color": "#00ff00", "welcome_title": "Hello", "welcome_tagline": "Ask away", "reply_time": "in_a_few_hours",
			"pre_chat_form_enabled": false, "pre_chat_form_options": values{"pre_chat_message": "Second", "require_email": true, "pre_chat_fields": []any{values{"name": "fullName", "label": "Name", "type": "text", "required": false}}},
			"continuity_via_email": true, "hmac_mandatory": false, "allowed_domains": "two.example.com", "selected_feature_flags": []any{},
		},
	},
	"email": {
		least: values{"email": "two@example.com"},
		first: mail("one", "1", 993, true), second: mail("two", "2", 143, false),
		secrets: map[string]int{"hunter-imap-one": 1, "hunter-smtp-one": 1, "hunter-imap-two": 1, "hunter-smtp-two": 1},
	},
	"line": {
		least:   values{"line_channel_id": "100", "line_channel_secret_wo": "hunter-a", "line_channel_token_wo": "hunter-b"},
		first:   values{"line_channel_id": "100", "line_channel_secret_wo": "hunter-a", "line_channel_token_wo": "hunter-b", "line_channel_secret_wo_version": "1"},
		second:  values{"line_channel_id": "101", "line_channel_secret_wo": "hunter-c", "line_channel_token_wo": "hunter-d", "line_channel_secret_wo_version": "2"},
		secrets: map[string]int{"hunter-a": 2, "hunter-b": 1, "hunter-c": 1, "hunter-d": 0}, // Once more when the version is taken out.
	},
	"telegram": {
		least:   values{"bot_token_wo": "hunter-a"},
		first:   values{"bot_token_wo": "hunter-a", "bot_token_wo_version": "1"},
		second:  values{"bot_token_wo": "hunter-b", "bot_token_wo_version": "2"},
		secrets: map[string]int{"hunter-a": 2, "hunter-b": 1}, // Once more when the version is taken out.
	},
	"whatsapp": {
		least:   values{"phone_number": "+14155550100"},
		first:   values{"phone_number": "+14155550100", "provider": "whatsapp_cloud", "provider_config_wo": values{"api_key": "hunter-a"}, "provider_config_wo_version": "1"},
		second:  values{"phone_number": "+14155550100", "provider": "default", "provider_config_wo": values{"api_key": "hunter-b"}, "provider_config_wo_version": "2"},
		secrets: map[string]int{"hunter-a": 1, "hunter-b": 1},
	},
	"sms": {
		least:   values{"phone_number": "+14155550101"},
		first:   values{"phone_number": "+14155550101", "provider_config_wo": values{"api_key": "hunter-a"}, "provider_config_wo_version": "1"},
		second:  values{"phone_number": "+14155550102", "provider_config_wo": values{"api_key": "hunter-b"}, "provider_config_wo_version": "2"},
		secrets: map[string]int{"hunter-a": 1, "hunter-b": 1},
	},
	"twilio_sms": {
		least:   values{"phone_number": "+14155550103", "account_sid": "AC1", "auth_token_wo": "hunter-a"},
		first:   values{"phone_number": "+14155550103", "account_sid": "AC1", "auth_token_wo": "hunter-a", "auth_token_wo_version": "1", "api_key_sid": "SK1"},
		second:  values{"phone_number": "+14155550103", "account_sid": "AC2", "auth_token_wo": "hunter-b", "auth_token_wo_version": "2", "api_key_sid": "SK2"},
		secrets: map[string]int{"hunter-a": 2, "hunter-b": 1}, // Once more when the version is taken out.
	},
	"twilio_whatsapp": {
		least:   values{"messaging_service_sid": "MG1", "account_sid": "AC1", "auth_token_wo": "hunter-a"},
		first:   values{"messaging_service_sid": "MG1", "account_sid": "AC1", "auth_token_wo": "hunter-a", "auth_token_wo_version": "1"},
		second:  values{"messaging_service_sid": "MG1", "account_sid": "AC2", "auth_token_wo": "hunter-b", "auth_token_wo_version": "2"},
		secrets: map[string]int{"hunter-a": 2, "hunter-b": 1}, // Once more when the version is taken out.
	},
}

// channelCases holds the tests of each type of channel, and inboxCase those of what all inboxes have.
func channelCases() []chatlaketest.Case {
	var cases []chatlaketest.Case

	for name, test := range channelStages {
		var onlySimulator string
		if name == "telegram" || name == "whatsapp" || strings.HasPrefix(name, "twilio") {
			onlySimulator = "the server asks " + strings.TrimSuffix(strings.TrimSuffix(name, "_sms"), "_whatsapp") + " about the token"
		}

		channel := func(config values) values { return values{"channel": chatlaketest.With(config, values{"type": name})} }
		cases = append(cases, chatlaketest.Case{
			Type: "chatlake_inbox", Name: name, Minimal: chatlaketest.With(values{"name": "Minimal"}, channel(test.least)),
			Stages: []values{channel(test.first), channel(test.second)},
			Late:   late(name), Moved: moved(name),
			OnlySimulator: onlySimulator, NoDrift: "the case of all inboxes has it", HasNoKey: true,
			Import: acctest.Import{Lost: map[string]string{"channel.verified_for_sending": "it follows the passwords"}},
		})
	}

	return cases
}

// late says what a plan of a new inbox with such a channel leaves open.
func late(kind string) map[string]string {
	if kind != "email" {
		return nil
	}

	return map[string]string{"channel.imap_authentication": "Servers before 4.14 do not tell it."}
}

// moved says what a change of the channel leaves open.
func moved(kind string) map[string]string {
	if kind != "line" && kind != "sms" {
		return nil
	}

	return map[string]string{"callback_webhook_url": "It ends in the number or the id of the channel."}
}

// TestInbox_channels sets every field of every type of channel, changes it and takes it out again, with an import of each.
func TestInbox_channels(t *testing.T) {
	t.Parallel()

	for name, test := range channelStages {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.InboundEmailDomain = "in.example.com" })
			p := w.Protocol(t, nil)
			inbox := acctest.Object{Type: "chatlake_inbox"}

			for _, channel := range []values{test.first, test.second, test.least} {
				config := values{"name": "Test", "channel": chatlaketest.With(channel, values{"type": name})}

				var diags acctest.Diagnostics

				inbox, diags = p.Apply(t.Context(), inbox, config)
				if len(diags) > 0 || p.Changes(t.Context(), inbox, config) {
					t.Fatalf("applied %v: %v\n%s", channel, inbox.State, diags)
				}

				read, diags := p.Read(t.Context(), inbox)
				if len(diags) > 0 || !read.State.Equal(inbox.State) {
					t.Errorf("read %v, want %v\n%s", read.State, inbox.State, diags)
				}

				if strings.Contains(inbox.State.String(), "hunter") {
					t.Errorf("a secret is in state: %v", inbox.State)
				}

				imported, diags := p.Import(t.Context(), "chatlake_inbox", inbox.String("id"))

				known := values{"name": "Test", "channel": chatlaketest.With(readable(channel), values{"type": name})}
				if len(diags) > 0 || len(channel) == len(test.first) && p.Changes(t.Context(), imported, known) {
					t.Errorf("imported %v, configured %v\n%s", imported.State, known, diags)
				}
			}

			for secret, times := range test.secrets {
				sentSecret(t, w, secret, times)
			}
		})
	}
}

// readable is a channel without what the platform does not tell.
func readable(channel values) values {
	known := maps.Clone(channel)
	for field := range channel {
		if strings.HasSuffix(field, "_version") || field == "verified_for_sending" {
			delete(known, field)
		}
	}

	return known
}

func mail(word, version string, port int, on bool) values {
	server := word + ".example.com"

	imap, smtp, verify := "login", "plain", "peer"
	if !on {
		imap, smtp, verify = "plain", "login", "none"
	}

	return values{
		"email": word + "@example.com", "verified_for_sending": on,
		"imap_enabled": on, "imap_address": server, "imap_port": port, "imap_login": "me at " + server, "imap_enable_ssl": on, "imap_authentication": imap,
		"imap_password_wo": "hunter-imap-" + word, "imap_password_wo_version": version,
		"smtp_enabled": on, "smtp_address": server, "smtp_port": port, "smtp_login": "me at " + server, "smtp_domain": server,
		"smtp_enable_starttls_auto": on, "smtp_enable_ssl_tls": on, "smtp_openssl_verify_mode": verify, "smtp_authentication": smtp,
		"smtp_password_wo": "hunter-smtp-" + word, "smtp_password_wo_version": version,
	}
}

// TestInbox_renumbered gives a channel another number or id, which the platform takes; another type is another inbox.
func TestInbox_renumbered(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	line := values{"type": "line", "line_channel_secret_wo": "a", "line_channel_token_wo": "b"}
	for _, channels := range [][2]values{
		{chatlaketest.With(line, values{"line_channel_id": "1"}), chatlaketest.With(line, values{"line_channel_id": "2"})},
		{{"type": "sms", "phone_number": "+14155550100"}, {"type": "sms", "phone_number": "+14155550101"}},
	} {
		inbox, diags := p.Create(t.Context(), "chatlake_inbox", values{"name": "Test", "channel": channels[0]})
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		after, diags := p.Apply(t.Context(), inbox, values{"name": "Test", "channel": channels[1]})
		if len(diags) > 0 || after.String("id") != inbox.String("id") {
			t.Errorf("%v, then %v: %v\n%s", channels[0], channels[1], after.State, diags)
		}

		read, diags := w.Protocol(t, nil).Read(t.Context(), after)
		if len(diags) > 0 || !read.State.Equal(after.State) {
			t.Errorf("read %v, want %v\n%s", read.State, after.State, diags)
		}

		plan, diags := p.Plan(t.Context(), after, values{"name": "Test", "channel": values{"type": "api"}})
		if len(diags) > 0 || len(plan.RequiresReplace) == 0 {
			t.Errorf("%v is not replaced\n%s", channels[1], diags)
		}
	}
}

// TestInbox_sameNumber gives one number to channels of two types, which the platform allows, and to two of one type.
func TestInbox_sameNumber(t *testing.T) {
	t.Parallel()
	p := acctest.New(t).Protocol(t, nil)

	for _, kind := range []string{"sms", "whatsapp"} {
		config := values{"name": kind, "channel": values{"type": kind, "phone_number": "+14155550100"}}

		_, diags := p.Create(t.Context(), "chatlake_inbox", config)
		if len(diags) > 0 {
			t.Errorf("%s: %s", kind, diags)
		}

		_, diags = p.Create(t.Context(), "chatlake_inbox", config)
		if !strings.Contains(diags.String(), "already managed") {
			t.Errorf("%s twice: %s", kind, diags)
		}
	}
}

// TestInbox_unknownParts covers ids of what is not in the account: nothing is made, so that nothing is tainted.
func TestInbox_unknownParts(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for attribute, noun := range map[string]string{
		"agent_bot_id": "agent bot", "assignment_policy_id": "assignment policy", "portal_id": "portal", "member_ids": "agent",
	} {
		config := chatlaketest.With(inboxCase.Minimal, values{attribute: "999"})
		if attribute == "member_ids" {
			config[attribute] = []any{"12", "999"}
		}

		nothing, diags := p.Create(t.Context(), "chatlake_inbox", config)
		if !nothing.Gone() || !strings.Contains(diags.String(), "There is no "+noun+" 999") {
			t.Errorf("created %v\n%s", nothing.State, diags)
		}

		chatlaketest.ExpectNoWrites(t, w)
	}
}

// TestInbox_memberOfOtherAccount covers a user whom the platform takes and does not keep.
func TestInbox_memberOfOtherAccount(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for _, row := range []string{`{"id":999,"name":"Elsewhere","email":"elsewhere@example.com"}`} {
		w.Faults.Add(sandbox.Fault{
			Name: "agents", Method: "GET", Path: "/api/v1/accounts/1/agents", Status: 200, Body: "[" + row + "]",
			Header: map[string]string{"Content-Type": "application/json"}, Times: -1,
		}, sandbox.Fault{
			Name: "members", Method: "PATCH", Path: "/api/v1/accounts/1/inbox_members", Status: 200, Body: `{"payload":[]}`,
			Header: map[string]string{"Content-Type": "application/json"},
		})
	}

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", chatlaketest.With(inboxCase.Minimal, values{"member_ids": []any{"999"}}))
	if inbox.Gone() || !strings.Contains(diags.String(), "did not say why: 999") {
		t.Errorf("created %v\n%s", inbox.State, diags)
	}
}

// TestInbox_refusedChannel covers an update whose channel is refused: nothing else is saved either.
func TestInbox_refusedChannel(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := values{"name": "Before", "channel": values{"type": "web_widget", "website_url": "https://example.com"}}

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", config)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	w.Faults.Add(sandbox.Fault{
		Name: "refused", Method: "PATCH", Status: 422, Body: `{"message":"Website url is invalid","attributes":["website_url"]}`,
		Header: map[string]string{"Content-Type": "application/json"},
	})

	after, diags := p.Apply(t.Context(), inbox, values{
		"name": "After", "csat_config": values{"display_type": "star"}, "channel": values{"type": "web_widget", "website_url": "https://other.example.com"},
	})
	if len(diags) == 0 || !after.State.Equal(inbox.State) {
		t.Errorf("updated %v\n%s", after.State, diags)
	}

	after, diags = p.Read(t.Context(), after)
	if len(diags) > 0 || p.Changes(t.Context(), after, config) {
		t.Errorf("read %v\n%s", after.State, diags)
	}
}

// TestInbox_surveyTakenOut covers a survey that leaves the configuration: the platform takes an empty one for nothing.
func TestInbox_surveyTakenOut(t *testing.T) {
	t.Parallel()

	for _, version := range []string{"4.8.0", "4.15.1"} {
		w := acctest.New(t)
		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })
		p := w.Protocol(t, nil)

		inbox, diags := p.Create(t.Context(), "chatlake_inbox", chatlaketest.With(inboxCase.Minimal, values{"csat_config": values{
			"display_type": "star", "message": "Well?", "survey_rules": values{"values": []any{"vip"}},
		}}))
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		inbox, diags = p.Apply(t.Context(), inbox, inboxCase.Minimal)
		if len(diags) > 0 {
			t.Fatal(diags)
		}

		found := chatlaketest.Find(t, w, "inboxes", "name", "Minimal")

		survey, _ := found["csat_config"].(map[string]any)
		if survey["display_type"] != "emoji" || survey["message"] != "" {
			t.Errorf("%s: %v", version, survey)
		}

		if p.Changes(t.Context(), inbox, inboxCase.Minimal) {
			t.Errorf("%s: %v", version, inbox.State)
		}
	}
}

// TestInbox_partsGoing covers an inbox that another client deletes while it is read: its parts answer 401 and 500 for a moment.
func TestInbox_partsGoing(t *testing.T) {
	t.Parallel()

	for _, part := range []string{"/inbox_members/%s", "/inboxes/%s/agent_bot"} {
		for _, status := range []int{401, 500} {
			w := acctest.New(t)
			p := w.Protocol(t, nil)

			inbox, diags := p.Create(t.Context(), "chatlake_inbox", chatlaketest.With(inboxCase.Minimal, values{"agent_bot_id": botOf(t, p), "member_ids": []any{"12"}}))
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			w.Faults.Add(sandbox.Fault{
				Name: "going", Method: "GET", Path: "/api/v1/accounts/1" + fmt.Sprintf(part, inbox.String("id")), Status: status,
				Body: `{"error":"You are not authorized to do this action"}`, Header: map[string]string{"Content-Type": "application/json"}, Times: -1,
			}, sandbox.Fault{
				Name: "gone", Method: "GET", Path: "/api/v1/accounts/1/inboxes/" + inbox.String("id"), Status: 404,
				Body: `{"error":"Resource could not be found"}`, Header: map[string]string{"Content-Type": "application/json"}, Times: -1,
			})

			read, diags := w.Protocol(t, nil).Read(t.Context(), inbox)
			if !read.Gone() || len(diags) > 0 {
				t.Errorf("%s %d: read %v\n%s", part, status, read.State, diags)
			}
		}
	}
}

func botOf(t *testing.T, p *acctest.Protocol) string {
	t.Helper()
	return chatlaketest.Create(t, p, "chatlake_agent_bot", values{"name": "Bot"}).String("id")
}

// TestInbox_hours covers working hours: only the listed days count, in the order of the configuration.
func TestInbox_hours(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := chatlaketest.With(inboxCase.Minimal, values{"working_hours": []any{
		values{"day_of_week": 6, "open_hour": 10, "close_hour": 14, "close_minutes": 30},
		values{"day_of_week": 1, "open_all_day": true},
		values{"day_of_week": 2, "closed_all_day": true},
	}})

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", config)
	if len(diags) > 0 || p.Changes(t.Context(), inbox, config) {
		t.Fatalf("created %v\n%s", inbox.State, diags)
	}

	path := fmt.Sprintf("/inboxes/%s", inbox.String("id"))
	chatlaketest.Request(t, w, "PATCH", path, `{"working_hours":[{"day_of_week":3,"closed_all_day":true}]}`)

	inbox, diags = w.Protocol(t, nil).Read(t.Context(), inbox)
	if len(diags) > 0 || p.Changes(t.Context(), inbox, config) {
		t.Errorf("a day that is not listed counts: %v\n%s", inbox.State, diags)
	}

	chatlaketest.Request(t, w, "PATCH", path, `{"working_hours":[{"day_of_week":6,"closed_all_day":true}]}`)

	inbox, diags = w.Protocol(t, nil).Read(t.Context(), inbox)
	if len(diags) > 0 || !p.Changes(t.Context(), inbox, config) {
		t.Errorf("a day that is listed does not count: %v\n%s", inbox.State, diags)
	}

	inbox, diags = p.Apply(t.Context(), inbox, config)
	if len(diags) > 0 {
		t.Errorf("applied %v\n%s", inbox.State, diags)
	}

	week := []any{
		values{"day_of_week": 0, "closed_all_day": true},
		values{"day_of_week": 1, "open_all_day": true},
		values{"day_of_week": 2, "closed_all_day": true},
		values{"day_of_week": 3, "closed_all_day": true},
	}
	for _, day := range []int{4, 5} {
		week = append(week, values{"day_of_week": day, "open_hour": 9, "open_minutes": 0, "close_hour": 17, "close_minutes": 0})
	}

	week = append(week, values{"day_of_week": 6, "open_hour": 10, "open_minutes": 0, "close_hour": 14, "close_minutes": 30})

	imported, diags := p.Import(t.Context(), "chatlake_inbox", inbox.String("id"))
	if len(diags) > 0 || p.Changes(t.Context(), imported, chatlaketest.With(config, values{"working_hours": week})) {
		t.Errorf("imported %v\n%s", imported.State, diags)
	}

	w.Journal.Clear()

	inbox, diags = p.Apply(t.Context(), inbox, inboxCase.Minimal)
	if len(diags) > 0 {
		t.Errorf("applied %v\n%s", inbox.State, diags)
	}

	chatlaketest.ExpectNoWrites(t, w) // They stay as they are.
}

// TestInbox_deletion covers what the platform does in the background: destroy waits for it, as long as it may.
func TestInbox_deletion(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", chatlaketest.With(inboxCase.Minimal, values{"timeouts": values{"delete": "300ms"}}))
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown = true })

	left, diags := p.Apply(t.Context(), inbox, nil)
	if left.Gone() || !strings.Contains(diags.String(), "still has it") || !strings.Contains(diags.String(), "timeouts.delete") {
		t.Errorf("destroyed %v\n%s", left.State, diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.WorkersDown, s.JobDelay = false, 100 })
	w.Journal.Clear()

	gone, diags := p.Apply(t.Context(), left, nil)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed %v\n%s", gone.State, diags)
	}

	looks := len(w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "GET" }))
	if looks == 0 {
		t.Error("no request looked whether it is gone")
	}
}

// TestInbox_going covers an inbox that is refused, or crashes the server, while the platform takes it apart.
func TestInbox_going(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, nil)

	inbox, diags := p.Create(t.Context(), "chatlake_inbox", inboxCase.Minimal)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.GoingAnswers = []int{401, 200, 500, 401, 401} })

	gone, diags := p.Apply(t.Context(), inbox, nil)
	if len(diags) > 0 || !gone.Gone() {
		t.Errorf("destroyed %v\n%s", gone.State, diags)
	}
}

// TestChannel_secrets wants the secrets of a new channel, and none of an imported one, whose configuration does not know them.
func TestChannel_secrets(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)

	for want, channel := range map[string]values{
		"type line needs line_channel_token_wo": {"type": "line", "line_channel_id": "1", "line_channel_secret_wo": "a"},
		"type telegram needs bot_token_wo":      {"type": "telegram"},
	} {
		_, diags := p.Create(t.Context(), "chatlake_inbox", values{"name": "New", "channel": channel})
		if !strings.Contains(diags.String(), want) {
			t.Errorf("want %q, not %s", want, diags)
		}
	}

	made := chatlaketest.Create(t, p, "chatlake_inbox", values{
		"name": "Line", "channel": values{"type": "line", "line_channel_id": "1", "line_channel_secret_wo": "a", "line_channel_token_wo": "b"},
	})

	imported, diags := p.Import(t.Context(), "chatlake_inbox", made.String("id"))
	if len(diags) > 0 || p.Changes(t.Context(), imported, values{"name": "Line", "channel": values{"type": "line", "line_channel_id": "1"}}) {
		t.Errorf("imported %v\n%s", imported.State, diags)
	}

	w.Journal.Clear()

	_, diags = p.Apply(t.Context(), imported, values{"name": "Other", "channel": values{"type": "line", "line_channel_id": "1"}})
	if len(diags) > 0 || len(w.Journal.Writes()) != 1 {
		t.Errorf("renamed with %v\n%s", w.Journal.Writes(), diags)
	}
}
