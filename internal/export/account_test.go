package export_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/imichat"
)

type values = acctest.Values

// hard is a text that the language of configurations stumbles over.
const hard = "Dear ${name}, %{ if x }\n\t\"quoted\" \\n {{ contact.name }}\n  EOT\n$${y} Grüße 👋"

// fill makes an account with one of everything, as this provider and as dashboards make it.
func fill(t *testing.T, w *acctest.World) {
	t.Helper()

	p := w.Protocol(t, nil)
	made := func(kind string, config values) string {
		t.Helper()
		return chatlaketest.Create(t, p, kind, config).String("id")
	}
	raw := func(path, body string) {
		t.Helper()

		var object chatlaketest.Object
		if err := json.Unmarshal([]byte(body), &object); err != nil {
			t.Fatal(err)
		}

		chatlaketest.Ask(t, w, "POST", path, object)
	}

	agent := made("chatlake_agent", values{"email": "zoe@example.com", "name": "Zoë", "role": "administrator", "availability": "busy", "auto_offline": false})
	team := made("chatlake_team", values{"name": "grüße & co", "description": hard, "member_ids": []any{agent, fmt.Sprint(chatlake.AgentID)}})
	made("chatlake_team", values{"name": "24/7", "allow_auto_assign": false})
	made("chatlake_label", values{"title": "vip", "description": "50% off ${x}", "color": "#111111", "show_on_sidebar": true})
	made("chatlake_label", values{"title": "größe"})
	made("chatlake_canned_response", values{"short_code": "hello", "content": hard})
	made("chatlake_canned_response", values{"short_code": "Hello", "content": hard + "\n"})
	bot := made("chatlake_agent_bot", values{"name": "Bot \"x\"", "outgoing_url": "https://example.com/bot", "bot_config": values{"depth": 1.5, "for": []any{true, "x"}, "a b": values{}}})
	policy := made("chatlake_assignment_policy", values{"name": "Balanced", "assignment_order": "balanced", "fair_distribution_limit": 5, "enabled": false})
	role := made("chatlake_custom_role", values{"name": "Lead", "permissions": []any{"report_manage"}})
	made("chatlake_saml_settings", values{
		"sso_url": "https://idp.example.com/sso", "certificate": chatlaketest.Certificate, "idp_entity_id": "idp ${x}", "role_mappings": values{"IT & co": "administrator", "Leads": role},
	})
	made("chatlake_company", values{"name": "Acme", "domain": "acme.example", "description": hard, "custom_attributes": values{"a b": hard, "n": 1.5}})
	made("chatlake_account_settings", values{"name": "Our account", "auto_resolve_after": 20, "auto_resolve_message": hard, "auto_resolve_label": "vip"})
	made("chatlake_dashboard_app", values{"title": "Orders", "content": []any{values{"url": "https://example.com/orders?a=1&b=${2}"}}})
	made("chatlake_custom_attribute_definition", values{"attribute_display_name": "Plan", "attribute_key": "plan", "attribute_model": "contact_attribute", "attribute_display_type": "list", "attribute_values": []any{"b", "a"}})
	made("chatlake_custom_attribute_definition", values{"attribute_display_name": "Order", "attribute_key": "order", "attribute_model": "conversation_attribute", "regex_pattern": `^\d+${'$'}`, "regex_cue": "A number"})

	web := made("chatlake_inbox", values{"name": "Web", "channel": values{
		"type": "web_widget", "website_url": "https://example.com", "welcome_title": hard, "selected_feature_flags": []any{},
	}})
	portal := made("chatlake_portal", values{
		"inbox_id": web, "slug": "help", "name": "Help", "color": "#123456", "header_text": hard, "default_locale": "en", "allowed_locales": []any{"en", "de"},
		"social_profiles": values{"github": "us"}, "page_title": "Help",
	})
	chatlaketest.Ask(t, w, "PATCH", "/inboxes/"+web, chatlaketest.Object{"portal_id": json.Number(portal)}) // It names the inbox, which names it.

	parent := made("chatlake_category", values{"portal_slug": "help", "name": "FAQ", "slug": "faq"})
	german := made("chatlake_category", values{"portal_slug": "help", "name": "Fragen", "slug": "faq", "locale": "de", "associated_category_id": parent})
	made("chatlake_category", values{"portal_slug": "help", "name": "Orders", "slug": "orders", "parent_category_id": parent, "related_category_ids": []any{parent, german}})
	article := made("chatlake_article", values{"portal_slug": "help", "title": "How to ${order}?", "author_id": agent, "content": "# " + hard, "status": "published", "category_id": parent})
	made("chatlake_article", values{"portal_slug": "help", "title": "Wie?", "author_id": agent, "category_id": german, "associated_article_id": article, "meta": values{"title": "Wie", "tags": []any{"b", "a"}}})

	api := made("chatlake_inbox", values{
		"name": "API", "agent_bot_id": bot, "assignment_policy_id": policy, "member_ids": []any{agent}, "greeting_enabled": true, "greeting_message": hard,
		"channel":     values{"type": "api", "webhook_url": "https://example.com/hook", "additional_attributes": values{"agent_reply_time_window": 24}},
		"csat_config": values{"message": "How?", "survey_rules": values{"operator": "contains", "values": []any{"vip"}}}, "csat_survey_enabled": true,
		"working_hours_enabled": true, "timezone": "Europe/Lisbon",
		"working_hours": []any{values{"day_of_week": 1, "open_hour": 8, "close_hour": 18}, values{"day_of_week": 2, "open_all_day": true}, values{"day_of_week": 3, "closed_all_day": true}},
	})
	made("chatlake_inbox", values{"name": "Mail", "channel": values{"type": "email", "email": "help@example.com"}})
	made("chatlake_inbox", values{"name": "LINE", "channel": values{"type": "line", "line_channel_id": "100", "line_channel_secret_wo": "hunter-a", "line_channel_token_wo": "hunter-b"}})
	made("chatlake_inbox", values{"name": "Telegram", "channel": values{"type": "telegram", "bot_token_wo": "hunter-c"}})
	made("chatlake_inbox", values{"name": "WhatsApp", "channel": values{"type": "whatsapp", "phone_number": "+14155550100", "provider": "whatsapp_cloud", "provider_config_wo": values{"api_key": "hunter-d"}}})
	made("chatlake_inbox", values{"name": "SMS", "channel": values{"type": "sms", "phone_number": "+14155550101", "provider_config_wo": values{"api_key": "hunter-e"}}})
	made("chatlake_webhook", values{"url": "https://example.com/hook?x=${y}", "name": "Orders", "subscriptions": []any{"message_created", "contact_created"}, "inbox_id": api})

	// As dashboards make them.
	raw("/inboxes", `{"name":"Closed","channel":{"type":"web_widget","website_url":"https://closed.example.com","pre_chat_form_enabled":true},"working_hours_enabled":true,
		"working_hours":[{"day_of_week":0,"closed_all_day":true,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0}]}`)
	raw("/agent_bots", `{"name":"Made by hand","description":"","outgoing_url":""}`)
	raw("/webhooks", `{"webhook":{"url":"https://example.com/all"}}`)
	raw("/labels", `{"label":{"title":"by_hand","description":"","show_on_sidebar":null}}`)
	raw("/automation_rules", `{"name":"By hand","description":"","event_name":"message_created","active":true,
		"conditions":[{"attribute_key":"inbox_id","filter_operator":"equal_to","values":[`+api+`],"query_operator":"and","custom_attribute_type":""},
			{"attribute_key":"team_id","filter_operator":"is_present","values":[],"query_operator":"or","custom_attribute_type":""},
			{"attribute_key":"content","filter_operator":"contains","values":["${x} %{y}"],"query_operator":null,"custom_attribute_type":""}],
		"actions":[{"action_name":"mute_conversation","action_params":[]},{"action_name":"assign_team","action_params":[`+team+`]},
			{"action_name":"add_label","action_params":["vip","billing"]},{"action_name":"send_message","action_params":["Hi {{contact.name}}\n${x}"]},
			{"action_name":"send_email_to_team","action_params":[{"team_ids":[`+team+`],"message":"Look"}]},{"action_name":"assign_agent","action_params":[`+agent+`]}]}`)
	raw("/automation_rules", `{"name":"By hand","event_name":"conversation_opened","conditions":[],"actions":[{"action_name":"resolve_conversation","action_params":null}]}`)
	raw("/macros", `{"name":"Close","visibility":"global","actions":[{"action_name":"mute_conversation","action_params":null},{"action_name":"assign_team","action_params":[`+team+`]},
		{"action_name":"remove_label","action_params":["vip"]},{"action_name":"assign_agent","action_params":["self"]}]}`)
	raw("/custom_filters", `{"custom_filter":{"name":"Mine","filter_type":"conversation","query":{"payload":[{"attribute_key":"inbox_id","filter_operator":"equal_to","values":[{"id":`+api+`,"name":"API"}],"query_operator":"and"},
		{"attribute_key":"status","filter_operator":"equal_to","values":["open"]}]}}}`)
}

