package chatlake_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// step is one request and what must come of it. Without a complaint there must be none.
type step struct {
	token, method, path, body string
	status                    int
	want                      string
	complaint                 string
}

func (w *world) steps(steps []step) {
	w.Helper()

	outer := w.T
	for _, s := range steps {
		outer.Run(s.method+" "+s.path+" "+s.body, func(t *testing.T) {
			w.T = t

			token := s.token
			if token == "" {
				token = chatlake.AdminToken
			}

			w.as(token).want(s.method, s.path, s.body, s.status, s.want)

			if s.complaint == "" {
				w.quiet()
			} else {
				w.complains(s.complaint)
			}
		})
	}

	w.T = outer
}

func TestCannedResponses(t *testing.T) {
	w := newWorld(t)
	w.steps([]step{
		{
			"", "POST", "/canned_responses", `{"canned_response":{"short_code":"Hi","content":"Hello"}}`, 200,
			`{"id":401,"account_id":1,"short_code":"Hi","content":"Hello","created_at":"2026-03-04T05:06:07.000Z","updated_at":"2026-03-04T05:06:07.000Z"}`, "",
		},
		{chatlake.AgentToken, "POST", "/canned_responses", `{"short_code":"bye","content":"Bye"}`, 200, `{"id":402}`, ""},
		{"", "POST", "/canned_responses", `{"short_code":"Hi","content":"x"}`, 422, `{"message":"Short code has already been taken","attributes":["short_code"]}`, ""},
		{"", "POST", "/canned_responses", `{"short_code":"hi","content":"x"}`, 200, "", ""},
		{"", "POST", "/canned_responses", `{"short_code":"no"}`, 422, `{"attributes":["content"]}`, ""},
		{"", "PATCH", "/canned_responses/402", `{"content":"Ciao"}`, 200, `{"short_code":"bye","content":"Ciao"}`, ""},
		{"", "GET", "/canned_responses?search=ciao", "", 200, `[{"id":402}]`, ""},
		{"", "GET", "/canned_responses", "", 200, `[{},{},{}]`, ""},
		{"", "GET", "/canned_responses/402", "", 404, "", "no such route"},
		{"", "DELETE", "/canned_responses/402", "", 200, "<empty>", ""},
		{"", "DELETE", "/canned_responses/402", "", 404, `{"error":"Resource could not be found"}`, ""},
		{"", "POST", "/canned_responses", `{"short_code":"bye","content":"x"}`, 200, "", ""},
	})

	got := len(w.p.Objects("canned_responses"))
	if got != 3 {
		t.Errorf("%d held, want 3", got)
	}
}

func TestWebhooks(t *testing.T) {
	w := newWorld(t)
	w.steps([]step{
		{
			"", "POST", "/webhooks", `{"url":"https://x.example/a","name":"A","inbox_id":101}`, 200,
			`{"payload":{"webhook":{"id":451,"url":"https://x.example/a","name":"A","account_id":1,"secret":"<any>","inbox":{"id":101,"name":"Sandbox API"},
			"subscriptions":["conversation_status_changed","conversation_updated","conversation_created","contact_created","contact_updated","message_created","message_updated","webwidget_triggered"]}}}`, "",
		},
		{
			"", "POST", "/webhooks", `{"webhook":{"url":"https://x.example/b","subscriptions":["inbox_created"]}}`, 200,
			`{"payload":{"webhook":{"name":null,"subscriptions":["inbox_created"],"inbox":"<absent>"}}}`, "",
		},
	})
	w.want("POST", "/webhooks", `{"url":"https://x.example/c","subscriptions":null}`, 200, `{"payload":{"webhook":{"subscriptions":["<any>","<any>","<any>","<any>","<any>","<any>","<any>","<any>"]}}}`)
	w.steps([]step{
		{"", "POST", "/webhooks", `{"url":"https://x.example/a"}`, 422, `{"message":"Url has already been taken"}`, ""},
		{"", "POST", "/webhooks", `{"url":"ftp://x"}`, 422, `{"message":"Url is invalid"}`, ""},
		{"", "POST", "/webhooks", `{"url":"https://x.example/d","subscriptions":[]}`, 422, `{"message":"Subscriptions Invalid events","attributes":["subscriptions"]}`, ""},
		{"", "POST", "/webhooks", `{"url":"https://x.example/d","subscriptions":["conversation_opened"]}`, 422, `{"attributes":["subscriptions"]}`, ""},
		{"", "PATCH", "/webhooks/451", `{"name":null}`, 200, `{"payload":{"webhook":{"name":null,"url":"https://x.example/a"}}}`, ""},
		{"", "GET", "/webhooks", "", 200, `{"payload":{"webhooks":[{"secret":"<any>"},{},{}]}}`, ""},
		{chatlake.AgentToken, "GET", "/webhooks", "", 401, "", ""},
		{"", "DELETE", "/webhooks/451", "", 200, "<empty>", ""},
		{"", "DELETE", "/webhooks/451", "", 404, "", ""},
	})
	w.switches(func(s *chatlake.Switches) { s.Version = "4.7.0" })
	w.want("GET", "/webhooks", "", 200, `{"payload":{"webhooks":[{"secret":"<absent>","name":"<absent>"},{}]}}`)
}

