package chatlake_test

import (
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

type values = acctest.Values

// apiChannel is the least that an inbox can have.
var apiChannel = values{"type": "api"}

// least is the least configuration of every object of an account's configuration.
func least() map[string]values {
	return map[string]values{
		"chatlake_label":                       {"title": "least"},
		"chatlake_team":                        {"name": "least"},
		"chatlake_agent":                       {"email": "least@example.com"},
		"chatlake_inbox":                       {"name": "Least", "channel": apiChannel},
		"chatlake_canned_response":             {"short_code": "least", "content": "Hello"},
		"chatlake_custom_attribute_definition": {"attribute_display_name": "Least", "attribute_key": "least"},
		"chatlake_agent_bot":                   {"name": "Least"},
		"chatlake_assignment_policy":           {"name": "Least"},
		"chatlake_dashboard_app":               {"title": "Least", "content": []any{values{"url": "https://example.com"}}},
		"chatlake_automation_rule":             {"name": "Least", "event_name": "conversation_created", "conditions": []any{}, "actions": []any{}},
		"chatlake_macro":                       {"name": "Least", "actions": []any{}},
		"chatlake_custom_filter":               {"name": "Least", "filter_type": "contact", "query": values{}},
		"chatlake_portal":                      {"slug": "least", "name": "Least"},
		"chatlake_webhook":                     {"url": "https://example.com/least"},
	}
}

// with adds to a configuration.
func with(config values, more values) values {
	both := values{}
	maps.Copy(both, config)
	maps.Copy(both, more)

	return both
}

// TestConfiguration takes each object through its life without Terraform: nothing is sent for nothing, the identity finds
// it, and what is gone is gone.
func TestConfiguration(t *testing.T) {
	t.Parallel()

	for kind, config := range least() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			w.Complaints = slices.Contains(stumbling, kind)
			p := w.Protocol(t, nil)

			created, diags := p.Create(t.Context(), kind, config)
			if len(diags) > 0 {
				t.Fatal(diags)
			}

			want := 1
			if len(w.Journal.Writes()) != want {
				t.Errorf("%d writes for a create", len(w.Journal.Writes()))
			}

			if p.Changes(t.Context(), created, config) {
				t.Error("a second plan is not empty")
			}

			for attribute, value := range map[string]any{"adopt_existing": true, "timeouts": values{"delete": "1m"}} {
				if _, ok := attributesOf(p, kind)[attribute]; !ok {
					continue
				}

				w.Journal.Clear()

				created, diags = p.Apply(t.Context(), created, with(config, values{attribute: value}))
				if len(diags) > 0 {
					t.Error(diags)
				}

				noWrites(t, w) // For what is decided on this side.
			}

			id := created.String("id")

			got := p.Identity(created)
			if got["id"] != id || got["account_id"] != "1" {
				t.Errorf("identity %v", got)
			}

			byIdentity, diags := p.ImportIdentity(t.Context(), kind, values{"id": id, "account_id": "1"})

			byID, more := p.Import(t.Context(), kind, id)
			if len(diags)+len(more) > 0 || !byIdentity.State.Equal(byID.State) || byID.String("id") != id {
				t.Errorf("imported %v and %v\n%s%s", byIdentity.State, byID.State, diags, more)
			}

			_, diags = p.ImportIdentity(t.Context(), kind, values{"id": id, "account_id": "2"})
			if !strings.Contains(diags.String(), "another account") {
				t.Errorf("imported from another account: %s", diags)
			}

			for _, wrong := range []string{"", "0", "x", "../1", "1/2", "1?x=1", "-1"} {
				_, diags = p.Import(t.Context(), kind, wrong)
				if !strings.Contains(diags.String(), "unexpected form") {
					t.Errorf("imported %q: %s", wrong, diags)
				}
			}

			if nothing, diags := p.Import(t.Context(), kind, "99999"); len(diags) > 0 || !nothing.Gone() {
				t.Errorf("imported %v\n%s", nothing.State, diags)
			}

			if gone, diags := p.Apply(t.Context(), created, nil); len(diags) > 0 || !gone.Gone() {
				t.Errorf("destroyed %v\n%s", gone.State, diags)
			}

			if gone, diags := p.Apply(t.Context(), created, nil); len(diags) > 0 || !gone.Gone() {
				t.Errorf("destroyed again %v\n%s", gone.State, diags)
			}

			if gone, diags := p.Read(t.Context(), created); len(diags) > 0 || !gone.Gone() {
				t.Errorf("read %v\n%s", gone.State, diags)
			}

			if again, diags := p.Create(t.Context(), kind, config); len(diags) > 0 || again.Gone() {
				t.Errorf("created again: %s", diags)
			}
		})
	}
}

// attributesOf are the attributes of a type of resource.
func attributesOf(p *acctest.Protocol, kind string) map[string]tftypes.Type {
	object, _ := p.Schema(kind).ValueType().(tftypes.Object)
	return object.AttributeTypes
}

