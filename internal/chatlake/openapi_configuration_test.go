package chatlake_test

import (
	"fmt"
	"net/http/httptest"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
)

// channels are inboxes of every type of channel, each with a change.
var channels = map[string][2]values{
	"api": {
		{"webhook_url": "https://example.com/one", "hmac_mandatory": true, "additional_attributes": values{"agent_reply_time_window": 24}},
		{},
	},
	"web_widget": {
		{
			"website_url": "https://one.example.com", "widget_color": "#ff0000", "welcome_title": "Hi", "welcome_tagline": "Ask us", "reply_time": "in_a_day",
			"pre_chat_form_enabled": true, "pre_chat_form_options": values{"pre_chat_message": "First"}, "continuity_via_email": false, "hmac_mandatory": true,
			"allowed_domains": "one.example.com", "selected_feature_flags": []any{"attachments"},
		},
		{"website_url": "https://two.example.com"},
	},
	"email":    {mail("one", "1", 993, true), {"email": "two@example.com"}},
	"line":     {{"line_channel_id": "1", "line_channel_secret_wo": "a", "line_channel_token_wo": "b"}, {"line_channel_id": "1", "line_channel_secret_wo": "c", "line_channel_secret_wo_version": "2", "line_channel_token_wo": "b"}},
	"telegram": {{"bot_token_wo": "a"}, {"bot_token_wo": "b", "bot_token_wo_version": "2"}},
	"whatsapp": {
		{"phone_number": "+14155550100", "provider": "whatsapp_cloud", "provider_config_wo": values{"api_key": "a"}},
		{"phone_number": "+14155550100", "provider": "default"},
	},
	"sms": {
		{"phone_number": "+14155550101", "provider_config_wo": values{"api_key": "a"}},
		{"phone_number": "+14155550101", "provider_config_wo": values{"api_key": "b"}, "provider_config_wo_version": "2"},
	},
}

// TestOpenAPI_configuration sends everything that the provider sends about the configuration of an account, and reads
// every answer, past a description of the API.
func TestOpenAPI_configuration(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	judge := newReferee(t, w.Handler(), "openapi_configuration.yaml")
	listener := httptest.NewServer(judge)
	t.Cleanup(listener.Close)
	w.URL = listener.URL
	p := w.Protocol(t, nil)
	life := func(kind, within string, configs ...values) acctest.Object {
		t.Helper()

		object := acctest.Object{Type: kind}

		for _, config := range configs {
			var diags acctest.Diagnostics

			object, diags = p.Apply(t.Context(), object, config)
			if len(diags.Errors()) > 0 {
				t.Fatalf("%s %v: %s", kind, config, diags)
			}

			if _, diags := w.Protocol(t, nil).Import(t.Context(), kind, within+object.String("id")); len(diags) > 0 {
				t.Errorf("%s: %s", kind, diags)
			}
		}

		return object
	}

	var made []acctest.Object
	for kind, configs := range stages() {
		made = append(made, life(kind, "", configs...))
	}

	for kind, configs := range channels {
		channel := func(i int) values { return values{"name": kind, "channel": with(configs[i], values{"type": kind})} }
		made = append(made, life("chatlake_inbox", "", channel(0), channel(1)))
	}

	policy, bot := life("chatlake_assignment_policy", "", values{"name": "P"}), life("chatlake_agent_bot", "", values{"name": "B"})
	portal := life("chatlake_portal", "", values{"slug": "help", "name": "Help"})
	made = append(made, life("chatlake_inbox", "", with(least()["chatlake_inbox"], values{
		"greeting_enabled": true, "greeting_message": "Hello", "enable_email_collect": false, "csat_survey_enabled": true,
		"csat_config":            values{"message": "Well?", "survey_rules": values{"operator": "contains", "values": []any{"vip"}}},
		"enable_auto_assignment": false, "auto_assignment_config": values{"max_assignment_limit": 5}, "working_hours_enabled": true,
		"working_hours": []any{values{"day_of_week": 1, "open_hour": 9, "close_hour": 17}, values{"day_of_week": 2, "open_all_day": true}}, "out_of_office_message": "Gone",
		"timezone": "Europe/Lisbon", "allow_messages_after_resolved": false, "lock_to_single_conversation": true, "sender_name_type": "professional",
		"business_name": "Acme", "portal_id": portal.String("id"), "agent_bot_id": bot.String("id"), "assignment_policy_id": policy.String("id"), "member_ids": []any{"12"},
	}), least()["chatlake_inbox"]))

	parent := life("chatlake_category", "help/", values{"portal_slug": "help", "name": "Start", "slug": "start"})
	category := life("chatlake_category", "help/", values{
		"portal_slug": "help", "name": "One", "slug": "one", "locale": "en", "description": "One", "position": 1, "icon": "1", "icon_color": "#111",
		"parent_category_id": parent.String("id"), "associated_category_id": parent.String("id"), "related_category_ids": []any{parent.String("id")},
	}, values{"portal_slug": "help", "name": "One", "slug": "one"})
	article := life("chatlake_article", "help/", values{
		"portal_slug": "help", "title": "One", "author_id": "11", "slug": "one", "content": "# One", "description": "One", "status": "published",
		"category_id": category.String("id"), "position": 5, "meta": values{"title": "One", "tags": []any{"a"}},
	}, values{"portal_slug": "help", "title": "One", "author_id": "11", "status": "draft"})

	contact, diags := p.Create(t.Context(), "chatlake_contact", values{"identifier": "i"})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	about := values{"contact_id": contact.String("id"), "content": "First"}

	note := life("chatlake_contact_note", contact.String("id")+"/", about, with(about, values{"content": "Second"}))
	for kind, config := range map[string]values{
		"chatlake_contact_notes": {"contact_id": contact.String("id")}, "chatlake_categories": {"portal_slug": "help"}, "chatlake_articles": {"portal_slug": "help"},
		"chatlake_account_settings": {}, "chatlake_inboxes": {},
	} {
		_, diags := p.Data(t.Context(), kind, config)
		if len(diags) > 0 {
			t.Errorf("%s: %s", kind, diags)
		}
	}

	for _, path := range []string{"/inboxes/101", fmt.Sprintf("/macros/%v", find(t, w, "macros", "name", "Two")["id"])} {
		request(t, w, "GET", path, "") // The provider asks for one that the list does not show.
	}

	for _, object := range append(made, note, article, category, parent, portal, bot, policy) {
		_, diags := p.Apply(t.Context(), object, nil)
		if len(diags) > 0 {
			t.Errorf("%s: %s", object.Type, diags)
		}
	}

	judge.complete()
}
