package account_test

import (
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

// minimal returns a configuration of each type that has gates, with which every release is content.
func minimal() map[string]values {
	return map[string]values{
		"chatlake_account_settings":            {},
		"chatlake_agent":                       {"email": "gate@example.com", "name": "Gate"},
		"chatlake_agent_bot":                   {"name": "Gate"},
		"chatlake_article":                     {"portal_slug": "help", "title": "Gate", "content": "Text", "author_id": "1"},
		"chatlake_assignment_policy":           {},
		"chatlake_automation_rule":             {"name": "Gate", "event_name": "message_created", "conditions": []any{}, "actions": []any{}},
		"chatlake_campaign":                    {"title": "Gate", "message": "Text", "inbox_id": "102"},
		"chatlake_category":                    {"portal_slug": "help", "name": "Gate", "slug": "gate", "locale": "en"},
		"chatlake_company":                     {"name": "Gate"},
		"chatlake_contact":                     {"name": "Gate"},
		"chatlake_conversation":                {"inbox_id": "101", "contact_id": "1001"},
		"chatlake_custom_attribute_definition": {"attribute_display_name": "Gate", "attribute_key": "gate"},
		"chatlake_inbox":                       {"name": "Gate", "channel": values{"type": "api"}},
		"chatlake_message":                     {"conversation_id": "1", "content": "Gate"},
		"chatlake_portal":                      {"slug": "gate", "name": "Gate"},
		"chatlake_webhook":                     {"url": "https://example.com/gate"},
	}
}

// channel returns the settings of an inbox with a channel of the kind, and one more field.
func channel(kind values, name string, value any) values {
	all := maps.Clone(kind)
	all[name] = value

	return values{"channel": all}
}

// tripping returns, for each gate, what makes a minimal configuration depend on it. A nil value takes an attribute out.
func tripping() map[string]values {
	widget := values{"type": "web_widget", "website_url": "https://example.com"}
	email := values{"type": "email", "email": "gate@example.com"}

	return map[string]values{
		"chatlake_account_settings.auto_resolve_after":               {"auto_resolve_after": 60},
		"chatlake_account_settings.auto_resolve_message":             {"auto_resolve_message": "Bye"},
		"chatlake_account_settings.auto_resolve_ignore_waiting":      {"auto_resolve_ignore_waiting": true},
		"chatlake_account_settings.auto_resolve_label":               {"auto_resolve_label": "vip"},
		"chatlake_account_settings.audio_transcriptions":             {"audio_transcriptions": true},
		"chatlake_account_settings.industry":                         {"industry": "x"},
		"chatlake_account_settings.company_size":                     {"company_size": "x"},
		"chatlake_account_settings.timezone":                         {"timezone": "UTC"},
		"chatlake_account_settings.referral_source":                  {"referral_source": "x"},
		"chatlake_account_settings.website":                          {"website": "https://example.com"},
		"chatlake_account_settings.user_role":                        {"user_role": "x"},
		"chatlake_account_settings.captain_models":                   {"captain_models": values{"editor": "gpt-4.1"}},
		"chatlake_account_settings.captain_features":                 {"captain_features": values{"editor": true}},
		"chatlake_account_settings.conversation_required_attributes": {"conversation_required_attributes": []any{"a"}},
		"chatlake_agent.custom_role_id":                              {"custom_role_id": "1"},
		"chatlake_agent_bot.bot_config":                              {"bot_config": values{"a": "b"}},
		"chatlake_agent_bot.avatar":                                  {"avatar": "../chatlaketest/testdata/one.png"},
		"chatlake_agent_bot.avatar_url":                              {"avatar_url": "https://example.com/a.png"},
		"chatlake_article.locale":                                    {"locale": "en"},
		"chatlake_article.content":                                   {"content": nil},
		"chatlake_assignment_policy.name":                            {"name": "Gate"},
		"chatlake_automation_rule.event_name":                        {"event_name": "conversation_resolved"},
		"chatlake_campaign.template_params":                          {"template_params": values{"name": "x"}},
		"chatlake_category.icon":                                     {"icon": "x"},
		"chatlake_category.icon_color":                               {"icon_color": "#ffffff"},
		"chatlake_company.custom_attributes":                         {"custom_attributes": values{"a": "b"}},
		"chatlake_contact.blocked":                                   {"blocked": true},
		"chatlake_contact.avatar_url":                                {"avatar_url": "https://example.com/a.png"},
		"chatlake_contact.company_id":                                {"company_id": "1"},
		"chatlake_conversation.on_destroy":                           {"on_destroy": "delete"},
		"chatlake_conversation.sla_policy_id":                        {"sla_policy_id": "1"},
		"chatlake_custom_attribute_definition.attribute_model":       {"attribute_model": "company_attribute"},
		"chatlake_custom_attribute_definition.regex_pattern":         {"regex_pattern": "a", "regex_cue": "b"},
		"chatlake_custom_attribute_definition.regex_cue":             {"regex_pattern": "a", "regex_cue": "b"},
		"chatlake_inbox.lock_to_single_conversation":                 {"lock_to_single_conversation": true},
		"chatlake_inbox.portal_id":                                   {"portal_id": "5"},
		"chatlake_inbox.sender_name_type":                            {"sender_name_type": "professional"},
		"chatlake_inbox.business_name":                               {"business_name": "x"},
		"chatlake_inbox.assignment_policy_id":                        {"assignment_policy_id": "5"},
		"chatlake_inbox.csat_config":                                 {"csat_config": values{"message": "x"}},
		"chatlake_inbox.csat_config.button_text":                     {"csat_config": values{"button_text": "x"}},
		"chatlake_inbox.csat_config.language":                        {"csat_config": values{"language": "de"}},
		"chatlake_inbox.csat_template twilio_whatsapp": {
			"channel":       values{"type": "twilio_whatsapp", "phone_number": "+14155550101", "account_sid": "AC1", "auth_token_wo": "t"},
			"csat_template": values{"message": "x"},
		},
		"chatlake_inbox.csat_template whatsapp": {
			"channel":       values{"type": "whatsapp", "provider": "whatsapp_cloud", "phone_number": "+14155550101", "provider_config_wo": values{"api_key": "k"}},
			"csat_template": values{"message": "x"},
		},
		"chatlake_inbox.channel.additional_attributes": channel(values{"type": "api"}, "additional_attributes", values{"a": "b"}),
		"chatlake_inbox.channel.api_key_sid": {"channel": values{
			"type": "twilio_sms", "phone_number": "+14155550101", "account_sid": "AC1", "auth_token_wo": "t", "api_key_sid": "SK1",
		}},
		"chatlake_inbox.channel.allowed_domains":        channel(widget, "allowed_domains", "example.com"),
		"chatlake_inbox.channel.selected_feature_flags": channel(widget, "selected_feature_flags", []any{"emoji_picker", "allow_mobile_webview"}),
		"chatlake_inbox.channel.imap_authentication":    channel(email, "imap_authentication", "login"),
		"chatlake_inbox.channel.verified_for_sending":   channel(email, "verified_for_sending", true),
		"chatlake_message.content_attributes":           {"content_attributes": values{"external_created_at": "x"}},
		"chatlake_portal.logo":                          {"logo": "../chatlaketest/testdata/one.png"},
		"chatlake_portal.draft_locales":                 {"draft_locales": []any{"de"}},
		"chatlake_portal.layout":                        {"layout": "documentation"},
		"chatlake_portal.social_profiles":               {"social_profiles": values{"x": "gate"}},
		"chatlake_portal.locale_translations":           {"locale_translations": values{"en": values{"name": "x"}}},
		"chatlake_portal.inbox_id":                      {"inbox_id": "101"},
		"chatlake_webhook.name":                         {"name": "x"},
	}
}

// before returns a release that is older than the given one.
func before(since release.Version) string {
	var major, minor, patch int

	_, _ = fmt.Sscanf(string(since), "%d.%d.%d", &major, &minor, &patch) // A release of the table.

	switch {
	case patch > 0:
		patch--
	case minor > 0:
		minor, patch = minor-1, 9
	default:
		major, minor = major-1, 99
	}

	return fmt.Sprintf("%d.%d.%d", major, minor, patch)
}

// TestGates_refuseOnPlan plans a configuration for each gate, on a release that is too old and on the one that brought the
// attribute.
func TestGates_refuseOnPlan(t *testing.T) {
	t.Parallel()

	for _, gate := range release.All() {
		if gate.Removed {
			continue // Below.
		}

		name := strings.TrimSpace(gate.Type + "." + gate.Attribute + " " + gate.Is)
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			more, ok := tripping()[name]
			if !ok {
				t.Fatal("no configuration of this test depends on the gate")
			}

			config := minimal()[gate.Type]
			maps.Copy(config, more)

			said := plan(t, before(gate.Since), gate.Type, config)
			last := gate.Attribute[strings.LastIndex(gate.Attribute, ".")+1:]

			if !strings.Contains(said, "The server is too old") && !strings.Contains(said, "too old for") ||
				!strings.Contains(said, string(gate.Since)) || !strings.Contains(said, before(gate.Since)) {
				t.Errorf("an older server: %s", said)
			}

			if gate.Type != "chatlake_assignment_policy" && !strings.Contains(said, `"`+last+`"`) {
				t.Errorf("the error is not on the attribute: %s", said)
			}

			said = plan(t, string(gate.Since), gate.Type, config)
			if strings.Contains(said, "too old") && strings.Contains(said, `"`+last+`"`) && strings.Contains(said, "since Chatwoot "+string(gate.Since)) {
				t.Errorf("the release that brought it: %s", said)
			}
		})
	}
}