// stages are configurations of an object, each applied to what the one before left: everything set, everything changed,
// and, last, the least that there can be.
func stages() map[string][]values {
	return map[string][]values{
		"chatlake_label": {{"title": "one", "description": "One", "color": "#111111", "show_on_sidebar": true}, {"title": "two", "description": "Two", "color": "#222222", "show_on_sidebar": false}},
		"chatlake_team":  {{"name": "one", "description": "One", "allow_auto_assign": false, "member_ids": []any{"11", "12"}}, {"name": "two", "description": "Two", "allow_auto_assign": true, "member_ids": []any{"13"}}},
		"chatlake_agent": {
			{"email": "least@example.com", "name": "One", "role": "administrator", "auto_offline": false, "custom_role_id": "7"},
			{"email": "least@example.com", "name": "Two", "role": "agent", "auto_offline": true, "custom_role_id": "8"},
		},
		"chatlake_canned_response": {{"short_code": "one", "content": "One"}, {"short_code": "Two", "content": "Two"}},
		"chatlake_custom_attribute_definition": {
			{"attribute_display_name": "One", "attribute_key": "least", "attribute_model": "contact_attribute", "attribute_display_type": "text", "attribute_description": "One", "regex_pattern": "^a$", "regex_cue": "An a"},
			{"attribute_display_name": "Two", "attribute_key": "least", "attribute_model": "contact_attribute", "attribute_display_type": "text", "attribute_description": "Two", "regex_pattern": "^b$", "regex_cue": "A b"},
			{"attribute_display_name": "Three", "attribute_key": "least", "attribute_model": "contact_attribute"},
		},
		"chatlake_agent_bot": {
			{"name": "One", "description": "One", "outgoing_url": "https://example.com/one", "bot_type": "webhook", "bot_config": values{"depth": 1, "on": true}},
			{"name": "Two", "description": "Two", "outgoing_url": "https://example.com/two", "bot_type": "webhook", "bot_config": values{"depth": 2}},
		},
		"chatlake_assignment_policy": {
			{"name": "One", "description": "One", "assignment_order": "balanced", "conversation_priority": "longest_waiting", "fair_distribution_limit": 5, "fair_distribution_window": 60, "enabled": false},
			{"name": "Two", "description": "Two", "assignment_order": "round_robin", "conversation_priority": "earliest_created", "fair_distribution_limit": 6, "fair_distribution_window": 90, "enabled": true},
		},
		"chatlake_dashboard_app": {
			{"title": "One", "content": []any{values{"type": "frame", "url": "https://example.com/one"}, values{"url": "https://example.com/more"}}},
			{"title": "Two", "content": []any{values{"url": "https://example.com/two"}}},
		},
		"chatlake_automation_rule": {
			{
				"name": "One", "description": "One", "event_name": "conversation_created", "active": false,
				"conditions": []any{
					values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}, "query_operator": "AND"},
					values{"attribute_key": "team_id", "filter_operator": "equal_to", "values": []any{fmt.Sprint(chatlake.TeamID)}},
				},
				"actions": []any{
					values{"action_name": "add_label", "action_params": []any{"billing"}},
					values{"action_name": "assign_team", "action_params": []any{fmt.Sprint(chatlake.TeamID)}},
					values{"action_name": "send_email_to_team", "action_params": []any{values{"team_ids": []any{fmt.Sprint(chatlake.TeamID)}, "message": "Look"}}},
					values{"action_name": "mute_conversation", "action_params": []any{}},
				},
			},
			{
				"name": "Two", "description": "Two", "event_name": "message_created", "active": true,
				"conditions": []any{values{"attribute_key": "content", "filter_operator": "contains", "values": []any{"refund"}}},
				"actions":    []any{values{"action_name": "change_priority", "action_params": []any{"urgent"}}},
			},
		},
		"chatlake_macro": {
			{"name": "One", "visibility": "global", "actions": []any{values{"action_name": "assign_agent", "action_params": []any{fmt.Sprint(chatlake.AgentID)}}}},
			{"name": "Two", "visibility": "personal", "actions": []any{values{"action_name": "send_message", "action_params": []any{"Thanks {{contact.name}}"}}}},
			{"name": "Two", "visibility": "global", "actions": []any{values{"action_name": "send_message", "action_params": []any{"Thanks {{contact.name}}"}}}},
		},
		"chatlake_custom_filter": {
			{"name": "One", "filter_type": "report", "query": values{"payload": []any{values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open", 1, true}}}}},
			{"name": "Two", "filter_type": "report", "query": values{"payload": []any{}}},
			{"name": "Two", "filter_type": "report", "query": values{}},
		},
		"chatlake_account_settings": {
			{
				"name": "One", "locale": "de", "domain": "one.example.com", "support_email": "one@example.com", "auto_resolve_after": 10, "auto_resolve_message": "Bye",
				"auto_resolve_ignore_waiting": true, "auto_resolve_label": "billing", "audio_transcriptions": true, "industry": "One", "company_size": "1-10", "timezone": "UTC",
				"referral_source": "One", "user_role": "One", "website": "https://one.example.com",
			},
			{
				"name": "Two", "locale": "en", "domain": "two.example.com", "support_email": "two@example.com", "auto_resolve_after": 20, "auto_resolve_message": "See you",
				"auto_resolve_ignore_waiting": false, "auto_resolve_label": "support", "audio_transcriptions": false, "industry": "Two", "company_size": "11-50", "timezone": "Europe/Lisbon",
				"referral_source": "Two", "user_role": "Two", "website": "https://two.example.com",
			},
			{},
		},
		"chatlake_portal": {
			{
				"slug": "least", "name": "One", "color": "#111", "custom_domain": "one.example.com", "header_text": "One", "homepage_link": "https://one.example.com", "page_title": "One", "archived": true,
				"default_locale": "pt_BR", "allowed_locales": []any{"pt_BR", "en"}, "draft_locales": []any{"en"}, "layout": "documentation", "social_profiles": values{"x": "one"},
				"locale_translations": values{"en": values{"name": "One"}}, "inbox_id": fmt.Sprint(chatlake.WebInboxID),
			},
			{
				"slug": "least", "name": "Two", "color": "#222222", "custom_domain": "two.example.com", "header_text": "Two", "homepage_link": "https://two.example.com", "page_title": "Two", "archived": false,
				"default_locale": "en", "allowed_locales": []any{"de", "en"}, "draft_locales": []any{"de"}, "layout": "classic", "social_profiles": values{"mastodon": "two"},
				"locale_translations": values{"de": values{"name": "Zwei"}},
			},
		},
		"chatlake_webhook": {
			{"url": "https://example.com/one", "name": "One", "subscriptions": []any{"message_created"}, "inbox_id": fmt.Sprint(chatlake.APIInboxID)},
			{"url": "https://example.com/two", "name": "Two", "subscriptions": []any{"contact_created", "inbox_created"}, "inbox_id": fmt.Sprint(chatlake.APIInboxID)},
			{"url": "https://example.com/three", "inbox_id": fmt.Sprint(chatlake.APIInboxID)},
		},
	}
}

// TestConfiguration_attributes sets every attribute, changes it and takes it out again: in place, with state, platform and
// import in agreement at each step.
func TestConfiguration_attributes(t *testing.T) {
	t.Parallel()

	for kind, configs := range stages() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			p := w.Protocol(t, nil)

			object := acctest.Object{Type: kind}
			if len(configs) < 3 {
				configs = append(configs, least()[kind])
			}

			for i, config := range configs {
				var diags acctest.Diagnostics

				object, diags = p.Apply(t.Context(), object, config)
				if len(diags) > 0 || p.Changes(t.Context(), object, config) {
					t.Fatalf("applied %v: %v\n%s", config, object.State, diags)
				}

				fresh := w.Protocol(t, nil)
				if read, diags := fresh.Read(t.Context(), object); len(diags) > 0 || !read.State.Equal(object.State) {
					t.Errorf("read %v, want %v\n%s", read.State, object.State, diags)
				}

				imported, diags := fresh.Import(t.Context(), kind, importIDOf(object))
				if len(diags) > 0 || i < 2 && fresh.Changes(t.Context(), imported, config) {
					t.Errorf("imported %v, configured %v\n%s", imported.State, config, diags)
				}
			}
		})
	}
}