func TestAttributeDefinitions(t *testing.T) {
	w := newWorld(t)

	const path = "/custom_attribute_definitions"
	w.steps([]step{
		{
			"", "POST", path, `{"custom_attribute_definition":{"attribute_display_name":" Plan ","attribute_key":" plan ","attribute_display_type":"list","attribute_model":1,
			"attribute_values":["a","b"],"attribute_description":"d"}}`, 200,
			`{"id":501,"attribute_display_name":"Plan","attribute_key":"plan","attribute_display_type":"list","attribute_model":"contact_attribute","attribute_values":["a","b"],
			"attribute_description":"d","regex_pattern":null,"regex_cue":null,"default_value":null,"created_at":"2026-03-04T05:06:07.000Z"}`, "",
		},
		{
			"", "POST", path, `{"attribute_display_name":"Plan","attribute_key":"plan"}`, 200,
			`{"attribute_display_type":"text","attribute_model":"conversation_attribute","attribute_values":[]}`, "",
		},
		{"", "POST", path, `{"attribute_display_name":"Plan","attribute_key":"plan","attribute_model":"contact_attribute"}`, 422, `{"attributes":["attribute_key"]}`, ""},
		{"", "POST", path, `{"attribute_display_name":"x","attribute_key":"email","attribute_model":"contact_attribute"}`, 422, `{"attributes":["attribute_key"]}`, ""},
		{"", "POST", path, `{"attribute_display_name":"x","attribute_key":"email"}`, 200, "", ""},
		{"", "POST", path, `{"attribute_display_name":"x","attribute_key":"two words"}`, 422, "", ""},
		{"", "POST", path, `{"attribute_key":"k"}`, 422, `{"attributes":["attribute_display_name"]}`, ""},
		{"", "POST", path, `{"attribute_display_name":"x","attribute_key":"k","attribute_display_type":"colour"}`, 500, "", "colour"},
		{"", "GET", path + "?attribute_model=1", "", 200, `[{"id":501}]`, ""},
		{"", "GET", path + "?attribute_model=contact_attribute", "", 200, `[{"id":501}]`, ""},
		{chatlake.AgentToken, "GET", path, "", 200, `[{},{},{}]`, ""},
		{chatlake.AgentToken, "GET", path + "/501", "", 200, `{"id":501}`, ""},
		{chatlake.AgentToken, "PATCH", path + "/501", `{"attribute_key":"x"}`, 401, "", ""},
		{"", "PATCH", path + "/501", `{"attribute_key":"tier","regex_pattern":"^x"}`, 200, `{"attribute_key":"tier","regex_pattern":"^x"}`, ""},
	})
	w.contact(`{"name":"n","email":"a@gmail.com","custom_attributes":{"tier":"gold"}}`)

	filter := `{"payload":[{"attribute_key":"tier","filter_operator":"equal_to","values":["gold"],"query_operator":null}]}`
	w.want("POST", "/contacts/filter", filter, 200, `{"payload":[{"name":"n"}]}`)
	w.steps([]step{
		{"", "DELETE", path + "/501", "", 204, "<empty>", ""},
		{"", "GET", path + "/501", "", 404, "", ""},
		{"", "POST", "/contacts/filter", filter, 422, "", "Invalid attribute key"},
	})
}

