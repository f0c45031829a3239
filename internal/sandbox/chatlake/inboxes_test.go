package chatlake_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

func TestInboxRead(t *testing.T) {
	w := newWorld(t)
	w.want("GET", "/inboxes/101", "", 200, `{"id":101,"name":"Sandbox API","channel_type":"Channel::Api","channel_id":51,"avatar_url":"",
		"greeting_enabled":false,"greeting_message":null,"enable_email_collect":true,"csat_survey_enabled":false,"csat_config":{},
		"enable_auto_assignment":true,"auto_assignment_config":{},"working_hours_enabled":false,"out_of_office_message":null,
		"timezone":"UTC","allow_messages_after_resolved":true,"lock_to_single_conversation":false,"sender_name_type":"friendly",
		"business_name":null,"callback_webhook_url":null,"webhook_url":null,"inbox_identifier":"`+chatlake.APIInboxIdentifier+`",
		"hmac_token":"<any>","secret":"<any>","hmac_mandatory":false,"additional_attributes":{},"widget_color":null,"website_url":null,
		"phone_number":null,"provider":null,"help_center":"<absent>","account_id":"<absent>","created_at":"<absent>",
		"working_hours":[{"day_of_week":0,"closed_all_day":true,"open_hour":null},
			{"day_of_week":1,"closed_all_day":false,"open_all_day":false,"open_hour":9,"open_minutes":0,"close_hour":17,"close_minutes":0},
			{},{},{},{},{"day_of_week":6,"closed_all_day":true}]}`)
	w.want("GET", "/inboxes", "", 200, `{"payload":[{"id":101},{"id":102}]}`)
	w.as(chatlake.AgentToken).want("GET", "/inboxes", "", 200, `{"payload":[{"id":101,"secret":"<absent>"},{"hmac_token":"<absent>"}]}`)
	w.as(chatlake.SecondAgentToken).want("GET", "/inboxes", "", 200, `{"payload":[]}`)
	w.want("GET", "/inboxes/103", "", 404, "")
	w.as(chatlake.AgentToken).want("POST", "/inboxes", `{"name":"x","channel":{"type":"api"}}`, 401, "")
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.Version = "4.12.0" })
	w.want("GET", "/inboxes/101", "", 200, `{"secret":"<absent>","hmac_token":"<any>"}`)
	w.switches(func(s *chatlake.Switches) { s.Version = "4.1.0" })
	w.want("GET", "/inboxes/102", "", 200, `{"csat_config":"<absent>","allowed_domains":"<absent>"}`)
}