// importIDOf is what an object is imported by.
func importIDOf(o acctest.Object) string { return o.String("id") }

// TestConfiguration_refused goes through what is refused while planning: most of it would crash the server.
func TestConfiguration_refused(t *testing.T) {
	t.Parallel()
	p := acctest.NewProtocol(t)
	channel := func(kind string, more values) values { return values{"channel": with(values{"type": kind}, more)} }

	hours := func(days ...any) values { return values{"working_hours": days} }
	for _, test := range []struct {
		kind    string
		more    values
		message string
	}{
		{"chatlake_label", values{"title": "VIP"}, `must be in lower case`},
		{"chatlake_label", values{"title": "x"}, `must be at least two`},
		{"chatlake_label", values{"title": "two words"}, `must be at least two`},
		{"chatlake_label", values{"description": ""}, `length must be at least 1`},
		{"chatlake_label", values{"color": ""}, `length must be at least 1`},
		{"chatlake_label", values{"title": acctest.Unknown{}}, ``},
		{"chatlake_team", values{"name": "Second Line"}, `must be in lower case`},
		{"chatlake_team", values{"name": ""}, `length must be at least 1`},
		{"chatlake_team", values{"member_ids": []any{"x"}}, `must be a whole number`},
		{"chatlake_team", values{"member_ids": []any{acctest.Unknown{}}}, ``},
		{"chatlake_agent", values{"email": "Ana@example.com"}, `must be in lower case`},
		{"chatlake_agent", values{"email": "ana"}, `must be an e-mail address`},
		{"chatlake_agent", values{"role": "boss"}, `must be one of`},
		{"chatlake_agent", values{"availability": "away"}, `must be one of`},
		{"chatlake_agent", values{"name": ""}, `length must be at least 1`},
		{"chatlake_agent", values{"custom_role_id": "x"}, `must be a whole number`},
		{"chatlake_canned_response", values{"short_code": ""}, `length must be at least 1`},
		{"chatlake_canned_response", values{"content": ""}, `length must be at least 1`},
		{"chatlake_custom_attribute_definition", values{"attribute_display_name": " x"}, `must not be empty, nor begin`},
		{"chatlake_custom_attribute_definition", values{"attribute_key": "a b"}, `must be letters, digits`},
		{"chatlake_custom_attribute_definition", values{"attribute_key": "priority"}, `"priority" is the platform's own for a conversation_attribute`},
		{"chatlake_custom_attribute_definition", values{"attribute_key": "email", "attribute_model": "contact_attribute"}, `is the platform's own`},
		{"chatlake_custom_attribute_definition", values{"attribute_key": "email"}, ``},
		{"chatlake_custom_attribute_definition", values{"attribute_model": "user"}, `must be one of`},
		{"chatlake_custom_attribute_definition", values{"attribute_display_type": "colour"}, `must be one of`},
		{"chatlake_custom_attribute_definition", values{"attribute_display_type": "list"}, `needs attribute_values`},
		{"chatlake_custom_attribute_definition", values{"attribute_display_type": acctest.Unknown{}, "attribute_values": []any{"a"}}, ``},
		{"chatlake_custom_attribute_definition", values{"attribute_values": []any{"a"}}, `Only the type list`},
		{"chatlake_custom_attribute_definition", values{"attribute_display_type": "date", "regex_cue": "x"}, `Only the type text`},
		{"chatlake_agent_bot", values{"name": ""}, `length must be at least 1`},
		{"chatlake_agent_bot", values{"bot_type": "human"}, `must be one of`},
		{"chatlake_agent_bot", values{"outgoing_url": "x"}, `must be an address`},
		{"chatlake_assignment_policy", values{"assignment_order": "random"}, `must be one of`},
		{"chatlake_assignment_policy", values{"conversation_priority": "x"}, `must be one of`},
		{"chatlake_assignment_policy", values{"fair_distribution_limit": 0}, `must be at least 1`},
		{"chatlake_dashboard_app", values{"content": []any{}}, `at least 1 elements`},
		{"chatlake_dashboard_app", values{"content": []any{values{"url": "x"}}}, `must be an address`},
		{"chatlake_dashboard_app", values{"content": []any{values{"url": "https://example.com", "type": "tab"}}}, `must be one of`},
		{"chatlake_automation_rule", values{"event_name": "conversation_deleted"}, `must be one of`},
		{"chatlake_automation_rule", values{"conditions": "x"}, `must be a list of objects`},
		{"chatlake_automation_rule", values{"conditions": []any{"x"}}, `Element 0: the value must be a list of objects`},
		{"chatlake_automation_rule", values{"conditions": []any{values{"filter_operator": "equal_to"}}}, `Condition 0 needs attribute_key`},
		{"chatlake_automation_rule", values{"conditions": []any{values{"attribute_key": "status", "filter_operator": "equal_to", "values": "open"}}}, `values that are no list`},
		{"chatlake_automation_rule", values{"conditions": []any{
			values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}},
			values{"attribute_key": "status", "filter_operator": "equal_to", "values": []any{"open"}},
		}}, `Condition 0 needs query_operator`},
		{"chatlake_automation_rule", values{"conditions": []any{values{"attribute_key": "status", "filter_operator": "equal_to", "query_operator": "XOR"}}}, `Known are: AND, OR`},
		{"chatlake_automation_rule", values{"conditions": acctest.Unknown{}, "actions": []any{acctest.Unknown{}}}, ``},
		{"chatlake_automation_rule", values{"conditions": []any{values{"attribute_key": acctest.Unknown{}, "filter_operator": "equal_to", "values": acctest.Unknown{}}}}, ``},
		{"chatlake_automation_rule", values{"actions": []any{values{"action_name": "dance"}}}, `Known are: send_message, add_label`},
		{"chatlake_automation_rule", values{"actions": []any{values{"action_name": "add_label", "action_params": "vip"}}}, `action_params that are no list`},
		{"chatlake_automation_rule", values{"actions": []any{values{"action_name": "send_attachment"}}}, `needs the signed id`},
		{"chatlake_macro", values{"visibility": "team"}, `must be one of`},
		{"chatlake_macro", values{"actions": []any{values{"action_name": "add_sla"}}}, `Known are: send_message`},
		{"chatlake_custom_filter", values{"filter_type": "message"}, `must be one of`},
		{"chatlake_custom_filter", values{"query": "x"}, `must be an object`},
		{"chatlake_contact_note", values{"contact_id": "x", "content": "x"}, `must be a whole number`},
		{"chatlake_contact_note", values{"contact_id": "1", "content": ""}, `length must be at least 1`},
		{"chatlake_account_settings", values{"locale": "English"}, `must be a language`},
		{"chatlake_account_settings", values{"auto_resolve_after": 9}, `must be between 10 and 1439856`},
		{"chatlake_portal", values{"slug": "Help Center"}, `must be letters, digits`},
		{"chatlake_portal", values{"slug": "Übersicht-1"}, ``}, // The platform takes any; what cannot be in a path is refused.
		{"chatlake_portal", values{"color": "red"}, `must be #rgb or #rrggbb`},
		{"chatlake_portal", values{"custom_domain": "https://help.example.com"}, `without https://`},
		{"chatlake_portal", values{"layout": "modern"}, `must be one of`},
		{"chatlake_portal", values{"allowed_locales": []any{"English"}}, `must be a language`},
		{"chatlake_portal", values{"allowed_locales": []any{"en"}, "draft_locales": []any{"de"}}, `"de" is not one of allowed_locales`},
		{"chatlake_portal", values{"allowed_locales": []any{"en", acctest.Unknown{}}, "draft_locales": []any{"de"}}, ``},
		{"chatlake_category", values{"portal_slug": "a/b", "name": "x", "slug": "x"}, `must be the slug of a portal`},
		{"chatlake_category", values{"portal_slug": "Help", "name": "x", "slug": "Getting-Started"}, ``},
		{"chatlake_category", values{"portal_slug": "help", "name": "x", "slug": "x", "related_category_ids": []any{}}, `at least 1 elements`},
		{"chatlake_article", values{"portal_slug": "help", "title": "x", "author_id": "x"}, `must be a whole number`},
		{"chatlake_article", values{"portal_slug": "help", "title": "x", "author_id": "1", "status": "published"}, `needs content`},
		{"chatlake_article", values{"portal_slug": "help", "title": "x", "author_id": "1", "status": "secret"}, `must be one of`},
		{"chatlake_article", values{"portal_slug": "help", "title": "x", "author_id": "1", "slug": "search"}, `must be none of`},
		{"chatlake_article", values{"portal_slug": "help", "title": "x", "author_id": "1", "locale": "en", "category_id": "1"}, `cannot be specified when`},
		{"chatlake_webhook", values{"url": "example.com"}, `must be an address that starts with`},
		{"chatlake_webhook", values{"subscriptions": []any{}}, `at least 1 elements`},
		{"chatlake_webhook", values{"subscriptions": []any{"message_deleted"}}, `must be one of`},
		{"chatlake_webhook", values{"subscriptions": acctest.Unknown{}}, ``},
		{"chatlake_webhook", values{"inbox_id": "x"}, `must be a whole number`},
		{"chatlake_inbox", values{"name": ""}, `length must be at least 1`},
		{"chatlake_inbox", values{"sender_name_type": "rude"}, `must be one of`},
		{"chatlake_inbox", values{"timezone": "Mars time"}, `must be an IANA name`},
		{"chatlake_inbox", values{"member_ids": []any{"x"}}, `must be a whole number`},
		{"chatlake_inbox", values{"agent_bot_id": "x"}, `must be a whole number`},
		{"chatlake_inbox", values{"portal_id": "x"}, `must be a whole number`},
		{"chatlake_inbox", values{"greeting_message": strings.Repeat("x", 10_001)}, `at most 10000`},
		{"chatlake_inbox", values{"auto_assignment_config": values{"max_assignment_limit": 0}}, `must be at least 1`},
		{"chatlake_inbox", values{"csat_config": values{"display_type": "heart"}}, `must be one of`},
		{"chatlake_inbox", channel("fax", nil), `must be one of`},
		{"chatlake_inbox", channel("api", values{"website_url": "https://example.com"}), `type api has no website_url. It has: webhook_url, hmac_mandatory, additional_attributes\.`},
		{"chatlake_inbox", channel("api", values{"website_url": acctest.Unknown{}}), `type api has no website_url`},
		{"chatlake_inbox", channel("api", values{"webhook_url": "ftp://example.com"}), `must be an address that starts with`},
		{"chatlake_inbox", channel("api", values{"additional_attributes": "text"}), `must be an object`},
		{"chatlake_inbox", channel("web_widget", nil), `type web_widget needs website_url`},
		{"chatlake_inbox", channel("web_widget", values{"website_url": acctest.Unknown{}}), ``},
		{"chatlake_inbox", channel("web_widget", values{"website_url": "https://a.example", "reply_time": "soon"}), `must be one of`},
		{"chatlake_inbox", channel("web_widget", values{"website_url": "https://a.example", "selected_feature_flags": []any{"x"}}), `must be one of`},
		{"chatlake_inbox", channel("line", values{"line_channel_id": "1"}), `type line needs line_channel_secret_wo`},
		{"chatlake_inbox", channel("telegram", nil), `type telegram needs bot_token_wo`},
		{"chatlake_inbox", channel("sms", values{"phone_number": "123"}), `must be in E.164 form`},
		{"chatlake_inbox", channel("email", values{"email": "Help@example.com"}), `must be in lower case`},
		{"chatlake_inbox", channel("email", values{"email": "help@example.com", "imap_port": 0}), `must be between 1 and 65535`},
		{"chatlake_inbox", channel("whatsapp", values{"phone_number": "+14155550100", "provider": "x"}), `takes the providers default and whatsapp_cloud`},
		{"chatlake_inbox", values{"channel": values{"type": acctest.Unknown{}, "website_url": "https://a.example"}}, ``},
		{"chatlake_inbox", hours(values{"day_of_week": 7, "closed_all_day": true}), `must be between 0 and 6`},
		{"chatlake_inbox", hours(values{"day_of_week": 1, "closed_all_day": true}, values{"day_of_week": 1, "open_all_day": true}), `Day given twice`},
		{"chatlake_inbox", hours(values{"day_of_week": 1, "closed_all_day": true, "open_all_day": true}), `Closed and open all day`},
		{"chatlake_inbox", hours(values{"day_of_week": 1, "closed_all_day": true, "open_hour": 9}), `Hours of a whole day`},
		{"chatlake_inbox", hours(values{"day_of_week": 1, "open_hour": 9}), `Hours missing`},
		{"chatlake_inbox", hours(values{"day_of_week": 1, "open_hour": 17, "close_hour": 9}), `Hours that end before they begin`},
		{"chatlake_inbox", hours(values{"day_of_week": 1, "open_hour": 24, "close_hour": 25}), `must be between 0 and 23`},
		{"chatlake_inbox", hours(values{"day_of_week": acctest.Unknown{}, "open_hour": acctest.Unknown{}}), ``},
	} {
		diags := p.Validate(test.kind, with(least()[test.kind], test.more)).Errors()

		said := strings.Join(strings.Fields(diags.String()), " ")
		if test.message == "" && len(diags) > 0 || test.message != "" && !regexp.MustCompile(test.message).MatchString(said) {
			t.Errorf("%s %v: %q, want %q", test.kind, test.more, said, test.message)
		}
	}
}