func TestAutomationRules(t *testing.T) {
	w := newWorld(t)

	const path = "/automation_rules"

	good := `{"name":"r","event_name":"message_created","conditions":[{"attribute_key":"status","filter_operator":"equal_to","values":["open"],"query_operator":"and","extra":1},
		{"attribute_key":"content","filter_operator":"contains","values":["x"],"query_operator":null}],"actions":[{"action_name":"add_label","action_params":["billing"]}]}`
	w.steps([]step{
		{"", "POST", path, good, 200, `{"payload":"<absent>","id":551,"account_id":1,"name":"r","description":null,"event_name":"message_created","active":true,
			"created_on":1772600767,"conditions":[{"extra":1},{"query_operator":null}],"actions":[{"action_name":"add_label","action_params":["billing"]}],"files":"<absent>"}`, ""},
		{"", "GET", path + "/551", "", 200, `{"payload":{"id":551}}`, ""},
		{"", "GET", path, "", 200, `{"payload":[{"id":551}]}`, ""},
		{"", "PATCH", path + "/551", `{"active":false,"actions":[]}`, 200, `{"payload":{"active":false,"actions":[],"conditions":[{},{}]}}`, ""},
		{"", "POST", path + "/551/clone", "", 200, `{"payload":{"id":552,"active":false}}`, ""},
		{"", "POST", path, `{"name":"r","event_name":"message_created","conditions":[{"attribute_key":"shoe","query_operator":null}],"actions":[]}`, 422, `{"error":{"conditions":["<any>"]}}`, ""},
		{"", "POST", path, `{"name":"r","event_name":"message_created","conditions":[],"actions":[{"action_name":"dance"}]}`, 422, `{"error":{"actions":["<any>"]}}`, ""},
		{"", "POST", path, `{"name":"r","event_name":"message_created","conditions":[{"attribute_key":"status"},{"attribute_key":"status","query_operator":null}],"actions":[]}`, 422, `{"error":{"conditions":["<any>"]}}`, ""},
		{"", "PATCH", path + "/551", `{"conditions":[{"attribute_key":"status","query_operator":"xor"}]}`, 422, `{"error":{"conditions":["Query operator must be either \"AND\" or \"OR\""]}}`, ""},
		{"", "POST", path, `{"name":"r","event_name":"message_created","actions":[]}`, 500, "", "without conditions"},
		{"", "POST", path, `{"event_name":"message_created","conditions":[],"actions":[]}`, 500, "", "without name"},
		{"", "GET", path + "/999", "", 500, `{"status":500}`, "look for it in the list"},
		{"", "DELETE", path + "/999", "", 500, "", "not there"},
		{"", "DELETE", path + "/551", "", 200, "<empty>", ""},
		{chatlake.AgentToken, "GET", path, "", 401, "", ""},
	})

	var form bytes.Buffer

	writer := multipart.NewWriter(&form)

	part, err := writer.CreateFormFile("attachment", "a.txt")
	if err != nil {
		t.Fatal(err)
	}

	_, _ = part.Write([]byte("x"))
	_ = writer.Close()
	status, got := w.raw("POST", "/upload", writer.FormDataContentType(), form.Bytes())
	w.compare("upload", status, got, 200, `{"file_url":"<any>","blob_id":"<any>"}`)
	w.want("POST", path, fmt.Sprintf(`{"name":"r","event_name":"message_created","conditions":[],"actions":[{"action_name":"send_attachment","action_params":[%q]}]}`, w.get(got, "blob_id")),
		200, `{"actions":[{"action_params":[8001]}],"files":[{"blob_id":8001,"filename":"a.txt"}]}`)
	w.want("POST", "/upload", `{"external_url":"https://x.example/f.png"}`, 200, `{"blob_id":"<any>"}`)
	w.quiet()
}