// fillOthers makes what other clients and agents make on each platform, in every state that is known. It returns the types of
// which there are objects that no configuration can say.
func fillOthers(t *testing.T, w *acctest.World) []string {
	t.Helper()

	var refused []string

	for _, f := range chatlaketest.Founds() {
		f.Make(t, w)

		if f.Refused != "" && !slices.Contains(refused, f.Kind) {
			refused = append(refused, f.Kind)
		}
	}

	hook := func(hooks map[string]sandbox.Hook, name string, body values) {
		t.Helper()

		raw, err := json.Marshal(body)
		if err == nil {
			_, err = hooks[name](raw)
		}

		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}

	p := w.Protocol(t, nil)

	for i, channel := range imichat.Channels() {
		id := chatlaketest.Create(t, p, "imichat_chat", values{
			"channel": channel, "asset": values{"id": imichat.AssetID(channel)}, "customer": customers[channel],
			"alias_id": fmt.Sprintf("order ${%d}", i), "tags": []any{"vip", "grüße"}, "other_details": values{"a b": hard, "for": "1"},
		}).String("id")

		hook(w.IMIchat.Hooks(), []string{"pick", "hold", "close", "release", "flag", "inbound", "reply", "tag"}[i%8], values{
			"chat_id": id, "outcome": "resolved", "flag": "red", "text": hard, "tags": []any{"vip"},
		})
	}

	chatlaketest.Create(t, p, "imichat_user", values{"login_id": "zoë ${x}", "email_id": "zoe@example.com", "first_name": "Zoë \"Z\"", "last_name": "%{x}", "privileges": []any{values{"teamid": "101", "role": "Team Agent"}}, "password_wo": "hunter-f", "password_wo_version": 1})
	hook(w.IMIchat.Hooks(), "edit_user", values{"user": imichat.OtherAgent, "first_name": "", "last_name": "", "job_description": hard, "active": false})

	for _, user := range []string{"ana", "bo"} {
		chatlaketest.Create(t, p, "kommunicate_user", values{"user_id": user})
		hook(w.Kommunicate.Hooks(), "open_widget", values{"userId": user, "name": "Order ${x}"})
	}

	return refused
}