// TestConfiguration_taken covers objects with a key that another one holds: refused with what to paste, or taken over.
func TestConfiguration_taken(t *testing.T) {
	t.Parallel()

	for _, test := range []struct {
		kind, id string
		config   values
		more     values
		want     map[string]string
	}{
		{"chatlake_label", "", values{"title": "billing"}, values{"description": "Ours"}, map[string]string{"description": "Ours", "color": "#1f93ff"}},
		{"chatlake_team", fmt.Sprint(chatlake.TeamID), values{"name": "sandbox team"}, values{"description": "Ours"}, map[string]string{"description": "Ours"}},
		{
			"chatlake_agent", fmt.Sprint(chatlake.AgentID),
			values{"email": "first.agent@sandbox.example"},
			values{"availability": "busy", "auto_offline": false},
			map[string]string{"name": "First Agent", "availability": "busy"},
		},
		{"chatlake_canned_response", "", values{"short_code": "seen", "content": "Ours"}, nil, map[string]string{"content": "Ours"}},
		{"chatlake_webhook", "", values{"url": "https://example.com/seen"}, values{"name": "Ours"}, map[string]string{"name": "Ours"}},
	} {
		t.Run(test.kind, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			request(t, w, "POST", "/canned_responses", `{"canned_response":{"short_code":"seen","content":"Seen"}}`)
			request(t, w, "POST", "/webhooks", `{"webhook":{"url":"https://example.com/seen","name":"Seen"}}`)
			p := w.Protocol(t, nil)
			nothing, diags := p.Create(t.Context(), test.kind, test.config)

			said := diags.String()
			if !nothing.Gone() || !strings.Contains(said, "already exists") || !strings.Contains(said, "to = "+test.kind+".example") || !strings.Contains(said, fmt.Sprintf("%q", test.id)) && test.id != "" {
				t.Errorf("created %v\n%s", nothing.State, said)
			}

			taken, diags := p.Create(t.Context(), test.kind, with(with(test.config, test.more), values{"adopt_existing": true}))
			if len(diags) > 0 || test.id != "" && taken.String("id") != test.id {
				t.Errorf("taken over %v\n%s", taken.State, diags)
			}

			for attribute, want := range test.want {
				got := taken.String(attribute)
				if got != want {
					t.Errorf("%s is %q, want %q", attribute, got, want)
				}
			}
		})
	}
}