func TestMacros(t *testing.T) {
	w := newWorld(t)

	const body = `{"name":"m","visibility":"global","actions":[{"action_name":"mute_conversation"}]}`
	w.steps([]step{
		{"", "POST", "/macros", body, 200, `{"payload":{"id":601,"name":"m","visibility":"global","account_id":1,"created_by":{"id":11},"updated_by":{"id":11},"actions":[{"action_name":"mute_conversation"}]}}`, ""},
		{chatlake.AgentToken, "POST", "/macros", body, 200, `{"payload":{"id":602,"visibility":"personal","created_by":{"id":12}}}`, ""},
		{"", "GET", "/macros", "", 200, `{"payload":[{"id":601}]}`, ""},
		{chatlake.AgentToken, "GET", "/macros/601", "", 200, "", ""},
		{chatlake.AgentToken, "PATCH", "/macros/601", body, 401, "", ""},
		{"", "GET", "/macros/602", "", 401, "", ""},
		{"", "GET", "/macros/699", "", 404, "<empty>", ""},
		{"", "GET", "/macros/999", "", 404, "<empty>", ""},
		{"", "POST", "/macros/999/execute", `{"conversation_ids":[1]}`, 200, "<empty>", ""},
		{"", "PATCH", "/macros/999", body, 500, "", "not there"},
		{"", "DELETE", "/macros/999", "", 500, "", "not there"},
		{"", "POST", "/macros", `{"name":"m","visibility":"global","actions":[{"action_name":"dance"}]}`, 422, `{"error":{"actions":["<any>"]}}`, ""},
		{"", "POST", "/macros", `{"visibility":"global","actions":[]}`, 500, "", "without name"},
		{"", "POST", "/macros", `{"name":"m","visibility":"global","actions":{"action_name":"add_label"}}`, 422, `{"error":{"actions":["Macro execution actions action_name not supported."]}}`, ""},
		{"", "POST", "/macros", `{"name":"m","visibility":"global","actions":[7]}`, 500, "", "is no action"},
		{"", "PATCH", "/macros/601", `{"visibility":"global","actions":[7,{"action_name":"add_label","action_params":["x"],"note":1},{"action_name":"add_label","action_params":"x"}]}`, 200, `{"payload":{"actions":[{"action_name":"add_label","action_params":["x"]},{"action_name":"add_label"}]}}`, ""},
		{"", "PATCH", "/macros/601", `{"visibility":"global","actions":"x"}`, 200, `{"payload":{"actions":[{"action_name":"add_label"},{"action_name":"add_label"}]}}`, ""},
		{"", "PATCH", "/macros/601", `{"name":"hidden"}`, 200, `{"payload":{"visibility":null}}`, "hidden from lists"},
		{"", "GET", "/macros", "", 200, `{"payload":[]}`, ""},
		{"", "GET", "/macros/601", "", 200, `{"payload":{"name":"hidden"}}`, ""},
		{"", "DELETE", "/macros/601", "", 200, "<empty>", ""},
	})
}

func TestAgentBots(t *testing.T) {
	w := newWorld(t)
	w.steps([]step{
		{
			"", "POST", "/agent_bots", `{"name":"b","description":"d","outgoing_url":"https://x.example","bot_type":"webhook","bot_config":{"a":1},"avatar_url":"https://x.example/a.png"}`, 200,
			`{"id":32,"name":"b","description":"d","outgoing_url":"https://x.example","bot_type":"webhook","bot_config":{"a":1},"account_id":1,"system_bot":false,"thumbnail":"","access_token":"<any>","secret":"<any>"}`, "",
		},
		{"", "POST", "/agent_bots", `{}`, 200, `{"id":33,"name":null}`, ""},
		{"", "POST", "/agent_bots", `{"bot_type":"csml"}`, 500, "", "csml"},
		{chatlake.AgentToken, "GET", "/agent_bots/32", "", 200, `{"access_token":"<any>","secret":"<absent>"}`, ""},
		{chatlake.AgentToken, "POST", "/agent_bots", `{}`, 401, "", ""},
		{"", "PATCH", "/agent_bots/32", `{"description":null}`, 200, `{"name":"b","description":null}`, ""},
		{"", "GET", "/agent_bots", "", 200, `[{},{},{}]`, ""},
		{"", "POST", "/agent_bots/31/reset_access_token", "", 200, `{"access_token":"<any>"}`, ""},
		{chatlake.BotToken, "GET", "/conversations/1", "", 401, `{"error":"Invalid Access Token"}`, ""},
		{"", "POST", "/agent_bots/32/reset_secret", "", 200, `{"secret":"<any>"}`, ""},
		{"", "POST", "/inboxes/101/set_agent_bot", `{"agent_bot":32}`, 200, "", ""},
		{"", "DELETE", "/agent_bots/32", "", 200, "<empty>", ""},
		{"", "GET", "/inboxes/101/agent_bot", "", 200, `{"agent_bot":"<absent>"}`, ""},
		{"", "GET", "/agent_bots/32", "", 404, "", ""},
	})
}

