package promises_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

// An object gets the key of another one by an update. The error, or a warning beside it, names the other one. It does not
// advise to import that: the object that was to be changed is managed already, and the other one may be, too.
func TestUpdateToATakenKey(t *testing.T) {
	t.Parallel()

	chat := func(alias, customer string) acctest.Values {
		return acctest.Values{
			"alias_id": alias, "channel": "sms", "asset": acctest.Values{"id": imichat.AssetSMS}, "customer": acctest.Values{"destination_id": customer},
		}
	}
	inbox := func(channel, key, value string) acctest.Values {
		return acctest.Values{"name": value, "channel": acctest.Values{"type": channel, key: value}}
	}
	twilio := func(channel, key, value string) acctest.Values {
		return acctest.Values{"name": value, "channel": with(acctest.Values{"type": channel, key: value}, atTwilio)}
	}
	definition := acctest.Values{"attribute_display_name": "Plan", "attribute_model": "contact_attribute", "attribute_display_type": "text"}
	one := func(key string) acctest.Values { return acctest.Values{key: "one"} }
	two := func(key string) acctest.Values { return acctest.Values{key: "two"} }

	for _, c := range []struct {
		kind          string
		first, second acctest.Values
		change        acctest.Values
		more          acctest.Values
		// replaced says that an object with another key is another object. Its create is tried in a run that has not made the first,
		// and may advise to import that.
		replaced bool
	}{
		{kind: "chatlake_label", first: one("title"), second: two("title"), change: one("title")},
		{kind: "chatlake_team", first: one("name"), second: two("name"), change: one("name")},
		{kind: "chatlake_canned_response", first: one("short_code"), second: two("short_code"), change: one("short_code"), more: acctest.Values{"content": "Hello"}},
		{
			kind:  "chatlake_webhook",
			first: acctest.Values{"url": "https://example.com/one"}, second: acctest.Values{"url": "https://example.com/two"}, change: acctest.Values{"url": "https://example.com/one"},
			more: acctest.Values{"subscriptions": []any{"message_created"}},
		},
		{kind: "chatlake_assignment_policy", first: one("name"), second: two("name"), change: one("name")},
		{kind: "chatlake_custom_attribute_definition", first: one("attribute_key"), second: two("attribute_key"), change: one("attribute_key"), more: definition},
		{kind: "chatlake_contact", first: one("identifier"), second: two("identifier"), change: one("identifier")},
		{kind: "chatlake_portal", first: one("slug"), second: two("slug"), change: one("slug"), more: acctest.Values{"name": "Help"}},
		{kind: "chatlake_category", first: one("slug"), second: two("slug"), change: one("slug"), more: acctest.Values{"portal_slug": "help", "name": "Orders"}},
		{
			kind: "chatlake_article", first: one("slug"), second: two("slug"), change: one("slug"),
			more: acctest.Values{"portal_slug": "help", "title": "How to order", "author_id": "11"},
		},
		{
			kind: "chatlake_inbox", first: inbox("email", "email", "one@example.com"), second: inbox("email", "email", "two@example.com"),
			change: inbox("email", "email", "one@example.com"),
		},
		{
			kind: "chatlake_inbox", first: inbox("sms", "phone_number", "+14155550101"), second: inbox("sms", "phone_number", "+14155550102"),
			change: inbox("sms", "phone_number", "+14155550101"),
		},
		{
			kind: "chatlake_inbox", first: twilio("twilio_sms", "phone_number", "+14155550101"), second: twilio("twilio_sms", "phone_number", "+14155550102"),
			change: twilio("twilio_sms", "phone_number", "+14155550101"), replaced: true,
		},
		{
			kind: "chatlake_inbox", first: twilio("twilio_whatsapp", "messaging_service_sid", "MG1"), second: twilio("twilio_whatsapp", "messaging_service_sid", "MG2"),
			change: twilio("twilio_whatsapp", "messaging_service_sid", "MG1"), replaced: true,
		},
		{kind: "imichat_chat", first: chat("one", "447700900001"), second: chat("two", "447700900002"), change: acctest.Values{"alias_id": "one"}},
	} {
		t.Run(c.kind, func(t *testing.T) {
			t.Parallel()

			s := newStage(t, acctest.Values{"max_retries": 0})
			s.world.Complaints = true
			s.world.IMIchat.SetSwitches(func(x *imichat.Switches) { x.UniqueAlias = true })
			s.need("chatlake_portal", acctest.Values{"name": "Help", "slug": "help"})

			first, second := s.need(c.kind, with(c.first, c.more)), s.need(c.kind, with(c.second, c.more))

			changed := with(with(c.second, c.more), c.change)

			plan, _ := s.Plan(t.Context(), second, changed)
			if (len(plan.RequiresReplace) > 0) != c.replaced {
				t.Fatalf("replaced because of %v, want %t", plan.RequiresReplace, c.replaced)
			}

			var diags acctest.Diagnostics

			if c.replaced {
				_, diags = s.world.Protocol(t, acctest.Values{"max_retries": 0}).Create(t.Context(), c.kind, changed)
			} else {
				_, diags = s.Apply(t.Context(), second, changed)
			}

			said := diags.String()
			if len(diags.Errors()) == 0 || !strings.Contains(said, fmt.Sprint(" ", first.String("id"))) || strings.Contains(said, "import {") != c.replaced {
				t.Errorf("%s has the key: %s", first.String("id"), said)
			}
		})
	}
}