// TestConfiguration_lostAnswer covers creates that worked and did not say so. Objects with a key are found by it, and
// taken if they are just what was sent; without one, the error says how to look.
func TestConfiguration_lostAnswer(t *testing.T) {
	t.Parallel()

	for kind, config := range least() {
		t.Run(kind, func(t *testing.T) {
			t.Parallel()
			w := acctest.New(t)
			p := w.Protocol(t, nil)
			w.Faults.Add(sandbox.Fault{Name: "lost", Platform: "chatlake", Method: http.MethodPost, After: true, Cut: sandbox.CutReset})

			created, diags := p.Create(t.Context(), kind, config)
			if slices.Contains(keyless, kind) {
				if !created.Gone() || !strings.Contains(diags.String(), "may exist all the same") {
					t.Errorf("created %v\n%s", created.State, diags)
				}

				return
			}

			if len(diags) > 0 || created.Gone() || p.Changes(t.Context(), created, config) {
				t.Errorf("created %v\n%s", created.State, diags)
			}
		})
	}
}

// keyless are the kinds that have no key of their own.
var keyless = []string{"chatlake_inbox", "chatlake_agent_bot", "chatlake_dashboard_app", "chatlake_automation_rule", "chatlake_macro", "chatlake_custom_filter"}

// TestConfiguration_data reads every data source, each by every key.
func TestConfiguration_data(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	request(t, w, "POST", "/canned_responses", `{"canned_response":{"short_code":"seen","content":"Seen"}}`)
	request(t, w, "POST", "/webhooks", `{"webhook":{"url":"https://example.com/seen","name":"Seen"}}`)

	p := w.Protocol(t, nil)
	for _, test := range []struct {
		kind    string
		config  values
		want    map[string]string
		message string
	}{
		{"chatlake_label", values{"title": "billing"}, map[string]string{"color": "#1f93ff"}, ""},
		{"chatlake_label", values{"id": "1"}, nil, "Label 1 does not exist"},
		{"chatlake_label", values{}, nil, "Exactly one of these attributes"},
		{"chatlake_labels", values{}, nil, ""},
		{"chatlake_team", values{"name": "sandbox team"}, map[string]string{"id": fmt.Sprint(chatlake.TeamID)}, ""},
		{"chatlake_team", values{"id": fmt.Sprint(chatlake.TeamID)}, map[string]string{"name": "sandbox team"}, ""},
		{"chatlake_team", values{"name": "nobody"}, nil, "Team nobody does not exist"},
		{"chatlake_teams", values{}, nil, ""},
		{"chatlake_agent", values{"email": "First.Agent@sandbox.example"}, map[string]string{"id": fmt.Sprint(chatlake.AgentID)}, ""},
		{"chatlake_agent", values{"id": fmt.Sprint(chatlake.AdminID)}, map[string]string{"role": "administrator"}, ""},
		{"chatlake_agent", values{"email": "nobody@example.com"}, nil, "Agent nobody@example.com does not exist"},
		{"chatlake_agents", values{}, nil, ""},
		{"chatlake_inbox", values{"name": "Sandbox API"}, map[string]string{"id": fmt.Sprint(chatlake.APIInboxID), "channel_type": "Channel::Api"}, ""},
		{"chatlake_inbox", values{"id": fmt.Sprint(chatlake.WebInboxID)}, map[string]string{"website_url": "https://sandbox.example"}, ""},
		{"chatlake_inbox", values{"name": "Nothing"}, nil, "Inbox Nothing does not exist"},
		{"chatlake_inboxes", values{}, nil, ""},
		{"chatlake_canned_response", values{"short_code": "seen"}, map[string]string{"content": "Seen"}, ""},
		{"chatlake_canned_response", values{"short_code": "Seen"}, nil, "Canned response Seen does not exist"},
		{"chatlake_canned_responses", values{}, nil, ""},
		{"chatlake_webhook", values{"url": "https://example.com/seen"}, map[string]string{"name": "Seen"}, ""},
		{"chatlake_webhook", values{"id": "1"}, nil, "Webhook 1 does not exist"},
		{"chatlake_webhooks", values{}, nil, ""},
		{"chatlake_agent_bot", values{"id": fmt.Sprint(chatlake.BotID)}, map[string]string{"name": "Sandbox bot", "bot_type": "webhook"}, ""},
		{"chatlake_agent_bot", values{"name": "Sandbox bot"}, map[string]string{"id": fmt.Sprint(chatlake.BotID)}, ""},
		{"chatlake_agent_bots", values{}, nil, ""},
		{"chatlake_custom_attribute_definition", values{"attribute_key": "x"}, nil, "Custom attribute definition x does not exist"},
		{"chatlake_custom_attribute_definitions", values{}, nil, ""},
		{"chatlake_assignment_policy", values{"name": "x"}, nil, "Assignment policy x does not exist"},
		{"chatlake_assignment_policies", values{}, nil, ""},
		{"chatlake_dashboard_app", values{"title": "x"}, nil, "Dashboard app x does not exist"},
		{"chatlake_dashboard_apps", values{}, nil, ""},
		{"chatlake_automation_rule", values{"name": "x"}, nil, "Automation rule x does not exist"},
		{"chatlake_automation_rules", values{}, nil, ""},
		{"chatlake_macro", values{"name": "x"}, nil, "Macro x does not exist"},
		{"chatlake_macros", values{}, nil, ""},
		{"chatlake_custom_filter", values{"name": "x"}, nil, "Custom filter x does not exist"},
		{"chatlake_custom_filters", values{}, nil, ""},
		{"chatlake_contact_note", values{"id": "1", "contact_id": "1"}, nil, "Note 1 on contact 1 does not exist"},
		{"chatlake_account_settings", values{}, map[string]string{"name": "Sandbox", "locale": "en"}, ""},
		{"chatlake_portal", values{"slug": "x"}, nil, "Portal x does not exist"},
		{"chatlake_portals", values{}, nil, ""},
		{"chatlake_profile", values{}, map[string]string{"role": "administrator", "email": "administrator@sandbox.example"}, ""},
		{"chatlake_server", values{}, map[string]string{"version": chatlake.DefaultVersion, "queue_services": "ok"}, ""},
	} {
		found, diags := p.Data(t.Context(), test.kind, test.config)

		said := diags.String()
		if test.message == "" && said != "" || !strings.Contains(said, test.message) {
			t.Errorf("%s %v: %q, want %q", test.kind, test.config, said, test.message)
		}

		for attribute, want := range test.want {
			got := dataText(found, attribute)
			if got != want {
				t.Errorf("%s %v: %s is %q, want %q", test.kind, test.config, attribute, got, want)
			}
		}
	}
}