func TestSmallSettings(t *testing.T) {
	w := newWorld(t)
	note := "/contacts/" + w.contact(`{"name":"n"}`) + "/notes"
	w.steps([]step{
		{
			"", "POST", "/custom_filters", `{"custom_filter":{"name":"f","filter_type":"contact","query":{"payload":[]}}}`, 200,
			`{"id":651,"name":"f","filter_type":"contact","query":{"payload":[]},"created_at":"<any>","updated_at":"<any>"}`, "",
		},
		{"", "GET", "/custom_filters?filter_type=contact", "", 200, `[{"id":651}]`, ""},
		{"", "GET", "/custom_filters", "", 200, `[]`, ""},
		{chatlake.AgentToken, "GET", "/custom_filters/651", "", 404, "", ""},
		{"", "PATCH", "/custom_filters/651", `{"name":"g"}`, 200, `{"name":"g","filter_type":"contact"}`, ""},
		{"", "POST", "/custom_filters", `{"name":"f","filter_type":"inbox"}`, 500, "", "inbox"},
		{"", "DELETE", "/custom_filters/651", "", 204, "<empty>", ""},

		{"", "POST", "/dashboard_apps", `{"title":"t","content":[{"type":"frame","url":"https://x.example"}]}`, 200, `{"id":901,"title":"t","content":[{"url":"https://x.example"}],"created_at":"<any>"}`, ""},
		{"", "POST", "/dashboard_apps", `{"title":"t","content":[]}`, 422, `{"attributes":["content"]}`, ""},
		{"", "PATCH", "/dashboard_apps/901", `{"title":"u"}`, 200, `{"title":"u"}`, ""},
		{"", "GET", "/dashboard_apps", "", 200, `[{"id":901}]`, ""},
		{"", "DELETE", "/dashboard_apps/901", "", 204, "<empty>", ""},
		{"", "GET", "/dashboard_apps/901", "", 404, "", ""},

		{
			"", "POST", "/assignment_policies", `{"assignment_policy":{"name":"p"}}`, 200,
			`{"id":951,"name":"p","assignment_order":"round_robin","conversation_priority":"earliest_created","fair_distribution_limit":100,"fair_distribution_window":3600,"enabled":true,"created_at":1772600767}`, "",
		},
		{"", "POST", "/assignment_policies", `{"name":"p"}`, 422, `{"message":"Name has already been taken"}`, ""},
		{"", "POST", "/assignment_policies", `{"name":"q","fair_distribution_limit":0}`, 422, `{"attributes":["fair_distribution_limit"]}`, ""},
		{"", "GET", "/inboxes/101/assignment_policy", "", 404, `{"error":"Assignment policy not found"}`, ""},
		{"", "POST", "/inboxes/101/assignment_policy", `{"assignment_policy_id":951}`, 200, `{"id":951}`, ""},
		{"", "GET", "/inboxes/101/assignment_policy", "", 200, `{"id":951,"assigned_inbox_count":1}`, ""},
		{"", "DELETE", "/inboxes/101/assignment_policy", "", 200, "<empty>", ""},
		{"", "DELETE", "/assignment_policies/951", "", 200, "<empty>", ""},
		{chatlake.AgentToken, "GET", "/assignment_policies", "", 401, "", ""},

		{chatlake.AgentToken, "POST", note, `{"content":"first"}`, 200, `{"id":851,"content":"first","account_id":null,"contact_id":null,"user":{"id":12},"created_at":1772600767}`, ""},
		{"", "POST", note, `{"note":{"content":"second"}}`, 200, `{"id":852}`, ""},
		{"", "GET", note, "", 200, `[{"id":852},{"id":851}]`, ""},
		{"", "PATCH", note + "/851", `{"content":"changed"}`, 200, `{"content":"changed","user":{"id":11}}`, ""},
		{"", "PATCH", note + "/851", `{"content":""}`, 200, `{"content":""}`, ""},
		{"", "GET", note + "/851", "", 200, `{"content":"changed"}`, ""},
		{"", "DELETE", note + "/851", "", 200, "<empty>", ""},
		{"", "GET", note + "/851", "", 404, "", ""},
	})
}

