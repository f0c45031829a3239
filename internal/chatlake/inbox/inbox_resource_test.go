package inbox_test

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
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

const (
	needsIt    = "this type of channel needs it"
	isFollowed = "it is followed once it is taken out"
)

// inboxCase holds the tests of chatlake_inbox.
var inboxCase = chatlaketest.Case{
	Type: "chatlake_inbox",
	Needs: []acctest.Need{
		{Name: "policy", Type: "chatlake_assignment_policy", Config: values{"name": "One"}},
		{Name: "other policy", Type: "chatlake_assignment_policy", Config: values{"name": "Two"}},
		{Name: "portal", Type: "chatlake_portal", Config: values{"slug": "help", "name": "Help"}},
		{Name: "other portal", Type: "chatlake_portal", Config: values{"slug": "other", "name": "Other"}},
		{Name: "bot", Type: "chatlake_agent_bot", Config: values{"name": "One"}},
		{Name: "other bot", Type: "chatlake_agent_bot", Config: values{"name": "Two"}},
	},
	Minimal: values{"name": "Minimal", "channel": apiChannel},
	Odd: []values{
		{"channel": values{"type": "api", "additional_attributes": values{}}},
		{"greeting_message": "null"},
	},
	Stages: []values{
		{
			"name": "One", "greeting_enabled": true, "greeting_message": "Hello one", "enable_email_collect": true, "csat_survey_enabled": true,
			"csat_config": values{
				"display_type": "star", "message": "One", "button_text": "One", "language": "en", "survey_rules": values{"operator": "does_not_contain", "values": []any{"one"}},
			},
			"enable_auto_assignment": true, "auto_assignment_config": values{"max_assignment_limit": 5}, "working_hours_enabled": true,
			"working_hours": []any{
				values{"day_of_week": 1, "open_hour": 9, "open_minutes": 30, "close_hour": 17, "close_minutes": 15},
				values{"day_of_week": 2, "open_all_day": true},
				values{"day_of_week": 3, "closed_all_day": true},
			},
			"out_of_office_message": "Gone one", "timezone": "Europe/Lisbon", "allow_messages_after_resolved": true, "lock_to_single_conversation": true,
			"sender_name_type": "professional", "business_name": "Acme one", "avatar": chatlaketest.PicturePNG, "member_ids": []any{"13"}, "agent_bot_id": acctest.Ref("bot", "id"),
			"assignment_policy_id": acctest.Ref("policy", "id"), "portal_id": acctest.Ref("portal", "id"),
		},
		{
			"name": "Two", "greeting_enabled": false, "greeting_message": "Hello two", "enable_email_collect": false, "csat_survey_enabled": false,
			"csat_config": values{
				"display_type": "emoji", "message": "Two", "button_text": "Two", "language": "de", "survey_rules": values{"operator": "contains", "values": []any{"two"}},
			},
			"enable_auto_assignment": false, "auto_assignment_config": values{"max_assignment_limit": 6}, "working_hours_enabled": false,
			"working_hours": []any{
				values{"day_of_week": 1, "open_hour": 8, "open_minutes": 0, "close_hour": 18, "close_minutes": 45},
				values{"day_of_week": 4, "closed_all_day": true},
				values{"day_of_week": 5, "open_all_day": true, "closed_all_day": false},
				values{"day_of_week": 6, "open_all_day": false, "closed_all_day": true},
			},
			"out_of_office_message": "Gone two", "timezone": "Asia/Tokyo", "allow_messages_after_resolved": false, "lock_to_single_conversation": false,
			"sender_name_type": "friendly", "business_name": "Acme two", "avatar": chatlaketest.PictureGIF, "member_ids": []any{"12", "13"}, "agent_bot_id": acctest.Ref("other bot", "id"),
			"assignment_policy_id": acctest.Ref("other policy", "id"), "portal_id": acctest.Ref("other portal", "id"),
		},
	},
	Unset:     map[string]string{"channel.line_channel_token_wo_version": "secret and token of LINE are changed in the same way"},
	Unchanged: map[string]string{"channel.messaging_service_sid": "another service is another inbox"},
	Uncleared: map[string]string{
		"channel.bot_token_wo": needsIt, "channel.email": needsIt, "channel.line_channel_id": needsIt, "channel.line_channel_secret_wo": needsIt,
		"channel.line_channel_token_wo": needsIt, "channel.website_url": needsIt, "channel.account_sid": needsIt, "channel.auth_token_wo": needsIt,
		"channel.messaging_service_sid": needsIt,
	},
	Replaced: values{"channel": values{"type": "sms", "phone_number": "+14155550101"}},
	Kept: map[string]string{
		"allow_messages_after_resolved": isFollowed, "csat_config": isFollowed, "enable_auto_assignment": isFollowed, "enable_email_collect": isFollowed,
		"member_ids": isFollowed, "timezone": isFollowed, "working_hours": isFollowed,
	},
	Import: acctest.Import{
		Keys: []string{"name"},
		Lost: map[string]string{
			"working_hours": "an import finds all seven days, and a configuration may name some", "avatar": "the platform does not return what a picture shows",
		},
	},
	Refused: []acctest.Refused{
		{Config: channelOf("web_widget", values{"website_url": "https://example.com", "pre_chat_form_options": values{"pre_chat_message": "Hi"}}), Want: `at least one field`},
		{Config: channelOf("web_widget", values{"website_url": "https://example.com", "pre_chat_form_options": values{
			"pre_chat_fields": []any{values{"name": "emailAddress", "colour": "red"}}, "title": "Hi",
		}}), Want: `has a key that is none of`},
		{Config: channelOf("web_widget", values{"website_url": "https://example.com", "pre_chat_form_options": values{"pre_chat_fields": []any{"name"}}}), Want: `Field 0 of the form must be an object`},
		{Config: values{"name": ""}, Want: `must be a text of at least 1 character`},
		{Config: values{"avatar": "inbox_resource_test.go"}, Want: `is no picture that the platform takes: its content is text/plain`},
		{Config: values{"timezone": "Mars time"}, Want: `must be an IANA name`},
		{Config: values{"member_ids": []any{"x"}}, Want: `must be a whole number`},
		{Config: values{"agent_bot_id": "x"}, Want: `must be a whole number`},
		{Config: values{"portal_id": "x"}, Want: `must be a whole number`},
		{Config: values{"greeting_message": strings.Repeat("x", 10_001)}, Want: `at most 10000`},
		{Config: values{"auto_assignment_config": values{"max_assignment_limit": 0}}, Want: `must be at least 1`},
		{Config: channelOf("fax", nil), Want: `must be one of`},
		{Config: channelOf("api", values{"website_url": "https://example.com"}), Want: `type api has no website_url. It has: webhook_url, hmac_mandatory, additional_attributes\.`},
		{Config: channelOf("api", values{"website_url": acctest.Unknown{}}), Want: `type api has no website_url`},
		{Config: channelOf("api", values{"webhook_url": "ftp://example.com"}), Want: `must be an address that starts with`},
		{Config: channelOf("api", values{"additional_attributes": "text"}), Want: `must be an object`},
		{Config: channelOf("web_widget", nil), Want: `type web_widget needs website_url`},
		{Config: channelOf("sms", values{"phone_number": "123"}), Want: `must be in E.164 form`},
		{Config: channelOf("twilio_sms", values{"account_sid": "AC1", "auth_token_wo": "t"}), Want: `needs exactly one of phone_number and messaging_service_sid`},
		{Config: channelOf("twilio_sms", values{"account_sid": "AC1", "auth_token_wo": "t", "phone_number": "+14155550101", "messaging_service_sid": "MG1"}), Want: `needs exactly one of phone_number and messaging_service_sid`},
		{Config: channelOf("twilio_whatsapp", values{"phone_number": "+14155550101", "auth_token_wo": "t"}), Want: `type twilio_whatsapp needs account_sid`},
		{Config: channelOf("email", values{"email": "help@example.com", "imap_port": 0}), Want: `must be between 1 and 65535`},
		{Config: channelOf("whatsapp", values{"phone_number": "+14155550100", "provider": "x"}), Want: `takes the providers default and whatsapp_cloud`},
		{Config: chatlaketest.With(channelOf("sms", values{"phone_number": "+14155550101"}), values{"csat_template": values{"message": "Rate us"}}), Want: `A channel of type sms has no template`},
		{Config: chatlaketest.With(channelOf("whatsapp", values{"phone_number": "+14155550101", "provider": "default"}), values{"csat_template": values{"message": "Rate us"}}), Want: `with the provider whatsapp_cloud`},
		{Config: values{"channel": whatsApp["twilio"], "csat_template": values{"message": " "}}, Want: `must not be blank`},
		{Config: daysOf(values{"day_of_week": 7, "closed_all_day": true}), Want: `must be between 0 and 6`},
		{Config: daysOf(values{"day_of_week": 1, "closed_all_day": true}, values{"day_of_week": 1, "open_all_day": true}), Want: `Day given twice`},
		{Config: daysOf(values{"day_of_week": 1, "closed_all_day": true, "open_all_day": true}), Want: `Closed and open all day`},
		{Config: daysOf(values{"day_of_week": 1, "closed_all_day": true, "open_hour": 9}), Want: `Hours of a whole day`},
		{Config: daysOf(values{"day_of_week": 1, "open_hour": 9}), Want: `Hours missing`},
		{Config: daysOf(values{"day_of_week": 1, "open_hour": 17, "close_hour": 9}), Want: `Hours that end before they begin`},
		{Config: daysOf(values{"day_of_week": 1, "open_hour": 24, "close_hour": 25}), Want: `must be between 0 and 23`},
	},
	Warned: []acctest.Refused{
		{Config: values{"sender_name_type": "rude"}, Want: `Known are: `},
		{Config: values{"csat_config": values{"display_type": "heart"}}, Want: `Known are: `},
		{Config: channelOf("web_widget", values{"website_url": "https://a.example", "reply_time": "soon"}), Want: `Known are: `},
		{Config: channelOf("web_widget", values{"website_url": "https://a.example", "selected_feature_flags": []any{"x"}}), Want: `Known are: `},
	},
	Accepted: []values{
		channelOf("web_widget", values{"website_url": acctest.Unknown{}}),
		channelOf("twilio_sms", values{"account_sid": "AC1", "auth_token_wo": "t", "phone_number": acctest.Unknown{}}),
		{"channel": values{"type": acctest.Unknown{}, "website_url": "https://a.example"}},
		daysOf(values{"day_of_week": acctest.Unknown{}, "open_hour": acctest.Unknown{}}),
	},
	Drift: []chatlaketest.Drift{
		{Method: "PATCH", Path: "/inboxes/%s", Body: `{"greeting_enabled":true,"greeting_message":"By hand","timezone":"Asia/Tokyo"}`, Configured: values{"timezone": "UTC", "greeting_message": "Ours"}},
		{Method: "POST", Path: "/inbox_members", Body: `{"inbox_id":%s,"user_ids":[{{12}}]}`, Configured: values{"member_ids": []any{}}},
	},
	Data: []chatlaketest.Data{
		{Type: "chatlake_inbox", Config: values{"name": "Sandbox API"}, Want: map[string]string{"id": fmt.Sprint(chatlake.APIInboxID), "channel_type": "Channel::Api"}},
		{Type: "chatlake_inbox", Config: values{"id": fmt.Sprint(chatlake.WebInboxID)}, Want: map[string]string{"website_url": "https://sandbox.example"}},
		{Type: "chatlake_inbox", Config: values{"name": "Nothing"}, Message: `The inbox with this name does not exist`},
		{Type: "chatlake_inboxes", Config: values{}},
	},
	HasNoKey: true,
}

