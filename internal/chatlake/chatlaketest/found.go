package chatlaketest

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/permission"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// Found is an object that somebody else has made, as the dashboard and other clients make them.
type Found struct {
	Name, Kind string
	// Since is the release that has such objects; all if empty.
	Since string
	// Refused is what the provider says when a configuration has what the object has; empty if it takes it.
	Refused string

	make func(a *others) string
}

// Make sends what makes the object and returns its import id.
func (f Found) Make(t *testing.T, w *acctest.World) string {
	t.Helper()
	return f.make(&others{T: t, w: w})
}

// others is who else uses the account.
type others struct {
	*testing.T

	w *acctest.World
}

// send sends a request and returns the answer, which must be no refusal.
func (a *others) send(method, path, body string) any {
	a.Helper()
	return a.w.Request(a.T, method, path, body)
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

// Founds has objects of every type of Chatlake, in every state that is known. Of a plain type that is not listed, it is the one
// of the type's example.
func Founds() []Found {
	all := slices.Concat(deskFounds(), ruleFounds(), inboxFounds(), helpFounds(), talkFounds(), enterpriseFounds())

	for _, kind := range permission.Types() {
		isOfAccount := kind.Write != "" && kind.Write != permission.PlatformApp
		isListed := slices.ContainsFunc(all, func(f Found) bool { return f.Kind == kind.Name })

		if isOfAccount && !isListed {
			all = append(all, Found{Name: "example", Kind: kind.Name, Since: string(kind.Since), make: example(kind.Name)})
		}
	}

	return all
}

// example makes the object of a type's example, by another run of the provider.
func example(kind string) func(*others) string {
	return func(a *others) string {
		a.Helper()

		example, err := acctest.ReadExample(kind)
		if err != nil {
			a.Fatal(err)
		}

		p := a.w.Protocol(a.T, nil)
		need := func(kind string, config acctest.Values) acctest.Object { return Create(a.T, p, kind, config) }

		return need(kind, example.Config(a.T, need)).String("id")
	}
}

func deskFounds() []Found {
	account := func(body string) func(*others) string {
		return func(a *others) string {
			a.send(http.MethodPatch, "", body)
			return fmt.Sprint(chatlake.AccountID)
		}
	}

	return []Found{
		{Name: "as installed", Kind: "chatlake_account_settings", make: account(`{"name":"Sandbox"}`)},
		{Name: "no language", Kind: "chatlake_account_settings", make: account(`{"locale":null,"domain":"","support_email":""}`)},
		{Name: "auto-resolve of old servers", Kind: "chatlake_account_settings", make: account(`{"auto_resolve_duration":7}`)},
		{
			Name: "all of it", Kind: "chatlake_account_settings", Since: "4.14.0",
			make: account(`{"name":"Shop","locale":"pt_BR","domain":"shop.example","support_email":"Care <care@shop.example>","auto_resolve_after":60,
				"auto_resolve_message":"Bye","auto_resolve_ignore_waiting":true,"auto_resolve_label":"billing","audio_transcriptions":true,
				"industry":"Retail","company_size":"","timezone":"Europe/Lisbon","referral_source":null,"website":"https://shop.example"}`),
		},

		{Name: "name alone", Kind: "chatlake_agent", make: made("/agents", `{"agent":{"email":"bo@example.com","name":"Bo"}}`)},
		{Name: "name in capitals", Kind: "chatlake_agent", make: made("/agents", `{"agent":{"email":"Bo.Root@Example.com","name":"Bo","availability":"busy","auto_offline":false}}`)},
		{Name: "no role", Kind: "chatlake_agent", make: changed("/agents", `{"agent":{"email":"ro@example.com","name":"Ro"}}`, `{"agent":{"role":""}}`)},
		{Name: "unknown role", Kind: "chatlake_agent", make: changed("/agents", `{"agent":{"email":"cy@example.com","name":"Cy"}}`, `{"custom_role_id":99}`)},

		{Name: "name alone", Kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper"}`)},
		{Name: "no type", Kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper","bot_type":null,"description":"","outgoing_url":""}`)},
		{Name: "settings are a list", Kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper","bot_config":[]}`)},
		{Name: "settings of any kind", Kind: "chatlake_agent_bot", make: made("/agent_bots", `{"name":"Helper","bot_config":{"a":[1,"x",null,{"b":2.5}],"c":null}}`)},

		{Name: "name alone", Kind: "chatlake_assignment_policy", Since: "4.5.1", make: made("/assignment_policies", `{"name":"Fair"}`)},
		{
			Name: "balanced", Kind: "chatlake_assignment_policy", Since: "4.5.1",
			make: made("/assignment_policies", `{"name":"Balanced","description":"","assignment_order":"balanced","conversation_priority":"longest_waiting","enabled":false,"fair_distribution_limit":"12"}`),
		},

		{Name: "text", Kind: "chatlake_canned_response", make: made("/canned_responses", `{"short_code":"hours","content":"From 9\nto 5\n"}`)},
		{Name: "code is true", Kind: "chatlake_canned_response", make: made("/canned_responses", `{"short_code":true,"content":"x"}`)},

		{
			Name: "list", Kind: "chatlake_custom_attribute_definition",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Plan","attribute_key":"plan","attribute_display_type":6,"attribute_model":1,"attribute_values":["b","a"]}`),
		},
		{
			Name: "odd values", Kind: "chatlake_custom_attribute_definition",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Size","attribute_key":"größe","attribute_display_type":"list","attribute_model":"conversation_attribute","attribute_values":[true,1,2.5,"x"]}`),
		},
		{
			Name: "values of a text", Kind: "chatlake_custom_attribute_definition",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Code","attribute_key":"code","attribute_display_type":"text","attribute_model":"contact_attribute","attribute_values":["x"],"regex_pattern":"^a","regex_cue":"","attribute_description":""}`),
		},
		{
			Name: "pattern of a number", Kind: "chatlake_custom_attribute_definition",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Count","attribute_key":"count","attribute_display_type":"number","attribute_model":"contact_attribute","regex_pattern":"^1","regex_cue":"One"}`),
		},
		{
			Name: "list without values", Kind: "chatlake_custom_attribute_definition",
			make:    made("/custom_attribute_definitions", `{"attribute_display_name":"Bare","attribute_key":"bare","attribute_display_type":"list","attribute_model":"contact_attribute"}`),
			Refused: "An attribute of the type list needs attribute_values to choose from.",
		},
		{
			Name: "of companies", Kind: "chatlake_custom_attribute_definition", Since: "4.14.0",
			make: made("/custom_attribute_definitions", `{"attribute_display_name":"Size","attribute_key":"of_company","attribute_display_type":"number","attribute_model":"company_attribute"}`),
		},

		{Name: "one page", Kind: "chatlake_dashboard_app", make: made("/dashboard_apps", `{"title":"Orders","content":[{"url":"https://shop.example","type":"frame"}]}`)},
		{Name: "title is true", Kind: "chatlake_dashboard_app", make: made("/dashboard_apps", `{"title":true,"content":[{"url":"https://shop.example","type":"frame"}]}`)},

		{Name: "title alone", Kind: "chatlake_label", make: made("/labels", `{"title":"Early"}`)},
		{Name: "empty text", Kind: "chatlake_label", make: made("/labels", `{"title":"late","description":"","color":"red","show_on_sidebar":false}`)},

		{Name: "name alone", Kind: "chatlake_team", make: made("/teams", `{"name":"Second LINE"}`)},
		{Name: "nulls", Kind: "chatlake_team", make: made("/teams", `{"name":"nulls","description":"","allow_auto_assign":null}`)},
		{
			Name: "members", Kind: "chatlake_team",
			make: func(a *others) string {
				id := a.post("/teams", `{"name":"members"}`)
				a.send(http.MethodPost, "/teams/"+id+"/team_members", `{"user_ids":[12,11]}`)

				return id
			},
		},

		{Name: "address alone", Kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/a"}}`)},
		{Name: "no events", Kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/b","subscriptions":["message_created","contact_created"],"name":""}}`)},
		{Name: "inbox", Kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/c","inbox_id":101}}`)},
		{Name: "unknown inbox", Kind: "chatlake_webhook", make: made("/webhooks", `{"webhook":{"url":"https://shop.example/d","inbox_id":999}}`)},
	}
}

func ruleFounds() []Found {
	rule := func(more string) func(*others) string {
		return made("/automation_rules", `{"name":"Found","event_name":"message_created"`+more+`}`)
	}
	macro := func(more string) func(*others) string { return made("/macros", `{"name":"Found"`+more+`}`) }
	filter := func(more string) func(*others) string {
		return made("/custom_filters", `{"custom_filter":{"name":"Found"`+more+`}}`)
	}

	return []Found{
		{Name: "no lists", Kind: "chatlake_automation_rule", make: rule("")},
		{
			Name: "of the dashboard", Kind: "chatlake_automation_rule",
			make: rule(`,"description":"","active":true,
				"conditions":[{"attribute_key":"inbox_id","filter_operator":"equal_to","values":[101],"query_operator":"and","custom_attribute_type":""},
					{"attribute_key":"content","filter_operator":"contains","values":["a","b"],"query_operator":"OR","custom_attribute_type":""},
					{"attribute_key":"team_id","filter_operator":"is_present","values":[],"query_operator":null,"custom_attribute_type":""}],
				"actions":[{"action_name":"mute_conversation","action_params":[]},{"action_name":"resolve_conversation","action_params":null},
					{"action_name":"snooze_conversation"},{"action_name":"assign_agent","action_params":["self"]},{"action_name":"add_label","action_params":["billing","x"]},
					{"action_name":"send_email_to_team","action_params":[{"message":"x","team_ids":[201]}]},{"action_name":"send_webhook_event","action_params":["https://shop.example"]}]`),
		},
		{
			Name: "empty lists, switched off", Kind: "chatlake_automation_rule",
			make: rule(`,"active":false,"conditions":[],"actions":[]`),
		},
		{
			Name: "of a custom attribute", Kind: "chatlake_automation_rule",
			make: func(a *others) string {
				a.post("/custom_attribute_definitions", `{"attribute_display_name":"Tier","attribute_key":"tier","attribute_display_type":"text","attribute_model":"contact_attribute"}`)

				return a.post("/automation_rules", `{"name":"Found","event_name":"conversation_updated","conditions":[
					{"attribute_key":"tier","filter_operator":"equal_to","values":["gold"],"query_operator":null,"custom_attribute_type":"contact_attribute"}],"actions":[]}`)
			},
		},

		{Name: "no actions", Kind: "chatlake_macro", make: macro("")},
		{
			Name: "of the dashboard", Kind: "chatlake_macro",
			make: macro(`,"visibility":"global","actions":[{"action_name":"mute_conversation","action_params":[]},{"action_name":"assign_team","action_params":[201]},
				{"action_name":"assign_agent","action_params":["self"]},{"action_name":"resolve_conversation"},{"action_name":"change_priority","action_params":["nil"]},
				{"action_name":"send_message","action_params":["Hello {{contact.name}}"]}]`),
		},
		{Name: "personal", Kind: "chatlake_macro", make: macro(`,"visibility":"personal","actions":[{"action_name":"change_status","action_params":["open"]}]`)},

		{Name: "no query", Kind: "chatlake_custom_filter", make: filter(`,"filter_type":"contact"`)},
		{Name: "empty query", Kind: "chatlake_custom_filter", make: filter(`,"filter_type":"report","query":{}`)},
		{
			Name: "of the dashboard", Kind: "chatlake_custom_filter",
			make: filter(`,"filter_type":"conversation","query":{"payload":[
				{"attribute_key":"status","attribute_model":"standard","filter_operator":"equal_to","values":["open","pending"],"query_operator":"and","custom_attribute_type":""},
				{"attribute_key":"assignee_id","filter_operator":"is_present","values":[],"query_operator":"or"},
				{"attribute_key":"created_at","filter_operator":"days_before","values":["7"],"query_operator":null}]}`),
		},
		{Name: "query of anything", Kind: "chatlake_custom_filter", make: filter(`,"filter_type":0,"query":{"a":[1,2.5,null,true,{"b":"c"}],"n":100000000000000000001}`)},
	}
}

// Certificate is one of an identity provider that does not exist.
const Certificate = `-----BEGIN CERTIFICATE-----
MIIBgjCCASmgAwIBAgIUcr88ZibpI1s86YO81WEthb9pYW0wCgYIKoZIzj0EAwIw
FjEUMBIGA1UEAwwLaWRwLmV4YW1wbGUwIBcNMjYxMTI4MTc1NjI3WhgPMjEyNjEx
MDQxNzU2MjdaMBYxFDASBgNVBAMMC2lkcC5leGFtcGxlMFkwEwYHKoZIzj0CAQYI
KoZIzj0DAQcDQgAEBGMv3XYWizbI6tGzpQ2avQ4FQ1rU0j1Gvahwcq79GNmIGAxh
V+tibg8ZF+7i7XX2s/2OCEvyYZAR1emM8GahSKNTMFEwHQYDVR0OBBYEFGKCq0EO
GfQUyohdnJdsSdwqw3INMB8GA1UdIwQYMBaAFGKCq0EOGfQUyohdnJdsSdwqw3IN
MA8GA1UdEwEB/wQFMAMBAf8wCgYIKoZIzj0EAwIDRwAwRAIgWppTW0tsWeReFt6m
PI5HeLkLP+UqlZVNyCyZ8BnZ0v0CIBO7X2WlKRpFBnheEQtrVj8ZCESTsoyDqLoJ
A//kGUum
-----END CERTIFICATE-----
`

func enterpriseFounds() []Found {
	return []Found{
		{
			Name: "roles of all kinds", Kind: "chatlake_saml_settings", Since: "4.6.0",
			make: func(a *others) string {
				a.send(http.MethodPatch, "/saml_settings", `{"saml_settings":{"sso_url":"https://idp.example/sso","idp_entity_id":7,"certificate":"`+strings.ReplaceAll(Certificate, "\n", `\n`)+`",
					"role_mappings":{"A":{"role":"administrator"},"B":{"role":0},"C d":{"custom_role_id":"7"}}}}`)

				return "1"
			},
		},
		{
			Name: "built-in tool", Kind: "chatlake_captain_scenario", Since: "4.4.0",
			make: func(a *others) string {
				assistant := a.post("/captain/assistants", `{"assistant":{"name":"Found","description":"x"}}`)
				scenario := a.post("/captain/assistants/"+assistant+"/scenarios", `{"scenario":{"title":"Found","description":"x","instruction":"[Off](tool://handoff)"}}`)

				return assistant + "/" + scenario
			},
		},
		{Name: "name alone", Kind: "chatlake_sla_policy", Since: "2.17.0", make: made("/sla_policies", `{"sla_policy":{"name":"Plain","only_during_business_hours":null}}`)},
		{
			Name: "odd thresholds", Kind: "chatlake_sla_policy", Since: "2.17.0",
			make: made("/sla_policies", `{"sla_policy":{"name":true,"description":"","first_response_time_threshold":"12","next_response_time_threshold":120.5,"resolution_time_threshold":0}}`),
		},
		{Name: "name alone", Kind: "chatlake_agent_capacity_policy", Since: "4.6.0", make: made("/agent_capacity_policies", `{"agent_capacity_policy":{"name":"Plain"}}`)},
		{
			Name: "odd rules", Kind: "chatlake_agent_capacity_policy", Since: "4.6.0",
			make: made("/agent_capacity_policies", `{"agent_capacity_policy":{"name":true,"description":"","exclusion_rules":[]}}`),
		},
		{
			Name: "text of hours, users and limits", Kind: "chatlake_agent_capacity_policy", Since: "4.6.0",
			make: func(a *others) string {
				id := a.post("/agent_capacity_policies", `{"agent_capacity_policy":{"name":"Full","exclusion_rules":{"exclude_older_than_hours":"12","excluded_labels":[]}}}`)
				a.send(http.MethodPost, "/agent_capacity_policies/"+id+"/users", `{"user_id":12}`)
				a.send(http.MethodPost, "/agent_capacity_policies/"+id+"/inbox_limits", `{"inbox_id":101,"conversation_limit":0}`)

				return id
			},
		},
		{Name: "name alone", Kind: "chatlake_company", Since: "4.7.0", make: made("/companies", `{"company":{"name":"Plain"}}`)},
		{
			Name: "empty texts", Kind: "chatlake_company", Since: "4.14.0",
			make: made("/companies", `{"company":{"name":true,"domain":"","description":"","custom_attributes":{"a":null,"b":[1,"x"],"c":{"d":1.5}}}}`),
		},
		{
			Name: "of an address", Kind: "chatlake_company", Since: "4.15.0", // Contacts tell their companies.
			make: func(a *others) string {
				a.send(http.MethodPost, "/contacts", `{"name":"Found","email":"found@of-an-address.example"}`)

				rows := a.w.Chatlake.Objects("companies")

				return fmt.Sprint(rows[len(rows)-1]["id"])
			},
		},
		{Name: "name alone", Kind: "chatlake_custom_role", Since: "3.13.0", make: made("/custom_roles", `{"custom_role":{"name":"Plain"}}`)},
		{
			Name: "permissions twice", Kind: "chatlake_custom_role", Since: "3.13.0",
			make: made("/custom_roles", `{"custom_role":{"name":true,"description":"","permissions":["report_manage","contact_manage","report_manage"]}}`),
		},
	}
}

func inboxFounds() []Found {
	inbox := func(channel string, changes ...string) func(*others) string {
		return func(a *others) string {
			id := a.post("/inboxes", `{"name":"Found","channel":`+channel+`}`)
			for _, change := range changes {
				a.send(http.MethodPatch, "/inboxes/"+id, change)
			}

			return id
		}
	}

	twilio := func(fields string) func(*others) string {
		return func(a *others) string {
			return a.post("/channels/twilio_channel", `{"twilio_channel":{"name":"Found","account_sid":"AC1","auth_token":"secret",`+fields+`}}`)
		}
	}

	widget := `{"type":"web_widget","website_url":"https://shop.example"}`

	return []Found{
		{Name: "api", Kind: "chatlake_inbox", make: inbox(`{"type":"api"}`)},
		{Name: "api with attributes", Kind: "chatlake_inbox", make: inbox(`{"type":"api","webhook_url":"","hmac_mandatory":null,"additional_attributes":{"agent_reply_time_window":"12","a":[1,null]}}`)},
		{Name: "hours of closed days", Kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"working_hours":`+days+`,"working_hours_enabled":true,"out_of_office_message":"","timezone":"Europe/Lisbon"}`)},
		{Name: "nulls", Kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"greeting_enabled":null,"enable_auto_assignment":null,"auto_assignment_config":{},"csat_survey_enabled":null}`)},
		{Name: "assignment", Kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"enable_auto_assignment":true,"auto_assignment_config":{"max_assignment_limit":3}}`)},
		{Name: "survey", Kind: "chatlake_inbox", make: inbox(`{"type":"api"}`, `{"csat_survey_enabled":true,"csat_config":{"display_type":"star","message":"Well?","survey_rules":{"operator":"does_not_contain","values":["billing"]}}}`)},
		{
			Name: "members and a bot", Kind: "chatlake_inbox",
			make: func(a *others) string {
				id := a.post("/inboxes", `{"name":"Found","channel":{"type":"api"}}`)
				a.send(http.MethodPost, "/inbox_members", `{"inbox_id":`+id+`,"user_ids":[12,11]}`)
				a.send(http.MethodPost, "/inboxes/"+id+"/set_agent_bot", `{"agent_bot":`+a.post("/agent_bots", `{"name":"Helper"}`)+`}`)

				return id
			},
		},
		{
			Name: "policy", Kind: "chatlake_inbox", Since: "4.5.1",
			make: func(a *others) string {
				id := a.post("/inboxes", `{"name":"Found","channel":{"type":"api"}}`)
				a.send(http.MethodPost, "/inboxes/"+id+"/assignment_policy", `{"assignment_policy_id":`+a.post("/assignment_policies", `{"name":"Of an inbox"}`)+`}`)

				return id
			},
		},
		{
			Name: "portal", Kind: "chatlake_inbox",
			make: func(a *others) string {
				a.portal("of-inbox")

				portal, _ := a.send(http.MethodGet, "/portals/of-inbox", "").(map[string]any)
				id := a.post("/inboxes", `{"name":"Found","channel":`+widget+`}`)
				a.send(http.MethodPatch, "/inboxes/"+id, fmt.Sprintf(`{"portal_id":%v}`, portal["id"]))

				return id
			},
		},

		{Name: "widget", Kind: "chatlake_inbox", make: inbox(widget)},
		{Name: "widget with a message before the chat", Kind: "chatlake_inbox", make: inbox(widget, `{"channel":{"pre_chat_form_enabled":true,"pre_chat_form_options":{"pre_chat_message":"Hi"}}}`)},
		{
			Name: "widget with an own form", Kind: "chatlake_inbox",
			make: inbox(widget, `{"channel":{"pre_chat_form_options":{"pre_chat_message":"","require_email":true,"pre_chat_fields":[
				{"field_type":"standard","label":"Email Id","name":"emailAddress","type":"email","required":true,"enabled":true,"placeholder":""},
				{"field_type":"contact_attribute","label":"Tier","name":"tier","type":"list","required":false,"enabled":true,"values":["a","b"],"regex_pattern":null,"regex_cue":"x"}]}}}`),
		},
		{Name: "widget without flags", Kind: "chatlake_inbox", make: inbox(widget, `{"channel":{"selected_feature_flags":[],"welcome_title":"","welcome_tagline":null,"widget_color":"#ff0000"}}`)},

		{Name: "mail", Kind: "chatlake_inbox", make: inbox(`{"type":"email","email":"one@shop.example"}`)},
		{Name: "mail in capitals", Kind: "chatlake_inbox", make: inbox(`{"type":"email","email":"Two@Shop.example"}`)},
		{
			Name: "mail with servers", Kind: "chatlake_inbox",
			make: inbox(`{"type":"email","email":"care@shop.example"}`, `{"channel":{"imap_enabled":true,"imap_login":"a","imap_password":"secret","imap_address":"imap.shop.example","imap_port":993,"imap_enable_ssl":true,
				"smtp_enabled":true,"smtp_login":"a","smtp_password":"secret","smtp_address":"smtp.shop.example","smtp_port":587,"smtp_domain":"shop.example",
				"smtp_enable_ssl_tls":false,"smtp_enable_starttls_auto":true,"smtp_authentication":"login","smtp_openssl_verify_mode":"none"}}`,
				`{"sender_name_type":"professional","business_name":"Shop"}`),
		},
		{Name: "line", Kind: "chatlake_inbox", make: inbox(`{"type":"line","line_channel_id":"1","line_channel_secret":"secret","line_channel_token":"token"}`)},
		{Name: "telegram", Kind: "chatlake_inbox", make: inbox(`{"type":"telegram","bot_token":"1:secret"}`)},
		{Name: "sms", Kind: "chatlake_inbox", make: inbox(`{"type":"sms","phone_number":"+14155550123","provider_config":{"account_id":"1","api_key":"k","api_secret":"s","application_id":"a"}}`)},
		{Name: "whatsapp", Kind: "chatlake_inbox", make: inbox(`{"type":"whatsapp","phone_number":"+14155550124","provider":"whatsapp_cloud","provider_config":{"api_key":"k","phone_number_id":"1","business_account_id":"2"}}`)},
		{
			Name: "template of a survey", Kind: "chatlake_inbox", Since: "4.9.0",
			make: func(a *others) string {
				id := a.post("/inboxes", `{"name":"Found","channel":{"type":"whatsapp","phone_number":"+14155550126","provider":"whatsapp_cloud","provider_config":{"api_key":"k","phone_number_id":"1","business_account_id":"2"}}}`)
				name := "customer_satisfaction_survey_" + id
				a.send(http.MethodPost, "/inboxes/"+id+"/csat_template", `{"template":{"message":"How was it?","language":"de"}}`)
				a.send(http.MethodPatch, "/inboxes/"+id, `{"csat_survey_enabled":true,"csat_config":{"message":"How was it?","language":"de","template":{"name":"`+name+`","language":"de"}}}`)

				return id
			},
		},
		{Name: "twilio sms", Kind: "chatlake_inbox", make: twilio(`"medium":"sms","messaging_service_sid":"MG1","api_key_sid":"SK1"`)},
		{Name: "twilio whatsapp", Kind: "chatlake_inbox", make: twilio(`"medium":"whatsapp","phone_number":"+14155550125"`)},
	}
}

func helpFounds() []Found {
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

	return []Found{
		{Name: "name alone", Kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"alone","custom_domain":""}`, "")},
		{Name: "nulls", Kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"nulls","custom_domain":"","color":null,"page_title":"","header_text":null,"homepage_link":""}`, `{"portal":{"archived":null}}`)},
		{Name: "languages", Kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"languages","custom_domain":"help.shop.example","color":"#1F93FF","config":{"allowed_locales":["en","de"],"default_locale":"de"}}`, "")},
		{Name: "archived", Kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"archived","custom_domain":""}`, `{"portal":{"archived":true}}`)},
		{Name: "widget", Kind: "chatlake_portal", make: portal(`{"name":"Found","slug":"widget","custom_domain":""}`, `{"portal":{"name":"Found"},"inbox_id":102}`)},
		{
			Name: "all of it", Kind: "chatlake_portal", Since: "4.14.2",
			make: portal(`{"name":"Found","slug":"all","config":{"allowed_locales":["en","de"],"default_locale":"en","draft_locales":["de"],"layout":"documentation",
				"social_profiles":{"x":"shop","github":""},"locale_translations":{"de":{"name":"Hilfe"},"en":{}}}}`, ""),
		},

		{Name: "name alone", Kind: "chatlake_category", make: inPortal("categories", `{"name":"Found","slug":"found","locale":"en"}`, "")},
		{Name: "nulls", Kind: "chatlake_category", make: inPortal("categories", `{"name":"Found","slug":"found","locale":"en","description":"","position":"x","icon":""}`, "")},
		{
			Name: "relatives", Kind: "chatlake_category",
			make: func(a *others) string {
				path := "/portals/" + a.portal("relatives") + "/categories"
				one, two := a.post(path, `{"name":"One","slug":"one","locale":"en"}`), a.post(path, `{"name":"Two","slug":"two","locale":"en"}`)
				id := a.post(path, `{"name":"Three","slug":"three","locale":"de","position":7,"parent_category_id":`+one+`,"associated_category_id":`+two+`,"related_category_ids":[`+one+`,`+two+`],"icon":"📦"}`)

				return "relatives/" + id
			},
		},

		{Name: "text", Kind: "chatlake_article", make: article("", "")},
		{Name: "another language", Kind: "chatlake_article", make: article(`,"locale":"xx","slug":"found-xx"`, "")},
		{Name: "the portal's language", Kind: "chatlake_article", make: article(`,"locale":"de","slug":"found-de"`, "")},
		{Name: "unknown category", Kind: "chatlake_article", make: article(`,"category_id":999`, "")},
		{Name: "odd meta", Kind: "chatlake_article", make: article(`,"meta":{"title":7,"tags":[1,"b"],"description":""}`, "")},
		{Name: "nulls", Kind: "chatlake_article", make: article("", `{"status":null,"position":null,"description":""}`)},
		{Name: "published", Kind: "chatlake_article", make: article(`,"position":12,"description":"D"`, `{"status":"published"}`)},
		{Name: "no content", Kind: "chatlake_article", Since: "4.13.0", make: inPortal("articles", `{"title":"Found nothing","author_id":11}`, "")},
		{Name: "foreign author", Kind: "chatlake_article", make: inPortal("articles", `{"title":"Found","slug":"foreign","content":"x","author_id":14}`, "")},
		{
			Name: "category", Kind: "chatlake_article",
			make: func(a *others) string {
				path := "/portals/" + a.portal("with-category")
				category := a.post(path+"/categories", `{"name":"One","slug":"one","locale":"de"}`)

				return "with-category/" + a.post(path+"/articles", `{"title":"Found in a category","content":"x","author_id":11,"category_id":`+category+`}`)
			},
		},
	}
}

func talkFounds() []Found {
	note := func(text string) func(*others) string {
		return func(a *others) string {
			contact := a.post("/contacts", `{"name":"Mira"}`)
			return contact + "/" + a.post("/contacts/"+contact+"/notes", `{"content":`+text+`}`)
		}
	}

	return []Found{
		{Name: "name alone", Kind: "chatlake_contact", make: made("/contacts", `{"name":"Mira"}`)},
		{Name: "nothing", Kind: "chatlake_contact", make: made("/contacts", `{"name":"","identifier":"nobody"}`)},
		{Name: "name is true", Kind: "chatlake_contact", make: made("/contacts", `{"name":true,"identifier":"true"}`)},
		{Name: "at a company", Kind: "chatlake_contact", make: made("/contacts", `{"name":"Mira Example","email":"Mira@People.example","phone_number":"+14155550100"}`)},
		{
			Name: "all of it", Kind: "chatlake_contact",
			make: made("/contacts", `{"name":"Mira","email":"mira@gmail.com","blocked":true,"inbox_id":101,
				"additional_attributes":{"city":"Lisbon","country":"Portugal","country_code":"PT","company_name":"Shop","description":"","social_profiles":{"github":"mira","x":""},
					"social_telegram_user_id":123456789012345,"browser":{"browser_name":"x","v":1.50},"a":null},
				"custom_attributes":{"n":1,"f":2.50,"big":12345678901234567890,"t":true,"z":null,"l":["a",1],"o":{"x":{}},"e":""}}`),
		},
		{
			Name: "labels", Kind: "chatlake_contact",
			make: func(a *others) string {
				id := a.post("/contacts", `{"name":"Labels"}`)
				a.send(http.MethodPost, "/contacts/"+id+"/labels", `{"labels":["Billing","unknown","x y"]}`)

				return id
			},
		},
		{
			Name: "session", Kind: "chatlake_contact_inbox",
			make: func(a *others) string { return a.contact("of a session") + "/101/of a session" },
		},
		{
			Name: "made session", Kind: "chatlake_contact_inbox",
			make: func(a *others) string {
				contact := a.post("/contacts", `{"name":"Mira"}`)
				session, _ := a.send(http.MethodPost, "/contacts/"+contact+"/contact_inboxes", `{"inbox_id":101}`).(map[string]any)

				return fmt.Sprintf("%s/101/%v", contact, session["source_id"])
			},
		},
		{Name: "added", Kind: "chatlake_team_member", make: func(a *others) string {
			team := a.post("/teams", `{"name":"added to"}`)
			a.send(http.MethodPost, "/teams/"+team+"/team_members", `{"user_ids":[12]}`)

			return team + "/12"
		}},
		{Name: "added", Kind: "chatlake_inbox_member", make: func(a *others) string {
			a.send(http.MethodPost, "/inbox_members", `{"inbox_id":101,"user_ids":[12]}`)
			return "101/12"
		}},
		{Name: "added", Kind: "chatlake_conversation_participant", make: func(a *others) string {
			conversation := a.conversation("")
			a.send(http.MethodPost, "/conversations/"+conversation+"/participants", `{"user_ids":[12]}`)

			return conversation + "/12"
		}},
		{Name: "text", Kind: "chatlake_contact_note", make: note(`"Prefers **mornings**.\n"`)},
		{Name: "nothing", Kind: "chatlake_contact_note", make: note(`"x\u00a0"`)},

		{Name: "plain", Kind: "chatlake_conversation", make: talk("")},
		{Name: "snoozed", Kind: "chatlake_conversation", make: talk("", [2]string{"/toggle_status", `{"status":"snoozed","snoozed_until":4102444800}`})},
		{Name: "snoozed for ever", Kind: "chatlake_conversation", make: talk("", [2]string{"/toggle_status", `{"status":"snoozed"}`})},
		{Name: "resolved", Kind: "chatlake_conversation", make: talk("", [2]string{"/toggle_status", `{"status":"resolved"}`})},
		{Name: "muted", Kind: "chatlake_conversation", make: talk("", [2]string{"/mute", ``})},
		{Name: "odd referer", Kind: "chatlake_conversation", make: talk(`,"additional_attributes":{"referer":"no address","initiated_at":{"timestamp":"Mon"},"browser":{"a":[1]}}`)},
		{Name: "pending with everything", Kind: "chatlake_conversation", make: talk(`,"status":"pending","assignee_id":12,"team_id":201,"custom_attributes":{"n":1.0,"z":null,"l":[]},"additional_attributes":{"mail_subject":"S"}`,
			[2]string{"/labels", `{"labels":["Billing","x y"]}`}, [2]string{"/toggle_priority", `{"priority":"urgent"}`})},
		{Name: "answered", Kind: "chatlake_conversation", make: talk(`,"message":{"content":"Hello"}`, [2]string{"/messages", `{"content":"x","message_type":"incoming"}`})},

		{Name: "text", Kind: "chatlake_message", make: said(`{"content":"Hello\n"}`)},
		{Name: "liquid", Kind: "chatlake_message", make: said(`{"content":"Hello {{contact.name}}"}`)},
		{Name: "of the customer", Kind: "chatlake_message", make: said(`{"content":"Hello","message_type":"incoming","source_id":"one","echo_id":"e"}`)},
		{Name: "private", Kind: "chatlake_message", make: said(`{"content":"Hello","private":true,"content_attributes":{"external_created_at":1700000000,"a":{"b":[1,null]}}}`)},
		{Name: "activity", Kind: "chatlake_message", make: said(`{"content":"Somebody did","message_type":"activity"}`), Refused: `must be one of: ["outgoing" "incoming"]`},
		{Name: "template", Kind: "chatlake_message", make: said(`{"content":"Hello","message_type":"template","template_params":{"name":"order","language":"en"}}`), Refused: `must be one of: ["outgoing" "incoming"]`},
		{
			Name: "choices", Kind: "chatlake_message",
			make: said(`{"content":"Which?","content_type":"input_select","content_attributes":{"items":[{"title":"A","value":"a"},{"title":"B","value":1}]}}`),
		},
		{Name: "survey", Kind: "chatlake_message", make: said(`{"content":"Well?","content_type":"input_csat"}`)},
		{Name: "no content", Kind: "chatlake_message", make: said(`{"content_type":"input_email"}`), Refused: "A message needs content"},
		{
			Name: "answer", Kind: "chatlake_message",
			make: func(a *others) string {
				conversation := a.conversation("")
				path := "/conversations/" + conversation + "/messages"
				first := a.post(path, `{"content":"x"}`)

				return conversation + "/" + a.post(path, `{"content":"y","content_attributes":{"in_reply_to":`+first+`}}`)
			},
		},
		{
			Name: "read", Kind: "chatlake_message", Since: "4.2.0",
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