func TestAccount(t *testing.T) {
	w := newWorld(t)

	const path = "//api/v1/accounts/1"
	w.steps([]step{
		{chatlake.AgentToken, "GET", path, "", 200, `{"id":1,"name":"Sandbox","locale":"en","domain":null,"support_email":"<any>","status":"active","features":{},"settings":{},
			"custom_attributes":"<absent>","cache_keys":{},"created_at":"2026-01-05T08:00:00.000Z","latest_chatwoot_version":"4.15.1"}`, ""},
		{"", "GET", "//api/v1/accounts/2", "", 404, `{"error":"Resource could not be found"}`, ""},
		{
			"", "PATCH", path, `{"name":"New","auto_resolve_after":60,"auto_resolve_message":"m","industry":"x"}`, 200,
			`{"name":"New","settings":{"auto_resolve_after":60,"auto_resolve_message":"m"},"custom_attributes":{"industry":"x"},"latest_chatwoot_version":"<absent>"}`, "",
		},
		{"", "PATCH", path, `{"auto_resolve_after":null,"website":"w"}`, 200, `{"settings":{"auto_resolve_after":null,"auto_resolve_message":"m"},"custom_attributes":{"industry":"x","website":"w"}}`, ""},
		{"", "PATCH", path, `{"auto_resolve_after":5}`, 422, `{"attributes":["auto_resolve_after"]}`, ""},
		{"", "PATCH", path, `{"locale":"xx"}`, 500, "", "xx"},
		{chatlake.AgentToken, "PATCH", path, `{"name":"x"}`, 401, "", ""},
	})
}

func TestCampaignsAndIntegrations(t *testing.T) {
	w := newWorld(t)
	sms := w.make("/inboxes", `{"name":"SMS","channel":{"type":"sms","phone_number":"+1"}}`, "id")
	w.steps([]step{
		{
			"", "POST", "/campaigns", `{"campaign":{"title":"t","message":"m","inbox_id":102,"sender_id":12,"trigger_rules":{"url":"https://x.example","time_on_page":3}}}`, 200,
			`{"id":1,"title":"t","campaign_type":"ongoing","campaign_status":"active","enabled":true,"inbox":{"id":102},"sender":{"id":12},"scheduled_at":"<absent>"}`, "",
		},
		{
			"", "POST", "/campaigns", `{"title":"t","message":"m","inbox_id":` + sms + `,"scheduled_at":"2026-05-01T00:00:00Z","audience":[{"type":"Label","id":301}]}`, 200,
			`{"id":2,"campaign_type":"one_off","scheduled_at":1777593600}`, "",
		},
		{"", "POST", "/campaigns", `{"title":"t","message":"m","inbox_id":101}`, 422, `{"attributes":["inbox"]}`, ""},
		{"", "POST", "/campaigns", `{"title":"t"}`, 422, `{"attributes":["inbox_id","message","inbox"]}`, ""},
		{"", "PATCH", "/campaigns/1", `{"enabled":false}`, 200, `{"id":1,"enabled":false}`, ""},
		{"", "GET", "/campaigns", "", 200, `[{},{}]`, ""},
		{"", "DELETE", "/campaigns/1", "", 200, "<empty>", ""},
		{"", "GET", "/campaigns/1", "", 500, "", "not there"},

		{
			"", "POST", "/integrations/hooks", `{"hook":{"app_id":"openai","status":"enabled","settings":{"api_key":"k","label_suggestion":true}}}`, 200,
			`{"id":971,"app_id":"openai","status":true,"account_id":1,"hook_type":"account","inbox":null,"settings":{"api_key":"<absent>","label_suggestion":true}}`, "",
		},
		{"", "POST", "/integrations/hooks", `{"app_id":"openai","settings":{"api_key":"k"}}`, 422, `{"attributes":["app_id"]}`, ""},
		{"", "POST", "/integrations/hooks", `{"app_id":"dyte"}`, 422, `{"attributes":["settings"]}`, ""},
		{"", "PATCH", "/integrations/hooks/971", `{"status":"disabled"}`, 200, `{"status":false}`, ""},
		{"", "GET", "/integrations/apps/openai", "", 200, `{"id":"openai","enabled":true,"hooks":[{"id":971}]}`, ""},
		{"", "GET", "/integrations/hooks/971", "", 404, "", "no such route"},
		{"", "DELETE", "/integrations/hooks/971", "", 200, "<empty>", ""},
	})
}

