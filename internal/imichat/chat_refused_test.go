package imichat_test

import (
	"testing"
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
		"channel":                {"fax", nil, []string{`"whatsapp"`}},
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
		"empty name":             {"api", values{"customer": values{"destination_id": "a", "name": ""}}, []string{"name"}},
		"subject":                {"sms", values{"subject": "a"}, []string{"subject is for channel email, and the chat's channel is sms"}},
		"empty subject":          {"email", values{"subject": ""}, []string{"subject"}},
		"thread":                 {"api", values{"thread_id": "a"}, []string{"thread_id is for channel livechat"}},
		"empty thread":           {"livechat", values{"thread_id": ""}, []string{"thread_id"}},
		"alias":                  {"api", values{"alias_id": ""}, []string{"alias_id"}},
		"no routes":              {"api", values{"route_params": values{}}, []string{"at least 1"}},
		"null route":             {"api", values{"route_params": values{"a": nil}}, []string{"null"}},
		"no messages":            {"api", values{"initial_messages": []any{}}, []string{"at least 1"}},
		"empty tag":              {"api", values{"tags": []any{""}}, []string{"tags"}},
		"status":                 {"api", values{"status": "open"}, []string{`"queued"`}},
		"assignee":               {"api", values{"assignee": ""}, []string{"assignee"}},
		"outcome":                {"api", values{"outcome": ""}, []string{"outcome"}},
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
