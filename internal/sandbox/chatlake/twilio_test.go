package chatlake_test

import (
	"strings"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

const twilioPath = "/channels/twilio_channel"

func twilio(fields string) string { return `{"twilio_channel":{` + fields + `}}` }

// TestTwilio makes inboxes with channels at Twilio, and changes what can be changed.
func TestTwilio(t *testing.T) {
	w := newWorld(t)
	sms := twilio(`"name":"SMS","medium":"sms","phone_number":"+491","account_sid":"AC1","auth_token":"t","api_key_sid":"SK1"`)
	shown := `"callback_webhook_url":"http://chatlake.sandbox.invalid/twilio/callback","provider":null,"content_templates":{},
		"voice_enabled":false,"inbound_calls_enabled":true,"voice_configured":false,"has_api_key_secret":false`

	w.as(chatlake.AgentToken).want("POST", twilioPath, sms, 401, `{"error":"You are not authorized to do this action"}`)
	w.want("POST", twilioPath, sms, 200, `{"name":"SMS","channel_type":"Channel::TwilioSms","medium":"sms","phone_number":"+491","messaging_service_sid":null,
		"account_sid":"AC1","auth_token":"t","api_key_sid":"SK1",`+shown+`}`)
	w.want("POST", twilioPath, sms, 422, `{"error":"Validation failed: Phone number has already been taken"}`)
	w.want("POST", twilioPath, strings.Replace(sms, `"sms"`, `"whatsapp"`, 1), 200, `{"medium":"whatsapp","phone_number":"whatsapp:+491",`+shown+`}`)
	w.want("POST", twilioPath, twilio(`"name":"Service","medium":"sms","messaging_service_sid":"MG1","account_sid":"AC1","auth_token":"t"`), 200,
		`{"messaging_service_sid":"MG1","phone_number":null,"api_key_sid":null}`)
	w.quiet()

	for _, c := range []struct{ fields, want string }{
		{`"name":"x","medium":"fax","phone_number":"+492","account_sid":"AC1","auth_token":"t"`, "'fax' is not a valid medium"},
		{`"name":"x","medium":"sms","account_sid":"AC1","auth_token":"t"`, "Validation failed: Messaging service sid can't be blank"},
		{`"name":"x","medium":"sms","phone_number":"+492","messaging_service_sid":"MG2","account_sid":"AC1","auth_token":"t"`, "Validation failed: Phone number must be blank"},
		{`"name":"x","medium":"sms","messaging_service_sid":"MG1","account_sid":"AC1","auth_token":"t"`, "Validation failed: Messaging service sid has already been taken"},
		{`"name":"x","medium":"sms","phone_number":"+492","auth_token":"t"`, "Validation failed: Account sid can't be blank"},
		{`"medium":"sms","phone_number":"+492","account_sid":"AC1","auth_token":"t"`, "Validation failed: Name can't be blank"},
	} {
		w.want("POST", twilioPath, twilio(c.fields), 422, `{"error":"`+c.want+`"}`)
	}

	w.want("POST", twilioPath, `{}`, 422, `{"error":"param is missing or the value is empty: twilio_channel"}`)
	w.complains("twilio_channel")
	w.want("GET", twilioPath, "", 404, "")
}

// TestTwilioUpdate changes channels at Twilio.
func TestTwilioUpdate(t *testing.T) {
	w := newWorld(t)
	sms := w.make(twilioPath, twilio(`"name":"SMS","medium":"sms","phone_number":"+491","account_sid":"AC1","auth_token":"t"`), "id")
	whatsapp := w.make(twilioPath, twilio(`"name":"WA","medium":"whatsapp","phone_number":"+491","account_sid":"AC1","auth_token":"t"`), "id")

	w.want("PATCH", "/inboxes/"+sms, `{"channel":{"account_sid":"AC2","auth_token":"u"}}`, 200, `{"account_sid":"AC2","auth_token":"u"}`)
	w.want("PATCH", "/inboxes/"+sms, `{"channel":{"api_key_sid":"SK1"}}`, 200, `{"api_key_sid":"SK1"}`)
	w.want("PATCH", "/inboxes/"+sms, `{"channel":{"api_key_sid":null}}`, 200, `{"api_key_sid":null}`)
	w.want("PATCH", "/inboxes/"+sms, `{"channel":{"auth_token":""}}`, 422, `{"message":"Auth token can't be blank","attributes":["auth_token"]}`)
	w.want("POST", "/inboxes/"+whatsapp+"/sync_templates", "", 200, "")
	w.want("POST", "/inboxes/"+sms+"/sync_templates", "", 422, "")
	w.quiet()
	w.want("PATCH", "/inboxes/"+whatsapp, `{"channel":{"account_sid":"AC2","api_key_sid":"SK1"}}`, 200, `{"account_sid":"AC2","api_key_sid":null}`)
	w.complains("api_key_sid")
	w.want("PATCH", "/inboxes/"+sms, `{"channel":{"phone_number":"+492"}}`, 200, `{"phone_number":"+491"}`)
	w.complains("phone_number")

	w.switches(func(s *chatlake.Switches) { s.RejectChannelCredentials = true })
	w.want("PATCH", "/inboxes/"+sms, `{"greeting_enabled":true,"channel":{"account_sid":"AC3","voice_enabled":true}}`, 422, `{"attributes":["base"]}`)
	w.want("GET", "/inboxes/"+sms, "", 200, `{"greeting_enabled":true,"account_sid":"AC2"}`)
	w.want("POST", twilioPath, twilio(`"name":"x","medium":"sms"`), 422, `{"error":"<any>"}`)
	w.switches(func(s *chatlake.Switches) { s.RejectChannelCredentials, s.VendorsUnreachable = false, true })
	w.want("POST", twilioPath, twilio(`"name":"x","medium":"fax"`), 422, `{"error":"<any>"}`)
	w.want("POST", "/inboxes", `{"name":"x","channel":{"type":"telegram","bot_token":"t"}}`, 500, "")
}

// TestTwilioSources makes the sources of contacts.
func TestTwilioSources(t *testing.T) {
	w := newWorld(t)
	sms := w.make(twilioPath, twilio(`"name":"SMS","medium":"sms","phone_number":"+491","account_sid":"AC1","auth_token":"t"`), "id")
	whatsapp := w.make(twilioPath, twilio(`"name":"WA","medium":"whatsapp","phone_number":"+491","account_sid":"AC1","auth_token":"t"`), "id")
	full, bare := w.contact(`{"phone_number":"+4911"}`), w.contact(`{"name":"bare"}`)

	w.want("POST", "/contacts/"+full+"/contact_inboxes", `{"inbox_id":`+sms+`}`, 200, `{"source_id":"+4911"}`)
	w.want("POST", "/contacts/"+full+"/contact_inboxes", `{"inbox_id":`+whatsapp+`}`, 200, `{"source_id":"whatsapp:+4911"}`)
	w.want("POST", "/contacts/"+bare+"/contact_inboxes", `{"inbox_id":`+sms+`}`, 422, `{"error":"param is missing or the value is empty: contact phone number"}`)
	w.want("POST", "/contacts/"+bare+"/contact_inboxes", `{"inbox_id":`+whatsapp+`,"source_id":"+4912"}`, 422, `{"attributes":["source_id"]}`)
	w.quiet()
}