// apiChannel is the least that an inbox can have.
var apiChannel = values{"type": "api"}

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
				chatlaketest.Has(inboxAddress, "timezone", chatlaketest.Text("UTC")),
				chatlaketest.Has(inboxAddress, "enable_auto_assignment", knownvalue.Bool(true)),
				chatlaketest.Has(inboxAddress, "member_ids", knownvalue.Null()),
				chatlaketest.Has(inboxAddress, "inbox_identifier", knownvalue.NotNull()),
				chatlaketest.Has(inboxAddress, "hmac_token", knownvalue.NotNull()),
				chatlaketest.Has(inboxAddress, "secret", knownvalue.NotNull()),
				chatlaketest.Has(inboxAddress, "callback_webhook_url", knownvalue.Null()),
				inChannel("hmac_mandatory", knownvalue.Bool(false)),
				inChannel("widget_color", knownvalue.Null()),
			},
		},
		resource.TestStep{
			Config:           w.Config(inboxConfig("channel = { type = \"api\", hmac_mandatory = true }\ntimeouts = { delete = \"1m\" }")),
			ConfigPlanChecks: chatlaketest.ExpectAction(inboxAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{ // Gone behind our back.
			PreConfig: func() { chatlaketest.DeleteFirst(t, w, "inboxes", "Test") },
			Config:    basic, ConfigPlanChecks: chatlaketest.ExpectAction(inboxAddress, plancheck.ResourceActionCreate),
		},
	)

	for _, e := range w.Journal.Entries(func(e sandbox.Entry) bool { return e.Method == "PATCH" && strings.Contains(string(e.Body), `"type"`) }) {
		t.Errorf("a type in an update crashes the server: %s", e.Body)
	}
}