// plan plans a new object on a release, and returns what was said. No plan writes.
func plan(t *testing.T, version, kind string, config values) string {
	t.Helper()

	w := acctest.New(t)
	w.Complaints = true
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })

	p := w.Protocol(t, nil)

	_, diags := p.Plan(t.Context(), acctest.Object{Type: kind}, config)

	n := len(w.Journal.Writes())
	if n > 0 {
		t.Errorf("planning sent %d writes", n)
	}

	return diags.String()
}

// TestGates_removed takes an inbox out of a portal: older servers keep it.
func TestGates_removed(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Complaints = true
	p := w.Protocol(t, nil)
	config := values{"slug": "gate", "name": "Gate", "custom_domain": "gate.example.com"}

	widget, diags := p.Create(t.Context(), "chatlake_inbox", values{"name": "W", "channel": values{"type": "web_widget", "website_url": "https://example.com"}})
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	with := maps.Clone(config)
	with["inbox_id"] = widget.String("id")

	portal, diags := p.Create(t.Context(), "chatlake_portal", with)
	if len(diags) > 0 {
		t.Fatal(diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.5.2" })

	_, diags = w.Protocol(t, nil).Plan(t.Context(), portal, config)

	said := diags.String()
	if !strings.Contains(said, "Taking this attribute out works since Chatwoot 4.6.0") {
		t.Errorf("planned without the inbox: %s", said)
	}

	_, diags = w.Protocol(t, nil).Plan(t.Context(), portal, with)
	if len(diags) > 0 {
		t.Errorf("an unchanged portal: %s", diags)
	}
}

// TestGates_askOnce asks the server for its release once, and only where a plan depends on it.
func TestGates_askOnce(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "3.16.0" })
	p := w.Protocol(t, nil)
	plain := values{"name": "Gate"}

	_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_contact"}, plain)

	n := w.Journal.Count("GET /api")
	if n != 0 || len(diags) > 0 {
		t.Errorf("%d requests for the release, and nothing depends on it: %s", n, diags)
	}

	warnings := 0

	for range 3 {
		_, diags = p.Plan(t.Context(), acctest.Object{Type: "chatlake_contact"}, values{"name": "Gate", "avatar_url": "https://example.com/a.png"})
		warnings += strings.Count(diags.String(), "older than what this provider supports")
	}

	n = w.Journal.Count("GET /api")
	if n != 1 || warnings != 1 {
		t.Errorf("%d requests for the release, %d warnings; want one of each", n, warnings)
	}
}