// dataText is a string attribute of a data source.
func dataText(found tftypes.Value, attribute string) string {
	var (
		attributes map[string]tftypes.Value
		text       string
	)
	if found.As(&attributes) == nil && attributes[attribute].IsKnown() {
		_ = attributes[attribute].As(&text)
	}

	return text
}

// TestConfiguration_agentToken covers a token that may read and not write: the platform answers 401, and the reader is
// told what to check.
func TestConfiguration_agentToken(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	p := w.Protocol(t, values{"chatlake": values{"api_access_token": chatlake.AgentToken}})

	for kind, config := range least() {
		if slices.Contains(anybody, kind) {
			continue
		}

		nothing, diags := p.Create(t.Context(), kind, config)
		if !nothing.Gone() || !strings.Contains(diags.String(), "the token's user is an administrator") {
			t.Errorf("%s: created %v\n%s", kind, nothing.State, diags)
		}
	}

	label, diags := p.Import(t.Context(), "chatlake_label", fmt.Sprint(find(t, w, "labels", "title", "billing")["id"]))
	if len(diags) > 0 || label.String("title") != "billing" { // Agents may list labels, but not read one.
		t.Errorf("imported %v\n%s", label.State, diags)
	}
}

// anybody are the kinds that agents may write.
var anybody = []string{"chatlake_canned_response", "chatlake_dashboard_app", "chatlake_macro", "chatlake_custom_filter"}

// stumbling are the kinds over which the server crashes when one is deleted that is not there.
var stumbling = []string{"chatlake_automation_rule", "chatlake_macro", "chatlake_portal"}

// TestAgent_otherAccount covers somebody whom the installation knows already: the create does not change the name.
func TestAgent_otherAccount(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)

	agent, diags := w.Protocol(t, nil).Create(t.Context(), "chatlake_agent", values{"email": "outsider@sandbox.example", "name": "Well Known"})
	if len(diags) > 0 || agent.String("name") != "Well Known" {
		t.Errorf("created %v\n%s", agent.State, diags)
	}
}

// TestPlanLimits covers the 402 of a plan that is full.
func TestPlanLimits(t *testing.T) {
	t.Parallel()
	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.AgentLimit, s.InboxLimit = 3, 2 })

	p := w.Protocol(t, nil)
	for _, kind := range []string{"chatlake_agent", "chatlake_inbox"} {
		nothing, diags := p.Create(t.Context(), kind, least()[kind])
		if !nothing.Gone() || !strings.Contains(diags.String(), "plan allows no more") {
			t.Errorf("created %v\n%s", nothing.State, diags)
		}
	}
}