func TestValuesOnTheWay(t *testing.T) {
	w := newWorld(t)
	w.want("POST", "/contacts", `{"custom_attributes":{"float":1.50,"whole":1.0,"exp":1e3,"int":12345678901234567890,"list":[1,null,[null,2]],"null":null}}`, 200,
		`{"payload":{"contact":{"custom_attributes":{"float":1.5,"whole":1.0,"exp":1000.0,"int":12345678901234567890,"list":[1,[2]],"null":null}}}}`)
	w.quiet()
	w.want("POST", "/contacts", `{"name":"a\u0000b"}`, 500, "")
	w.complains("NUL")
	w.want("POST", "/contacts", `{"name":"a\\u0000b"}`, 200, "")
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.ExtraFields = true })
	id := w.contact(`{"name":"x","custom_attributes":{"a":1}}`)
	w.want("GET", "/contacts/"+id, "", 200, `{"from_a_later_release":{},"payload":{"from_a_later_release":{},"custom_attributes":{"a":1,"from_a_later_release":"<absent>"}}}`)
	w.want("GET", "/agents", "", 200, `[{"from_a_later_release":{}},{},{}]`)
	w.want("PATCH", "/inboxes/101", `{"csat_config":{"colour":"red"}}`, 200, "")
	w.complains("colour")
}

func TestBotVersions(t *testing.T) {
	w := newWorld(t)
	_, path := w.start("")
	bot := w.as(chatlake.BotToken)
	bot.want("GET", path, "", 200, "")
	w.switches(func(s *chatlake.Switches) { s.Version = "4.14.1" })
	bot.want("GET", path, "", 401, `{"error":"Access to this endpoint is not authorized for bots"}`)
	bot.want("POST", path+"/toggle_status", `{"status":"open"}`, 200, "")
	w.quiet()
}

// TestReleaseRows asks for what changed in releases that lie between the recorded ones, right before and right after.
func TestReleaseRows(t *testing.T) {
	rule := func(action string) string {
		return `{"name":"r","event_name":"message_created","conditions":[],"actions":[{"action_name":"` + action + `","action_params":[]}]}`
	}

	for _, c := range []struct {
		name, before, since string
		token               string
		method, path, body  string
		then, now           int
		wantThen, wantNow   string
	}{
		{"agent without name", "3.5.9", "3.6.0", "", "POST", "/agents", `{"email":"a@x.example"}`, 422, 500, `{"attributes":["name"]}`, ""},
		{"avatar of a bot", "3.3.9", "3.4.0", "", "DELETE", "/agent_bots/31/avatar", "", 404, 200, "", ""},
		{"team of a conversation", "4.7.9", "4.8.0", chatlake.SecondAgentToken, "GET", "/conversations/1", "", 401, 200, "", ""},
		{"add_sla", "3.5.9", "3.6.0", "", "POST", "/automation_rules", rule("add_sla"), 422, 200, "", ""},
		{"inbox of a portal", "3.14.9", "3.15.0", "", "PATCH", "/portals/help", `{"portal":{"name":"H"},"inbox_id":102}`, 200, 200, `{"inbox":"<absent>"}`, `{"inbox":{"id":102}}`},
		{"icon", "3.2.9", "3.3.0", "", "POST", "/portals/help/categories", `{"name":"c","slug":"c","locale":"en","icon":"i"}`, 200, 200, `{"payload":{"icon":""}}`, `{"payload":{"icon":"i"}}`},
		{"session of an address that is not there", "4.0.9", "4.1.0", "", "POST", "/contacts/1003/contact_inboxes", `{"inbox_id":104}`, 500, 422, "", ""},
		{"... before", "4.0.3", "4.0.4", "", "POST", "/contacts/1003/contact_inboxes", `{"inbox_id":104}`, 422, 500, "", ""},
		{
			"bound that is none", "4.11.1", "4.11.2", "", "POST", "/contacts/filter",
			`{"payload":[{"attribute_key":"created_at","filter_operator":"is_greater_than","values":["x"]}]}`, 200, 422, `{"payload":[]}`, "",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			for _, release := range []string{c.before, c.since} {
				w := newWorld(t)
				w.make("/portals", `{"name":"H","slug":"help","custom_domain":""}`, "id")
				w.make("/inboxes", `{"name":"Mail","channel":{"type":"email","email":"care@shop.example"}}`, "id")
				_, path := w.start("")
				w.contact(`{"name":"Without an address"}`)
				w.want("PATCH", "/teams/201/team_members", `{"user_ids":[13]}`, 200, "")
				w.want("POST", path+"/assignments", `{"team_id":201}`, 200, "")
				w.switches(func(s *chatlake.Switches) { s.Version = release })

				status, want := c.now, c.wantNow
				if release == c.before {
					status, want = c.then, c.wantThen
				}

				who := w
				if c.token != "" {
					who = w.as(c.token)
				}

				who.want(c.method, c.path, c.body, status, want)
			}
		})
	}
}