func TestAccInbox_attributes(t *testing.T) {
	w := acctest.New(t)
	config := func(inside string) string { return w.Config(inboxConfig("channel = { type = \"api\" }\n" + inside)) }
	id := func() any { return chatlaketest.Find(t, w, "inboxes", "name", "Test")["id"] }

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
			ConfigPlanChecks: chatlaketest.ExpectAction(inboxAddress, plancheck.ResourceActionUpdate),
		},
		resource.TestStep{
			PreConfig: func() {
				got := chatlaketest.Members(t, w, fmt.Sprintf("/inbox_members/%v", id()))
				if !slices.Equal(got, []int{11, 13}) {
					t.Errorf("members %v", got)
				}
			},
			Config: config(""), ConfigPlanChecks: chatlaketest.ExpectAction(inboxAddress, plancheck.ResourceActionUpdate),
			ConfigStateChecks: []statecheck.StateCheck{chatlaketest.Has(inboxAddress, "greeting_message", knownvalue.Null()), chatlaketest.Has(inboxAddress, "member_ids", knownvalue.Null())},
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
		resource.TestStep{Config: config("one", "hunter-none", "1"), ConfigPlanChecks: chatlaketest.ExpectNoChanges()},
		resource.TestStep{
			PreConfig: func() { w.Chatlake.SetSwitches(unreachable) },
			Config:    config("two", "hunter-two", "2"), ExpectError: mailServers,
		},
		resource.TestStep{ // The state holds what the platform has.
			Config: config("two", "hunter-two", "2"), ConfigPlanChecks: chatlaketest.ExpectNoChanges(),
			ConfigStateChecks: []statecheck.StateCheck{inChannel("imap_login", chatlaketest.Text("two"))},
		},
	)
	sentSecret(t, w, "hunter-one", 1)
	sentSecret(t, w, "hunter-none", 0)
	sentSecret(t, w, "hunter-two", 1)
}

// channelOf returns the configuration of a channel.
func channelOf(kind string, more values) values {
	return values{"channel": chatlaketest.With(values{"type": kind}, more)}
}

// daysOf returns the configuration of working hours.
func daysOf(days ...any) values { return values{"working_hours": days} }

func TestInbox_picture(t *testing.T) {
	chatlaketest.RunPicture(t, chatlaketest.Pictured{
		Type: "chatlake_inbox", Argument: "avatar", Config: values{"name": "Pictured", "channel": apiChannel},
		ByHand: chatlaketest.PictureBy("/inboxes/%s", "avatar"),
	})
}
