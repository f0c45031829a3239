package promises_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/big"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// importReleases are the releases on which imports are tried: the newest and the oldest supported one, the last release
// without each attribute that came later, and 3.16.0, which works without a promise.
func importReleases() []string {
	releases := []string{string(release.Newest), string(release.Oldest), "3.16.0"}

	for _, gate := range release.All() {
		if gate.Since.AtLeast(release.Oldest) && gate.Since != release.Oldest {
			releases = append(releases, previous(string(gate.Since)))
		}
	}

	slices.SortFunc(releases, chatlake.CompareReleases)

	return slices.Compact(releases)
}

// previous returns a release before another one, as the simulator counts them.
func previous(version string) string {
	var major, minor, patch int

	_, _ = fmt.Sscanf(version, "%d.%d.%d", &major, &minor, &patch) // A release of the table.

	if patch > 0 {
		return fmt.Sprintf("%d.%d.%d", major, minor, patch-1)
	}

	return fmt.Sprintf("%d.%d.99", major, minor-1)
}

// found is an object that somebody else has made, as the dashboard and other clients make them.
type found struct {
	name, kind string
	// make sends what makes it and returns its import id.
	make func(a *others) string
	// since is the release that has such objects; all if empty.
	since string
	// refused is what the provider says when a configuration has what the object has; empty if it takes it.
	refused string
}

// others is who else uses the account.
type others struct {
	*testing.T

	w *acctest.World
}

// send sends a request and returns the answer, which must be no refusal.
func (a *others) send(method, path, body string) any {
	a.Helper()

	account, token := a.w.Account()

	request, err := http.NewRequestWithContext(a.Context(), method, account+path, bytes.NewBufferString(body))
	if err != nil {
		a.Fatal(err)
	}

	request.Header.Set("Api-Access-Token", token)
	request.Header.Set("Content-Type", "application/json")

	answer, err := http.DefaultClient.Do(request)
	if err != nil {
		a.Fatal(err)
	}

	defer func() { _ = answer.Body.Close() }()

	raw, err := io.ReadAll(answer.Body)
	if err != nil {
		a.Fatal(err)
	}

	if answer.StatusCode >= 300 {
		a.Fatalf("%s %s %s: %d %s", method, path, body, answer.StatusCode, raw)
	}

	var decoded any
	if len(raw) > 0 {
		decoder := json.NewDecoder(bytes.NewReader(raw))
		decoder.UseNumber()

		if err := decoder.Decode(&decoded); err != nil {
			a.Fatalf("%s %s: %s", method, path, raw)
		}
	}

	return decoded
}

// post makes an object and returns its id, wherever the answer has it.
func (a *others) post(path, body string) string {
	a.Helper()

	row, _ := a.send(http.MethodPost, path, body).(map[string]any)
	for _, key := range []string{"payload", "contact", "webhook"} {
		inner, isObject := row[key].(map[string]any)
		if isObject {
			row = inner
		}
	}

	return fmt.Sprint(row["id"])
}

// made is an object that one request makes.
func made(path, body string) func(*others) string {
	return func(a *others) string { return a.post(path, body) }
}

// changed is an object that one request makes and another one changes.
func changed(path, body, change string) func(*others) string {
	return func(a *others) string {
		id := a.post(path, body)
		a.send(http.MethodPatch, path+"/"+id, change)

		return id
	}
}

func (a *others) portal(slug string) string {
	a.send(http.MethodPost, "/portals", `{"name":"Help","slug":"`+slug+`","custom_domain":"","config":{"allowed_locales":["en","de"],"default_locale":"en"}}`)
	return slug
}

func inPortal(kind, body, change string) func(*others) string {
	return func(a *others) string {
		slug := a.portal(fmt.Sprintf("of-%d", len(a.w.Chatlake.Objects("portals"))))
		path := "/portals/" + slug + "/" + kind
		id := a.post(path, body)

		if change != "" {
			a.send(http.MethodPatch, path+"/"+id, change)
		}

		return slug + "/" + id
	}
}

// contact makes a contact with a session in the seeded inbox.
func (a *others) contact(source string) string {
	return a.post("/contacts", `{"name":"Mira","inbox_id":101,"source_id":"`+source+`"}`)
}

// conversation makes a conversation and returns its number.
func (a *others) conversation(fields string) string {
	source := fmt.Sprint("source-", len(a.w.Chatlake.Conversations()))
	return a.post("/conversations", `{"inbox_id":101,"contact_id":`+a.contact(source)+`,"source_id":"`+source+`"`+fields+`}`)
}

