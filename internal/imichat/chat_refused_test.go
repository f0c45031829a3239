package imichat_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// TestChat_refused checks a configuration without asking the platform.
func TestChat_refused(t *testing.T) {
	d := open(t)
	asset := func(id string) values { return values{"asset": values{"id": id}} }

	customer := func(id string) values { return values{"customer": values{"destination_id": id}} }
	for name, test := range map[string]struct {
		channel string
		more    values
		wants   []string
	}{
		"team":                   {"api", values{"team_id": "support"}, []string{"whole number"}},
		"long code":              {"sms", asset("Example Ltd"), []string{"Invalid identifier for channel sms", "a long code"}},
		"page":                   {"facebook", asset("our-page"), []string{"a page id"}},
		"owner":                  {"twitter", asset("@us"), []string{"an owner id"}},
		"mailbox":                {"email", asset("support"), []string{"the business's e-mail address"}},
		"key with a blank":       {"api", asset(" key"), []string{"begin or end with a blank"}},
		"mobile":                 {"sms", customer("0800-CALL"), []string{"a mobile number"}},
		"WhatsApp mobile":        {"whatsapp", customer("ana"), []string{"a mobile number"}},
		"e-mail":                 {"email", customer("ana"), []string{"an e-mail address"}},
		"empty customer":         {"api", customer(""), []string{"must not be empty"}},
		"subject":                {"sms", values{"subject": "a"}, []string{"subject is for channel email, and the chat's channel is sms"}},
		"thread":                 {"api", values{"thread_id": "a"}, []string{"thread_id is for channel livechat"}},
		"null route":             {"api", values{"route_params": values{"a": nil}}, []string{"null"}},
		"empty tag":              {"api", values{"tags": []any{""}}, []string{"tags"}},
		"status":                 {"api", values{"status": "open"}, []string{`"queued"`}},
		"null detail":            {"api", values{"other_details": values{"a": nil}}, []string{"null"}},
		"on destroy":             {"api", values{"on_destroy": "delete"}, []string{`"close"`, `"abandon"`}},
		"adopt nothing":          {"api", values{"adopt_existing": true}, []string{"adopt_existing finds a chat by its alias_id"}},
		"closed and made anew":   {"api", values{"status": "closed", "recreate_when_closed": true}, []string{"Remove one of them"}},
		"message of the channel": {"sms", values{"initial_messages": []any{values{"type": "inbound", "abc_sub_type": "text", "text": "a"}}}, []string{"the chat's channel is sms"}},
	} {
		t.Run(name, func(t *testing.T) {
			wants(t, d.Validate("imichat_chat", on(test.channel, test.more)), test.wants...)
		})
	}

	for _, channel := range []string{"sms", "facebook", "twitter", "livechat", "email", "abc", "whatsapp", "api"} {
		diags := d.Validate("imichat_chat", on(channel, nil))
		if len(diags) > 0 {
			t.Errorf("%s: %s", channel, diags)
		}
	}

	if d.requests() != 0 {
		t.Error("checking asked the platform")
	}
}

// TestChat_openWords accepts a channel and a kind of file of newer tenants, and warns with the known ones.
func TestChat_openWords(t *testing.T) {
	d := open(t)
	pdf := values{"initial_messages": []any{values{"type": "inbound", "attachment": values{"type": "pdf", "url": sampleURL}}}}
	fax := values{"asset": values{"id": "a"}, "customer": values{"destination_id": "b"}}

	for known, config := range map[string]values{"`whatsapp`": on("fax", fax), "`image`": on("api", pdf)} {
		diags := d.Validate("imichat_chat", config)
		if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), known) {
			t.Errorf("want a warning that lists %s, got %s", known, diags)
		}
	}
}

// TestChat_empty accepts an empty value for every optional attribute that can be left out. It changes nothing, sends nothing
// and makes no new chat.
func TestChat_empty(t *testing.T) {
	empty := values{
		"team_id": "", "customer": values{"destination_id": "customer-1", "name": ""}, "alias_id": "", "subject": "", "thread_id": "", "route_params": values{},
		"initial_messages": []any{}, "tags": []any{}, "status": "", "assignee": "", "outcome": "", "other_details": values{},
	}

	t.Run("from the beginning", func(t *testing.T) {
		d := open(t)
		chat := d.create("imichat_chat", newChat(empty))

		n := d.requests()
		if n != 2 {
			t.Errorf("%d requests", n)
		}

		d.quiet(chat, newChat(empty))
		chat = d.again().read(chat)
		d.quiet(chat, newChat(empty))
		d.requests()

		chat = d.apply(chat, newChat(nil))
		d.quiet(chat, newChat(nil))

		if d.requests() != 0 {
			t.Error("leaving empty values out sent something")
		}
	})
	t.Run("in place of values", func(t *testing.T) {
		d := open(t)
		full := on("email", values{
			"customer": values{"destination_id": "ana@example.com", "name": "Ana"}, "subject": "Order", "route_params": values{imichat.RouteTier: "gold"},
			"initial_messages": []any{values{"type": "inbound", "text": "Hi"}}, "assignee": imichat.Agent, "outcome": "resolved", "team_id": imichat.TeamID,
		})
		chat := d.create("imichat_chat", full)
		d.requests()

		for _, config := range []values{
			on("email", values{
				"customer": values{"destination_id": "ana@example.com", "name": ""}, "subject": "", "route_params": values{}, "initial_messages": []any{},
				"assignee": "", "outcome": "", "team_id": "", "status": "",
			}),
			on("email", values{"customer": values{"destination_id": "ana@example.com"}}),
		} {
			if d.replaces(chat, config) {
				t.Fatalf("%v makes a new chat", config)
			}

			chat = d.apply(chat, config)
			d.quiet(chat, config)
		}

		held := d.chat(chat)
		if d.requests() != 0 || held.Subject != "Order" || held.Assignee != imichat.Agent {
			t.Errorf("the platform holds %+v", held)
		}
	})
}