func TestInboxChannels(t *testing.T) {
	w := newWorld(t)
	w.switches(func(s *chatlake.Switches) { s.InboundEmailDomain = "in.sandbox.example" })

	for _, c := range []struct {
		name, body string
		status     int
		want       string
	}{
		{
			"api", `{"type":"api","webhook_url":"anything","hmac_mandatory":true,"additional_attributes":{"agent_reply_time_window":3}}`, 200,
			`{"channel_type":"Channel::Api","webhook_url":"anything","hmac_mandatory":true,"additional_attributes":{"agent_reply_time_window":3},"inbox_identifier":"<any>"}`,
		},
		{"api window", `{"type":"api","additional_attributes":{"agent_reply_time_window":0}}`, 422, `{"message":"<any>"}`},
		{
			"web_widget", `{"type":"web_widget","website_url":"https://x.example","reply_time":"in_a_day","selected_feature_flags":["emoji_picker"]}`, 200,
			`{"channel_type":"Channel::WebWidget","website_url":"https://x.example","widget_color":"#1f93ff","reply_time":"in_a_day",
			"selected_feature_flags":["emoji_picker"],"website_token":"<any>","web_widget_script":"<any>","hmac_token":"<any>",
			"continuity_via_email":true,"pre_chat_form_enabled":false,"pre_chat_form_options":{"pre_chat_fields":[{},{},{}]},"allowed_domains":"",
			"webhook_url":"<absent>"}`,
		},
		{"web_widget without url", `{"type":"web_widget"}`, 422, `{"message":"Website url can't be blank","attributes":["website_url"]}`},
		{
			"email", `{"type":"email","email":"help@x.example","imap_enabled":true,"imap_password":"secret","smtp_port":587}`, 200,
			`{"channel_type":"Channel::Email","email":"help@x.example","forward_to_email":"<any>","imap_enabled":true,"imap_password":"secret","smtp_port":587,"smtp_authentication":"login"}`,
		},
		{"email taken", `{"type":"email","email":"help@x.example"}`, 422, `{"message":"Email has already been taken","attributes":["email"]}`},
		{
			"line", `{"type":"line","line_channel_id":"1","line_channel_secret":"s","line_channel_token":"t"}`, 200,
			`{"channel_type":"Channel::Line","callback_webhook_url":"<any>","line_channel_secret":"<absent>"}`,
		},
		{"line incomplete", `{"type":"line","line_channel_id":"2"}`, 422, `{"attributes":["line_channel_secret","line_channel_token"]}`},
		{"telegram", `{"type":"telegram","bot_token":"t:1"}`, 200, `{"channel_type":"Channel::Telegram","bot_name":"<any>","bot_token":"<absent>"}`},
		{
			"whatsapp", `{"type":"whatsapp","phone_number":"+491","provider":"whatsapp_cloud","provider_config":{"api_key":"k"}}`, 200,
			`{"channel_type":"Channel::Whatsapp","phone_number":"+491","provider":"whatsapp_cloud","provider_config":{"api_key":"k"},"message_templates":{}}`,
		},
		{
			"sms", `{"type":"sms","phone_number":"+492","provider_config":{"account_id":"a"}}`, 200,
			`{"channel_type":"Channel::Sms","phone_number":"+492","callback_webhook_url":"<any>","provider_config":"<absent>"}`,
		},
		{"sms taken", `{"type":"sms","phone_number":"+492"}`, 422, `{"attributes":["phone_number"]}`},
	} {
		t.Run(c.name, func(t *testing.T) {
			w.T = t
			w.want("POST", "/inboxes", `{"name":"Inbox","channel":`+c.body+`}`, c.status, c.want)
			w.quiet()
		})
	}

	w.T = t
	for _, c := range []struct {
		body      string
		status    int
		want      string
		complaint string
	}{
		{`{"name":"x","channel":{"type":"fax"}}`, 422, `{"message":"Channel must exist","attributes":["channel"]}`, "channel.type"},
		{`{"name":"x"}`, 500, `{"status":500}`, "without channel"},
		{`{"name":"x","channel":{"type":"web_widget","website_url":"u","reply_time":"soon"}}`, 500, "", "soon"},
		{`{"name":"x","channel":{"type":"web_widget","website_url":"u","continuity_via_email":null}}`, 500, "", "continuity_via_email"},
		{`{"name":"x","channel":{"type":"api","colour":"red"}}`, 200, "", "colour"},
	} {
		w.want("POST", "/inboxes", c.body, c.status, c.want)
		w.complains(c.complaint)
	}

	w.want("POST", "/inboxes", `{"channel":{"type":"api"}}`, 422, `{"message":"Name can't be blank","attributes":["name"]}`)
	w.want("POST", "/inboxes", `{"name":"x","timezone":"Mars/Base","channel":{"type":"api"}}`, 422, `{"attributes":["timezone"]}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.RejectChannelCredentials = true })
	w.want("POST", "/inboxes", `{"name":"x","channel":{"type":"telegram","bot_token":"t:2"}}`, 422, `{"attributes":["bot_token"]}`)
	w.switches(func(s *chatlake.Switches) { s.InboxLimit = 2 })
	w.want("POST", "/inboxes", `{"name":"x","channel":{"type":"api"}}`, 402, `{"error":"<any>"}`)
}

func TestInboxUpdate(t *testing.T) {
	w := newWorld(t)
	w.want("PATCH", "/inboxes/101", `{"name":"Renamed","greeting_enabled":true,"greeting_message":"Hi","timezone":"Europe/Berlin",
		"business_name":"B","sender_name_type":"professional","csat_survey_enabled":true,"csat_config":{"message":"m"},
		"channel":{"webhook_url":"https://x.example/hook","additional_attributes":{"a":1}}}`, 200,
		`{"name":"Renamed","greeting_enabled":true,"greeting_message":"Hi","timezone":"Europe/Berlin","business_name":"B","sender_name_type":"professional",
		"webhook_url":"https://x.example/hook","additional_attributes":{"a":1},
		"csat_config":{"message":"m","display_type":"emoji","button_text":"Please rate us","language":"en","survey_rules":{"operator":"contains","values":[]}}}`)
	w.want("PATCH", "/inboxes/101", `{"greeting_message":"null","business_name":null,"channel":{"additional_attributes":{"b":2}}}`, 200,
		`{"greeting_message":null,"business_name":null,"webhook_url":"https://x.example/hook","additional_attributes":{"a":"<absent>","b":2}}`)
	w.want("PATCH", "/inboxes/101", `{"working_hours":[{"day_of_week":1,"open_all_day":true},{"day_of_week":2,"closed_all_day":true},
		{"day_of_week":3,"open_hour":10,"close_hour":9},{"day_of_week":0,"closed_all_day":false,"open_hour":8,"open_minutes":30,"close_hour":12,"close_minutes":0}]}`, 200,
		`{"working_hours":[{"closed_all_day":false,"open_hour":8,"open_minutes":30,"close_hour":12},{"open_all_day":true,"open_hour":0,"close_hour":23,"close_minutes":59},
		{"closed_all_day":true,"open_hour":9},{"open_hour":9,"close_hour":17},{},{},{}]}`)
	w.quiet()

	for _, c := range []struct{ body, complaint string }{
		{`{"channel":{"type":"api","webhook_url":"x"}}`, "channel.type"},
		{`{"working_hours":[{"day_of_week":7}]}`, "day 7"},
		{`{"sender_name_type":"formal"}`, "formal"},
		{`{"lock_to_single_conversation":null}`, "lock_to_single_conversation"},
	} {
		w.want("PATCH", "/inboxes/101", c.body, 500, `{"status":500}`)
		w.complains(c.complaint)
	}

	w.want("PATCH", "/inboxes/101", `{"name":""}`, 422, `{"attributes":["name"]}`)
	secret := fmt.Sprint(w.get(first(w.send("GET", "/inboxes/101", "")), "secret"))

	got := fmt.Sprint(w.get(first(w.send("POST", "/inboxes/101/reset_secret", "")), "secret"))
	if got == secret {
		t.Error("reset_secret kept the secret")
	}

	w.want("POST", "/inboxes/102/reset_secret", "", 404, "<empty>")
	w.want("DELETE", "/inboxes/101/avatar", "", 200, "<empty>")

	mail := w.make("/inboxes", `{"name":"Mail","channel":{"type":"email","email":"m@x.example"}}`, "id")
	w.want("PATCH", "/inboxes/"+mail, `{"channel":{"imap_enabled":true,"imap_address":"imap.x.example"}}`, 200, `{"imap_enabled":true}`)
	w.switches(func(s *chatlake.Switches) { s.MailServersUnreachable = true })
	w.want("PATCH", "/inboxes/"+mail, `{"channel":{"imap_address":"other.x.example"}}`, 422, `{"message":"<any>","attributes":"<absent>"}`)
	w.want("GET", "/inboxes/"+mail, "", 200, `{"imap_address":"other.x.example"}`)
	w.quiet()
}

func first(_ int, body string) string { return body }

func TestInboxDelete(t *testing.T) {
	w := newWorld(t)
	contact, path := w.start("")
	w.switches(func(s *chatlake.Switches) { s.JobDelay = 1000 })
	w.want("DELETE", "/inboxes/101", "", 200, `{"message":"Your inbox deletion request will be processed in some time."}`)
	w.want("GET", "/inboxes/101", "", 200, `{"id":101}`)
	w.want("GET", path, "", 200, "")
	w.now = w.now.Add(2 * time.Second)
	w.want("GET", "/inboxes/101", "", 404, "")
	w.want("GET", path, "", 404, "")
	w.want("GET", "/contacts/"+contact, "", 200, `{"payload":{"contact_inboxes":[]}}`)
	w.quiet()
}

func TestInboxMembers(t *testing.T) {
	w := newWorld(t)
	for _, c := range []struct {
		method, body string
		status       int
		want         string
	}{
		{"POST", `{"inbox_id":101,"user_ids":[13]}`, 200, `{"payload":[{"id":12},{"id":13}]}`},
		{"POST", `{"inbox_id":101,"user_ids":[13]}`, 200, `{"payload":[{"id":12},{"id":13}]}`},
		{"PATCH", `{"inbox_id":101,"user_ids":[11]}`, 200, `{"payload":[{"id":11,"role":"administrator"}]}`},
		{"PATCH", `{"inbox_id":101,"user_ids":[999]}`, 422, `{"message":"User must exist","attributes":["user"]}`},
		{"DELETE", `{"inbox_id":101,"user_ids":[11,999]}`, 200, `<empty>`},
		{"PATCH", `{"inbox_id":999,"user_ids":[11]}`, 404, ``},
	} {
		w.want(c.method, "/inbox_members", c.body, c.status, c.want)
	}

	w.want("GET", "/inbox_members/101", "", 200, `{"payload":[]}`)
	w.want("PATCH", "/inbox_members", `{"inbox_id":101,"user_ids":[12]}`, 200, "")
	w.want("GET", "/assignable_agents?inbox_ids[]=101", "", 200, `{"payload":[{"id":12},{"id":11}]}`)
	w.quiet()
	w.want("PATCH", "/inbox_members", `{"inbox_id":101,"user_ids":["12"]}`, 422, `{"message":"User has already been taken"}`)
	w.complains("string")
	w.want("PATCH", "/inbox_members", `{"inbox_id":101}`, 500, "")
	w.complains("user_ids")
}

func TestInboxBot(t *testing.T) {
	w := newWorld(t)
	w.want("GET", "/inboxes/101/agent_bot", "", 200, `{"agent_bot":"<absent>"}`)
	w.want("POST", "/inboxes/101/set_agent_bot", `{"agent_bot":31}`, 200, "<empty>")
	w.want("GET", "/inboxes/101/agent_bot", "", 200, `{"agent_bot":{"id":31,"name":"Sandbox bot"}}`)
	w.want("POST", "/inboxes/101/set_agent_bot", `{"agent_bot":77}`, 404, "")
	_, path := w.start(`,"status":"open"`)
	w.want("GET", path, "", 200, `{"status":"pending"}`)
	w.want("POST", path+"/toggle_status", `{"status":"resolved"}`, 200, "")
	w.act("incoming_message", map[string]any{"conversation_id": 1, "content": "again"})
	w.want("GET", path, "", 200, `{"status":"pending"}`)
	w.want("POST", "/inboxes/101/set_agent_bot", `{"agent_bot":null}`, 200, "<empty>")
	w.want("GET", "/inboxes/101/agent_bot", "", 200, `{"agent_bot":"<absent>"}`)
	w.quiet()
}

func TestGeneratedSources(t *testing.T) {
	w := newWorld(t)
	mail := w.make("/inboxes", `{"name":"Mail","channel":{"type":"email","email":"m@x.example"}}`, "id")
	sms := w.make("/inboxes", `{"name":"SMS","channel":{"type":"sms","phone_number":"+1"}}`, "id")
	whatsapp := w.make("/inboxes", `{"name":"WA","channel":{"type":"whatsapp","phone_number":"+2"}}`, "id")
	line := w.make("/inboxes", `{"name":"Line","channel":{"type":"line","line_channel_id":"1","line_channel_secret":"s","line_channel_token":"t"}}`, "id")
	full := w.contact(`{"email":"a@gmail.com","phone_number":"+4911"}`)
	bare := w.contact(`{"name":"bare"}`)
	open := func(contact, inbox, more string, status int, want string) {
		t.Helper()
		w.want("POST", "/contacts/"+contact+"/contact_inboxes", `{"inbox_id":`+inbox+more+`}`, status, want)
	}
	open(full, mail, "", 200, `{"source_id":"a@gmail.com"}`)
	open(full, sms, "", 200, `{"source_id":"+4911"}`)
	open(full, whatsapp, "", 200, `{"source_id":"4911"}`)
	open(bare, mail, "", 422, `{"error":"param is missing or the value is empty: contact email"}`)
	open(bare, sms, "", 422, `{"error":"param is missing or the value is empty: contact phone number"}`)
	open(bare, whatsapp, `,"source_id":"not digits"`, 422, `{"attributes":["source_id"]}`)
	// Another contact takes the source over, and the first one's row is moved out of the way.
	open(bare, sms, `,"source_id":"+4911"`, 200, `{"source_id":"+4911"}`)
	w.quiet()

	for _, s := range w.p.Sessions() {
		if fmt.Sprint(s.ContactID) == full && fmt.Sprint(s.InboxID) == sms && s.SourceID == "+4911" {
			t.Error("the first contact kept the source")
		}
	}

	open(full, line, "", 500, "")
	w.complains("makes no source_id")
}