func talk(fields string, steps ...[2]string) func(*others) string {
	return func(a *others) string {
		id := a.conversation(fields)
		for _, step := range steps {
			a.send(http.MethodPost, "/conversations/"+id+step[0], step[1])
		}

		return id
	}
}

func said(body string) func(*others) string {
	return func(a *others) string {
		conversation := a.conversation("")
		return conversation + "/" + a.post("/conversations/"+conversation+"/messages", body)
	}
}

// days are working hours of which two days are closed and keep their hours, and one is open all day.
const days = `[{"day_of_week":0,"closed_all_day":true,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":30},
	{"day_of_week":1,"open_hour":8,"open_minutes":15,"close_hour":17,"close_minutes":45},
	{"day_of_week":5,"open_all_day":true},
	{"day_of_week":6,"closed_all_day":true}]`

// founds has objects of every type of Chatlake.
func founds() []found {
	return slices.Concat(deskFounds(), ruleFounds(), inboxFounds(), helpFounds(), talkFounds())
}

func deskFounds() []found {
	account := func(body string) func(*others) string {
		return func(a *others) string {
			a.send(http.MethodPatch, "", body)
			return fmt.Sprint(chatlake.AccountID)
		}
	}

	return []found{
		{name: "as installed", kind: "chatlake_account_settings", make: account(`{"name":"Sandbox"}`)},
		{name: "no language", kind: "chatlake_account_settings", make: account(`{"locale":null,"domain":"","support_email":""}`)},
		{name: "auto-resolve of old servers", kind: "chatlake_account_settings", make: account(`{"auto_resolve_duration":7}`)},
		{
			name: "all of it", kind: "chatlake_account_settings", since: "4.14.0",
			make: account(`{"name":"Shop","locale":"pt_BR","domain":"shop.example","support_email":"Care <care@shop.example>","auto_resolve_after":60,
				"auto_resolve_message":"Bye","auto_resolve_ignore_waiting":true,"auto_resolve_label":"billing","audio_transcriptions":true,
				"industry":"Retail","company_size":"","timezone":"Europe/Lisbon","referral_source":null,"website":"https://shop.example"}`),
		},

		{name: "name alone", kind: "chatlake_agent", make: made("/agents", `{"agent":{"email":"bo@example.com","name":"Bo"}}`)},
		{name: "name in capitals", kind: "chatlake_agent", make: made("/agents", `{"agent":{"email":"Bo.Root@Example.com","name":"Bo","availability":"busy","auto_offline":false}}`)},
		{name: "no role", kind: "chatlake_agent", make: changed("/agents", `{"agent":{"email":"ro@example.com","name":"Ro"}}`, `{"agent":{"role":""}}`)},
		{name: "unknown role", kind: "chatlake_agent", make: changed("/agents", `{"agent":{"email":"cy@example.com","name":"Cy"}}`, `{"custom_role_id":99}`)},

		{name: "name alone", kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper"}`)},
		{name: "no type", kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper","bot_type":null,"description":"","outgoing_url":""}`)},
		{name: "settings are a list", kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper","bot_config":[]}`)},
		{name: "settings of any kind", kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper","bot_config":{"a":[1,"x",null,{"b":2.5}],"c":null}}`)},

		{name: "name alone", kind: "chatlake_assignment_policy", since: "4.5.1", make: made("/assignment_policies", `{"name":"Fair"}`)},
		{
			name: "balanced", kind: "chatlake_assignment_policy", since: "4.5.1",
			make: made("/assignment_policies", `{"name":"Balanced","description":"","assignment_order":"balanced","conversation_priority":"longest_waiting","enabled":false,"fair_distribution_limit":"12"}`),
		},

		{name: "text", kind: "chatlake_canned_response", make: made("/canned_responses", `{"short_code":"hours","content":"From 9\nto 5\n"}`)},
		{name: "code is true", kind: "chatlake_canned_response", make: made("/canned_responses", `{"short_code":true,"content":"x"}`)},

		{
			name: "list", kind: "chatlake_custom_attribute_definition",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Plan","attribute_key":"plan","attribute_display_type":6,"attribute_model":1,"attribute_values":["b","a"]}`),
		},
		{
			name: "odd values", kind: "chatlake_custom_attribute_definition",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Size","attribute_key":"größe","attribute_display_type":"list","attribute_model":"conversation_attribute","attribute_values":[true,1,2.5,"x"]}`),
		},
		{
			name: "values of a text", kind: "chatlake_custom_attribute_definition",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Code","attribute_key":"code","attribute_display_type":"text","attribute_model":"contact_attribute","attribute_values":["x"],"regex_pattern":"^a","regex_cue":"","attribute_description":""}`),
		},
		{
			name: "list without values", kind: "chatlake_custom_attribute_definition",
			make:    made("/custom_attribute_definitions", `{"attribute_display_name":"Bare","attribute_key":"bare","attribute_display_type":"list","attribute_model":"contact_attribute"}`),
			refused: "An attribute of the type list needs attribute_values to choose from.",
		},
		{
			name: "of companies", kind: "chatlake_custom_attribute_definition", since: "4.14.0",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Size","attribute_key":"of_company","attribute_display_type":"number","attribute_model":"company_attribute"}`),
		},

		{name: "one page", kind: "chatlake_dashboard_app", make: made("/dashboard_apps", `{"title":"Orders","content":[{"url":"https://shop.example","type":"frame"}]}`)},
		{name: "title is true", kind: "chatlake_dashboard_app", make: made("/dashboard_apps", `{"title":true,"content":[{"url":"https://shop.example","type":"frame"}]}`)},

		{name: "title alone", kind: "chatlake_label", make: made("/labels", `{"title":"Early"}`)},
		{name: "empty text", kind: "chatlake_label", make: made("/labels", `{"title":"late","description":"","color":"red","show_on_sidebar":false}`)},

		{name: "name alone", kind: "chatlake_team", make: made("/teams", `{"name":"Second LINE"}`)},
		{name: "nulls", kind: "chatlake_team", make: made("/teams", `{"name":"nulls","description":"","allow_auto_assign":null}`)},
		{
			name: "members", kind: "chatlake_team",
			make: func(a *others) string {
				id := a.post("/teams", `{"name":"members"}`)
				a.send(http.MethodPost, "/teams/"+id+"/team_members", `{"user_ids":[12,11]}`)

				return id
			},
		},

		{name: "address alone", kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/a"}}`)},
		{name: "no events", kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/b","subscriptions":["message_created","contact_created"],"name":""}}`)},
		{name: "inbox", kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/c","inbox_id":101}}`)},
		{name: "unknown inbox", kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/d","inbox_id":999}}`)},
	}
}

func ruleFounds() []found {
	rule := func(more string) func(*others) string {
		return made("/automation_rules", `{"name":"Found","event_name":"message_created"`+more+`}`)
	}
	macro := func(more string) func(*others) string { return made("/macros", `{"name":"Found"`+more+`}`) }
	filter := func(more string) func(*others) string {
		return made("/custom_filters", `{"custom_filter":{"name":"Found"`+more+`}}`)
	}

	return []found{
		{name: "no lists", kind: "chatlake_automation_rule", make: rule("")},
		{
			name: "of the dashboard", kind: "chatlake_automation_rule",
			make: rule(`,"description":"","active":true,
				"conditions":[{"attribute_key":"inbox_id","filter_operator":"equal_to","values":[101],"query_operator":"and","custom_attribute_type":""},
					{"attribute_key":"content","filter_operator":"contains","values":["a","b"],"query_operator":"OR","custom_attribute_type":""},
					{"attribute_key":"team_id","filter_operator":"is_present","values":[],"query_operator":null,"custom_attribute_type":""}],
				"actions":[{"action_name":"mute_conversation","action_params":[]},{"action_name":"resolve_conversation","action_params":null},
					{"action_name":"snooze_conversation"},{"action_name":"assign_agent","action_params":["self"]},{"action_name":"add_label","action_params":["billing","x"]},
					{"action_name":"send_email_to_team","action_params":[{"message":"x","team_ids":[201]}]},{"action_name":"send_webhook_event","action_params":["https://shop.example"]}]`),
		},
		{
			name: "empty lists, switched off", kind: "chatlake_automation_rule",
			make: rule(`,"active":false,"conditions":[],"actions":[]`),
		},
		{
			name: "of a custom attribute", kind: "chatlake_automation_rule",
			make: func(a *others) string {
				a.post("/custom_attribute_definitions", `{"attribute_display_name":"Tier","attribute_key":"tier","attribute_display_type":"text","attribute_model":"contact_attribute"}`)

				return a.post("/automation_rules", `{"name":"Found","event_name":"conversation_updated","conditions":[
					{"attribute_key":"tier","filter_operator":"equal_to","values":["gold"],"query_operator":null,"custom_attribute_type":"contact_attribute"}],"actions":[]}`)
			},
		},

		{name: "no actions", kind: "chatlake_macro", make: macro("")},
		{
			name: "of the dashboard", kind: "chatlake_macro",
			make: macro(`,"visibility":"global","actions":[{"action_name":"mute_conversation","action_params":[]},{"action_name":"assign_team","action_params":[201]},
				{"action_name":"assign_agent","action_params":["self"]},{"action_name":"resolve_conversation"},{"action_name":"change_priority","action_params":["nil"]},
				{"action_name":"send_message","action_params":["Hello {{contact.name}}"]}]`),
		},
		{name: "personal", kind: "chatlake_macro", make: macro(`,"visibility":"personal","actions":[{"action_name":"change_status","action_params":["open"]}]`)},

		{name: "no query", kind: "chatlake_custom_filter", make: filter(`,"filter_type":"contact"`)},
		{name: "empty query", kind: "chatlake_custom_filter", make: filter(`,"filter_type":"report","query":{}`)},
		{
			name: "of the dashboard", kind: "chatlake_custom_filter",
			make: filter(`,"filter_type":"conversation","query":{"payload":[
				{"attribute_key":"status","attribute_model":"standard","filter_operator":"equal_to","values":["open","pending"],"query_operator":"and","custom_attribute_type":""},
				{"attribute_key":"assignee_id","filter_operator":"is_present","values":[],"query_operator":"or"},
				{"attribute_key":"created_at","filter_operator":"days_before","values":["7"],"query_operator":null}]}`),
		},
		{name: "query of anything", kind: "chatlake_custom_filter", make: filter(`,"filter_type":0,"query":{"a":[1,2.5,null,true,{"b":"c"}],"n":100000000000000000001}`)},
	}
}

func inboxFounds() []found {
	inbox := func(channel string, changes ...string) func(*others) string {
		return func(a *others) string {
			id := a.post("/inboxes", `{"name":"Found","channel":`+channel+`}`)
			for _, change := range changes {
				a.send(http.MethodPatch, "/inboxes/"+id, change)
			}

			return id
		}
	}

	widget := `{"type":"web_widget","website_url":"https://shop.example"}`

	return []found{
		{name: "api", kind: "chatlake_inbox", make: inbox(`{"type":"api"}`)},
		{name: "api with attributes", kind: "chatlake_inbox", make: inbox(`{"type":"api","webhook_url":"","hmac_mandatory":null,"additional_attributes":{"agent_reply_time_window":"12","a":[1,null]}}`)},
		{name: "hours of closed days", kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"working_hours":`+days+`,"working_hours_enabled":true,"out_of_office_message":"","timezone":"Europe/Lisbon"}`)},
		{name: "nulls", kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"greeting_enabled":null,"enable_auto_assignment":null,"auto_assignment_config":{},"csat_survey_enabled":null}`)},
		{name: "assignment", kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"enable_auto_assignment":true,"auto_assignment_config":{"max_assignment_limit":3}}`)},
		{name: "survey", kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"csat_survey_enabled":true,"csat_config":{"display_type":"star","message":"Well?","survey_rules":{"operator":"does_not_contain","values":["billing"]}}}`)},
		{
			name: "members and a bot", kind: "chatlake_inbox",
			make: func(a *others) string {
				id := a.post("/inboxes", `{"name":"Found","channel":{"type":"api"}}`)
				a.send(http.MethodPost, "/inbox_members", `{"inbox_id":`+id+`,"user_ids":[12,11]}`)
				a.send(http.MethodPost, "/inboxes/"+id+"/set_agent_bot", `{"agent_bot":`+a.post("/agent_bots", `{"name":"Helper"}`)+`}`)

				return id
			},
		},
		{
			name: "policy", kind: "chatlake_inbox", since: "4.5.1",
			make: func(a *others) string {
				id := a.post("/inboxes", `{"name":"Found","channel":{"type":"api"}}`)
				a.send(http.MethodPost, "/inboxes/"+id+"/assignment_policy", `{"assignment_policy_id":`+a.post("/assignment_policies", `{"name":"Of an inbox"}`)+`}`)

				return id
			},
		},
		{
			name: "portal", kind: "chatlake_inbox",
			make: func(a *others) string {
				a.portal("of-inbox")

				portal, _ := a.send(http.MethodGet, "/portals/of-inbox", "").(map[string]any)
				id := a.post("/inboxes", `{"name":"Found","channel":`+widget+`}`)
				a.send(http.MethodPatch, "/inboxes/"+id, fmt.Sprintf(`{"portal_id":%v}`, portal["id"]))

				return id
			},
		},

		{name: "widget", kind: "chatlake_inbox", make: inbox(widget)},
		{name: "widget with a message before the chat", kind: "chatlake_inbox", make: inbox(widget, `{"channel":{"pre_chat_form_enabled":true,"pre_chat_form_options":{"pre_chat_message":"Hi"}}}`)},
		{
			name: "widget with an own form", kind: "chatlake_inbox",
			make: inbox(widget, `{"channel":{"pre_chat_form_options":{"pre_chat_message":"","require_email":true,"pre_chat_fields":[
				{"field_type":"standard","label":"Email Id","name":"emailAddress","type":"email","required":true,"enabled":true,"placeholder":""},
				{"field_type":"contact_attribute","label":"Tier","name":"tier","type":"list","required":false,"enabled":true,"values":["a","b"],"regex_pattern":null,"regex_cue":"x"}]}}}`),
		},
		{name: "widget without flags", kind: "chatlake_inbox", make: inbox(widget, `{"channel":{"selected_feature_flags":[],"welcome_title":"","welcome_tagline":null,"widget_color":"#ff0000"}}`)},

		{name: "mail", kind: "chatlake_inbox", make: inbox(`{"type":"email","email":"one@shop.example"}`)},
		{
			name: "mail with servers", kind: "chatlake_inbox",
			make: inbox(`{"type":"email","email":"care@shop.example"}`, `{"channel":{"imap_enabled":true,"imap_login":"a","imap_password":"secret","imap_address":"imap.shop.example","imap_port":993,"imap_enable_ssl":true,
				"smtp_enabled":true,"smtp_login":"a","smtp_password":"secret","smtp_address":"smtp.shop.example","smtp_port":587,"smtp_domain":"shop.example",
				"smtp_enable_ssl_tls":false,"smtp_enable_starttls_auto":true,"smtp_authentication":"login","smtp_openssl_verify_mode":"none"}}`,
				`{"sender_name_type":"professional","business_name":"Shop"}`),
		},
		{name: "line", kind: "chatlake_inbox", make: inbox(`{"type":"line","line_channel_id":"1","line_channel_secret":"secret","line_channel_token":"token"}`)},
		{name: "telegram", kind: "chatlake_inbox", make: inbox(`{"type":"telegram","bot_token":"1:secret"}`)},
		{name: "sms", kind: "chatlake_inbox", make: inbox(`{"type":"sms","phone_number":"+14155550123","provider_config":{"account_id":"1","api_key":"k","api_secret":"s","application_id":"a"}}`)},
		{name: "whatsapp", kind: "chatlake_inbox", make: inbox(`{"type":"whatsapp","phone_number":"+14155550124","provider":"whatsapp_cloud","provider_config":{"api_key":"k","phone_number_id":"1","business_account_id":"2"}}`)},
	}
}

func helpFounds() []found {
	portal := func(body, change string) func(*others) string {
		return func(a *others) string {
			row, _ := a.send(http.MethodPost, "/portals", `{"portal":`+body+`}`).(map[string]any)
			if change != "" {
				a.send(http.MethodPatch, "/portals/"+fmt.Sprint(row["slug"]), change)
			}

			return fmt.Sprint(row["id"])
		}
	}
	article := func(more, change string) func(*others) string {
		return func(a *others) string {
			title := fmt.Sprint("Found ", len(a.w.Chatlake.Objects("articles"))) // The slug has it, and no two may be the same.
			return inPortal("articles", `{"title":"`+title+`","content":"Text","author_id":11`+more+`}`, change)(a)
		}
	}

	return []found{
		{name: "name alone", kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"alone","custom_domain":""}`, "")},
		{name: "nulls", kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"nulls","custom_domain":"","color":null,"page_title":"","header_text":null,"homepage_link":""}`, `{"portal":{"archived":null}}`)},
		{name: "languages", kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"languages","custom_domain":"help.shop.example","color":"#1F93FF","config":{"allowed_locales":["en","de"],"default_locale":"de"}}`, "")},
		{name: "archived", kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"archived","custom_domain":""}`, `{"portal":{"archived":true}}`)},
		{name: "widget", kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"widget","custom_domain":""}`, `{"portal":{"name":"Found"},"inbox_id":102}`)},
		{
			name: "all of it", kind: "chatlake_portal", since: "4.14.2",
			make: portal(`{"name":"Found","slug":"all","config":{"allowed_locales":["en","de"],"default_locale":"en","draft_locales":["de"],"layout":"documentation",
				"social_profiles":{"x":"shop","github":""},"locale_translations":{"de":{"name":"Hilfe"},"en":{}}}}`, ""),
		},

		{name: "name alone", kind: "chatlake_category", make: inPortal("categories", `{"name":"Found","slug":"found","locale":"en"}`, "")},
		{name: "nulls", kind: "chatlake_category", make: inPortal("categories", `{"name":"Found","slug":"found","locale":"en","description":"","position":"x","icon":""}`, "")},
		{
			name: "relatives", kind: "chatlake_category",
			make: func(a *others) string {
				path := "/portals/" + a.portal("relatives") + "/categories"
				one, two := a.post(path, `{"name":"One","slug":"one","locale":"en"}`), a.post(path, `{"name":"Two","slug":"two","locale":"en"}`)
				id := a.post(path, `{"name":"Three","slug":"three","locale":"de","position":7,"parent_category_id":`+one+`,"associated_category_id":`+two+`,"related_category_ids":[`+one+`,`+two+`],"icon":"📦"}`)

				return "relatives/" + id
			},
		},

		{name: "text", kind: "chatlake_article", make: article("", "")},
		{name: "another language", kind: "chatlake_article", make: article(`,"locale":"xx","slug":"found-xx"`, "")},
		{name: "the portal's language", kind: "chatlake_article", make: article(`,"locale":"de","slug":"found-de"`, "")},
		{name: "unknown category", kind: "chatlake_article", make: article(`,"category_id":999`, "")},
		{name: "odd meta", kind: "chatlake_article", make: article(`,"meta":{"title":7,"tags":[1,"b"],"description":""}`, "")},
		{name: "nulls", kind: "chatlake_article", make: article("", `{"status":null,"position":null,"description":""}`)},
		{name: "published", kind: "chatlake_article", make: article(`,"position":12,"description":"D"`, `{"status":"published"}`)},
		{name: "no content", kind: "chatlake_article", since: "4.13.0", make: inPortal("articles", `{"title":"Found nothing","author_id":11}`, "")},
		{name: "foreign author", kind: "chatlake_article", make: inPortal("articles", `{"title":"Found","slug":"foreign","content":"x","author_id":14}`, "")},
		{
			name: "category", kind: "chatlake_article",
			make: func(a *others) string {
				path := "/portals/" + a.portal("with-category")
				category := a.post(path+"/categories", `{"name":"One","slug":"one","locale":"de"}`)

				return "with-category/" + a.post(path+"/articles", `{"title":"Found in a category","content":"x","author_id":11,"category_id":`+category+`}`)
			},
		},
	}
}

func talkFounds() []found {
	note := func(text string) func(*others) string {
		return func(a *others) string {
			contact := a.post("/contacts", `{"name":"Mira"}`)
			return contact + "/" + a.post("/contacts/"+contact+"/notes", `{"content":`+text+`}`)
		}
	}

	return []found{
		{name: "name alone", kind: "chatlake_contact", make: made("/contacts", `{"name":"Mira"}`)},
		{name: "nothing", kind: "chatlake_contact", make: made("/contacts", `{"name":"","identifier":"nobody"}`)},
		{name: "name is true", kind: "chatlake_contact", make: made("/contacts", `{"name":true,"identifier":"true"}`)},
		{name: "at a company", kind: "chatlake_contact", make: made("/contacts", `{"name":"Mira Example","email":"Mira@People.example","phone_number":"+14155550100"}`)},
		{
			name: "all of it", kind: "chatlake_contact",
			make: made("/contacts", `{"name":"Mira","email":"mira@gmail.com","blocked":true,"inbox_id":101,
				"additional_attributes":{"city":"Lisbon","country":"Portugal","country_code":"PT","company_name":"Shop","description":"","social_profiles":{"github":"mira","x":""},
					"social_telegram_user_id":123456789012345,"browser":{"browser_name":"x","v":1.50},"a":null},
				"custom_attributes":{"n":1,"f":2.50,"big":12345678901234567890,"t":true,"z":null,"l":["a",1],"o":{"x":{}},"e":""}}`),
		},
		{
			name: "labels", kind: "chatlake_contact",
			make: func(a *others) string {
				id := a.post("/contacts", `{"name":"Labels"}`)
				a.send(http.MethodPost, "/contacts/"+id+"/labels", `{"labels":["Billing","unknown","x y"]}`)

				return id
			},
		},
		{
			name: "session", kind: "chatlake_contact_inbox",
			make: func(a *others) string { return a.contact("of a session") + "/101/of a session" },
		},
		{
			name: "made session", kind: "chatlake_contact_inbox",
			make: func(a *others) string {
				contact := a.post("/contacts", `{"name":"Mira"}`)
				session, _ := a.send(http.MethodPost, "/contacts/"+contact+"/contact_inboxes", `{"inbox_id":101}`).(map[string]any)

				return fmt.Sprintf("%s/101/%v", contact, session["source_id"])
			},
		},
		{name: "added", kind: "chatlake_team_member", make: func(a *others) string {
			team := a.post("/teams", `{"name":"added to"}`)
			a.send(http.MethodPost, "/teams/"+team+"/team_members", `{"user_ids":[12]}`)

			return team + "/12"
		}},
		{name: "added", kind: "chatlake_inbox_member", make: func(a *others) string {
			a.send(http.MethodPost, "/inbox_members", `{"inbox_id":101,"user_ids":[12]}`)
			return "101/12"
		}},
		{name: "added", kind: "chatlake_conversation_participant", make: func(a *others) string {
			conversation := a.conversation("")
			a.send(http.MethodPost, "/conversations/"+conversation+"/participants", `{"user_ids":[12]}`)

			return conversation + "/12"
		}},
		{name: "text", kind: "chatlake_contact_note", make: note(`"Prefers **mornings**.\n"`)},
		{name: "nothing", kind: "chatlake_contact_note", make: note(`"x\u00a0"`)},

		{name: "plain", kind: "chatlake_conversation", make: talk("")},
		{name: "snoozed", kind: "chatlake_conversation", make: talk("", [2]string{"/toggle_status", `{"status":"snoozed","snoozed_until":4102444800}`})},
		{name: "snoozed for ever", kind: "chatlake_conversation", make: talk("", [2]string{"/toggle_status", `{"status":"snoozed"}`})},
		{name: "resolved", kind: "chatlake_conversation", make: talk("", [2]string{"/toggle_status", `{"status":"resolved"}`})},
		{name: "muted", kind: "chatlake_conversation", make: talk("", [2]string{"/mute", ``})},
		{name: "odd referer", kind: "chatlake_conversation", make: talk(`,"additional_attributes":{"referer":"no address","initiated_at":{"timestamp":"Mon"},"browser":{"a":[1]}}`)},
		{name: "pending with everything", kind: "chatlake_conversation", make: talk(`,"status":"pending","assignee_id":12,"team_id":201,"custom_attributes":{"n":1.0,"z":null,"l":[]},"additional_attributes":{"mail_subject":"S"}`,
			[2]string{"/labels", `{"labels":["Billing","x y"]}`}, [2]string{"/toggle_priority", `{"priority":"urgent"}`})},
		{name: "answered", kind: "chatlake_conversation", make: talk(`,"message":{"content":"Hello"}`, [2]string{"/messages", `{"content":"x","message_type":"incoming"}`})},

		{name: "text", kind: "chatlake_message", make: said(`{"content":"Hello\n"}`)},
		{name: "liquid", kind: "chatlake_message", make: said(`{"content":"Hello {{contact.name}}"}`)},
		{name: "of the customer", kind: "chatlake_message", make: said(`{"content":"Hello","message_type":"incoming","source_id":"one","echo_id":"e"}`)},
		{name: "private", kind: "chatlake_message", make: said(`{"content":"Hello","private":true,"content_attributes":{"external_created_at":1700000000,"a":{"b":[1,null]}}}`)},
		{name: "activity", kind: "chatlake_message", make: said(`{"content":"Somebody did","message_type":"activity"}`), refused: `must be one of: ["outgoing" "incoming"]`},
		{name: "template", kind: "chatlake_message", make: said(`{"content":"Hello","message_type":"template","template_params":{"name":"order","language":"en"}}`), refused: `must be one of: ["outgoing" "incoming"]`},
		{
			name: "choices", kind: "chatlake_message",
			make: said(`{"content":"Which?","content_type":"input_select","content_attributes":{"items":[{"title":"A","value":"a"},{"title":"B","value":1}]}}`),
		},
		{name: "survey", kind: "chatlake_message", make: said(`{"content":"Well?","content_type":"input_csat"}`)},
		{name: "no content", kind: "chatlake_message", make: said(`{"content_type":"input_email"}`), refused: "A message needs content"},
		{
			name: "answer", kind: "chatlake_message",
			make: func(a *others) string {
				conversation := a.conversation("")
				path := "/conversations/" + conversation + "/messages"
				first := a.post(path, `{"content":"x"}`)

				return conversation + "/" + a.post(path, `{"content":"y","content_attributes":{"in_reply_to":`+first+`}}`)
			},
		},
		{
			name: "read", kind: "chatlake_message", since: "4.2.0",
			make: func(a *others) string {
				conversation := a.conversation("")
				path := "/conversations/" + conversation + "/messages"
				id := a.post(path, `{"content":"x"}`)
				a.send(http.MethodPatch, path+"/"+id, `{"status":"failed","external_error":"no line"}`)

				return conversation + "/" + id
			},
		},
	}
}

// TestImports_planNothing imports what other clients made, on each release whose answers differ, and plans the configuration
// that Terraform generates for it: nothing may change, or the first apply after an import would write.
func TestImports_planNothing(t *testing.T) {
	t.Parallel()

	kinds := map[string]bool{}
	for _, f := range founds() {
		kinds[f.kind] = true
	}

	for _, kind := range acctest.NewProtocol(t).Resources() {
		if strings.HasPrefix(kind, "chatlake_") && !kinds[kind] {
			t.Errorf("no object of %s is imported", kind)
		}
	}

	for _, version := range importReleases() {
		t.Run(version, func(t *testing.T) {
			t.Parallel()

			w := acctest.New(t)
			w.Complaints = true
			w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = version })

			all := slices.DeleteFunc(founds(), func(f found) bool {
				return f.since != "" && chatlake.CompareReleases(version, f.since) < 0
			})

			ids := make([]string, len(all))
			for i, f := range all {
				ids[i] = f.make(&others{T: t, w: w})
			}

			p := w.Protocol(t, nil)

			for i, f := range all {
				t.Run(f.kind+" "+f.name, func(t *testing.T) { wantCleanImport(t, p, f, ids[i]) })
			}
		})
	}
}

func wantCleanImport(t *testing.T, p *acctest.Protocol, f found, id string) {
	t.Helper()

	imported, diags := p.Import(t.Context(), f.kind, id)
	if len(diags.Errors()) > 0 || imported.Gone() {
		t.Fatalf("%s is not imported: %s", id, diags)
	}

	config, _ := generated(p.Schema(f.kind).Block.Attributes, imported.State).(acctest.Values)

	refused := p.Validate(f.kind, config).Errors()
	if f.refused != "" && strings.Contains(refused.String(), f.refused) {
		return
	}

	if len(refused) > 0 || f.refused != "" {
		t.Fatalf("the generated configuration is refused: %s\n%v", refused, config)
	}

	plan, diags := p.Plan(t.Context(), imported, config)
	if len(diags.Errors()) > 0 {
		t.Fatalf("the plan after the import fails: %s\n%v", diags, config)
	}

	planned, err := plan.PlannedState.Unmarshal(imported.State.Type())
	if err != nil {
		t.Fatal(err)
	}

	differences, err := imported.State.Diff(planned)
	if err != nil {
		t.Fatal(err)
	}

	for _, difference := range differences {
		if !isContainer(difference.Value1) || !isContainer(difference.Value2) {
			t.Errorf("the plan after the import is not empty: %s", difference)
		}
	}
}

// isContainer reports whether a value holds others, which a list of differences names by themselves.
func isContainer(value *tftypes.Value) bool {
	return value != nil && !value.IsNull() && value.IsKnown() && !value.Type().Is(tftypes.String) && !value.Type().Is(tftypes.Bool) &&
		!value.Type().Is(tftypes.Number)
}

// generated is the configuration that Terraform writes for an imported object: what can be configured and is not secret.
func generated(attributes []*tfprotov6.SchemaAttribute, value tftypes.Value) any {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}

	fields := map[string]tftypes.Value{}
	if value.As(&fields) != nil {
		return nil
	}

	config := acctest.Values{}

	for _, a := range attributes {
		isOutput := a.Computed && !a.Optional
		if isOutput || a.Sensitive || a.WriteOnly {
			continue
		}

		if a.NestedType == nil {
			config[a.Name] = plainValue(fields[a.Name])
			continue
		}

		config[a.Name] = generatedNested(a.NestedType, fields[a.Name])
	}

	return config
}

func generatedNested(nested *tfprotov6.SchemaObject, value tftypes.Value) any {
	if value.IsNull() {
		return nil
	}

	switch nested.Nesting {
	case tfprotov6.SchemaObjectNestingModeSingle:
		return generated(nested.Attributes, value)
	case tfprotov6.SchemaObjectNestingModeMap:
		rows, out := map[string]tftypes.Value{}, acctest.Values{}
		if value.As(&rows) != nil {
			return nil
		}

		for key, row := range rows {
			out[key] = generated(nested.Attributes, row)
		}

		return out
	default:
		var rows []tftypes.Value
		if value.As(&rows) != nil {
			return nil
		}

		out := []any{}
		for _, row := range rows {
			out = append(out, generated(nested.Attributes, row))
		}

		return out
	}
}

// plainValue is a value as it is written in a test.
func plainValue(value tftypes.Value) any {
	if value.IsNull() || !value.IsKnown() {
		return nil
	}

	var (
		text    string
		flag    bool
		number  big.Float
		rows    []tftypes.Value
		objects map[string]tftypes.Value
	)

	switch {
	case value.As(&text) == nil:
		return text
	case value.As(&flag) == nil:
		return flag
	case value.As(&number) == nil:
		return &number
	case value.As(&rows) == nil:
		out := []any{}
		for _, row := range rows {
			out = append(out, plainValue(row))
		}

		return out
	case value.As(&objects) == nil:
		out := acctest.Values{}
		for name, inner := range objects {
			out[name] = plainValue(inner)
		}

		return out
	default:
		return nil
	}
}