// customers are the customers of a chat on each channel.
var customers = map[string]values{
	"sms": {"destination_id": "447700900001"}, "facebook": {"destination_id": "1"}, "twitter": {"destination_id": "2"}, "livechat": {"destination_id": "3"},
	"email": {"destination_id": "ana@example.com"}, "abc": {"destination_id": "4"}, "whatsapp": {"destination_id": "447700900002"}, "api": {"destination_id": "customer ${1}"},
}

// fillPeople makes people, and what they say.
func fillPeople(t *testing.T, w *acctest.World) {
	t.Helper()

	p := w.Protocol(t, nil)
	made := func(kind string, config values) string {
		t.Helper()
		return chatlaketest.Create(t, p, kind, config).String("id")
	}

	ana := made("chatlake_contact", values{
		"name": "Ana \"A\" ${x}", "email": "ana@example.com", "phone_number": "+447700900001", "labels": []any{"vip"}, "inbox_id": "101", "source_id": "s",
		"custom_attributes": values{"plan type": "${gold}", "for": 1.5, "list": []any{"a", true}},
	})
	made("chatlake_contact", values{"identifier": "zoe", "blocked": true})
	made("chatlake_contact_note", values{"contact_id": ana, "content": hard})
	conversation := made("chatlake_conversation", values{
		"inbox_id": "101", "contact_id": ana, "source_id": "s", "priority": "high", "custom_attributes": values{"order": 1}, "labels": []any{"late"}, "status": "resolved",
	})
	made("chatlake_message", values{"conversation_id": conversation, "content": hard, "private": true})
	made("chatlake_message", values{"conversation_id": conversation, "content": hard + "\n"})

	made("kommunicate_user", values{"user_id": "mira", "display_name": "Mira ${x}"})
	made("kommunicate_user", values{"user_id": "robot@example.com", "metadata": values{"plan": "gold"}})
	group := made("kommunicate_conversation", values{
		"group_name": "Order 1001", "group_member_list": []any{"mira"}, "client_group_id": "order-1001", "metadata": values{"order": "${1001}"},
	})
	made("kommunicate_message", values{"group_id": group, "from_user_name": "mira", "message": hard})
}
