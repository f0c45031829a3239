package chatlake_test

import (
	"fmt"
	"testing"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

const (
	cloudInbox  = `{"name":"WA","channel":{"type":"whatsapp","provider":"whatsapp_cloud","phone_number":"+491","provider_config":{"api_key":"k"}}}`
	oneTemplate = `{"template":{"message":"Rate us","button_text":"B","language":"de"}}`
)

// TestSurveyTemplate makes the template of a survey, has it judged, and makes the next one.
func TestSurveyTemplate(t *testing.T) {
	for _, c := range []struct{ path, body, made, shown, verdict string }{
		{
			"/inboxes", cloudInbox, `{"name":"%s","template_id":"<any>","status":"PENDING","language":"de"}`,
			`{"template_exists":true,"template_name":"%s","template_id":"<any>","status":"%s"}`, "APPROVED",
		},
		{
			twilioPath, twilio(`"name":"WA","medium":"whatsapp","phone_number":"+491","account_sid":"AC1","auth_token":"t"`),
			`{"friendly_name":"%s","content_sid":"<any>","status":"PENDING","language":"de"}`,
			`{"template_exists":true,"friendly_name":"%s","content_sid":"<any>","status":"%s","language":"de"}`, "approved",
		},
	} {
		w := newWorld(t)
		inbox := w.make(c.path, c.body, "id")
		path, name := "/inboxes/"+inbox+"/csat_template", "customer_satisfaction_survey_"+inbox

		w.want("GET", path, "", 200, `{"template_exists":false}`)
		w.want("POST", path, oneTemplate, 201, `{"template":`+fmt.Sprintf(c.made, name)+`}`)
		w.switches(func(s *chatlake.Switches) { s.TemplateVerdict = "APPROVED" })
		w.want("GET", path, "", 200, fmt.Sprintf(c.shown, name, c.verdict))
		w.want("POST", path, oneTemplate, 201, `{"template":`+fmt.Sprintf(c.made, name+"_1")+`}`)
		w.want("POST", path, oneTemplate, 201, `{"template":`+fmt.Sprintf(c.made, name+"_2")+`}`)
		w.want("GET", "/inboxes/"+inbox, "", 200, `{"csat_config":{"template":{"language":"de"}}}`)
		w.want("PATCH", "/inboxes/"+inbox, `{"csat_config":{"message":"m"}}`, 200, `{"csat_config":{"message":"m","template":"<absent>"}}`)
		w.want("GET", path, "", 200, `{"template_exists":false}`)
		w.quiet()
	}
}

// TestSurveyTemplate_refused covers channels without templates, missing fields, and carriers that do not take one.
func TestSurveyTemplate_refused(t *testing.T) {
	w := newWorld(t)
	sms := w.make(twilioPath, twilio(`"name":"SMS","medium":"sms","phone_number":"+491","account_sid":"AC1","auth_token":"t"`), "id")
	path := "/inboxes/" + w.make("/inboxes", cloudInbox, "id") + "/csat_template"
	dialog := "/inboxes/" + w.make("/inboxes", `{"name":"360","channel":{"type":"whatsapp","phone_number":"+492"}}`, "id") + "/csat_template"

	for _, inbox := range []string{sms, "101"} {
		w.want("POST", "/inboxes/"+inbox+"/csat_template", oneTemplate, 400, `{"error":"CSAT template operations only available for WhatsApp and Twilio WhatsApp channels"}`)
	}

	w.want("POST", dialog, oneTemplate, 422, `{"error":"<any>","details":{"type":"OAuthException"}}`)
	w.want("PATCH", path[:len(path)-len("/csat_template")], `{"csat_config":{"template":{"name":"n","status":"APPROVED"}}}`, 200, `{"csat_config":{"template":{"name":"n","status":"APPROVED"}}}`)
	w.want("GET", path, "", 200, `{"template_exists":false,"error":"Template not found"}`)
	w.as(chatlake.SecondAgentToken).want("POST", path, oneTemplate, 401, `{"error":"You are not authorized to do this action"}`)
	w.quiet()

	for body, message := range map[string]string{`{}`: "Template parameters are required", `{"template":{}}`: "Template parameters are required", `{"template":{"message":" "}}`: "Message is required"} {
		w.want("POST", path, body, 422, `{"error":"`+message+`"}`)
		w.complains("template")
	}

	w.switches(func(s *chatlake.Switches) { s.VendorsUnreachable = true })
	w.want("POST", path, oneTemplate, 500, `{"error":"Template creation failed"}`)
}

// TestSurveyTemplate_gone covers a carrier that refuses a template: the server has deleted the old one before, and keeps it in csat_config.
// A carrier that cannot be reached keeps its template.
func TestSurveyTemplate_gone(t *testing.T) {
	w := newWorld(t)
	inbox := "/inboxes/" + w.make("/inboxes", cloudInbox, "id")
	path := inbox + "/csat_template"

	w.want("POST", path, oneTemplate, 201, `{"template":{"status":"PENDING"}}`)

	w.switches(func(s *chatlake.Switches) { s.VendorsUnreachable = true })
	w.want("POST", path, oneTemplate, 500, `{"error":"Template creation failed"}`)
	w.switches(func(s *chatlake.Switches) { s.VendorsUnreachable = false })
	w.want("GET", path, "", 200, `{"template_exists":true}`)

	w.switches(func(s *chatlake.Switches) { s.RefuseTemplates = true })
	w.want("POST", path, oneTemplate, 422, `{"error":"<any>","details":{"code":100}}`)
	w.want("GET", path, "", 200, `{"template_exists":false,"error":"Template not found"}`)
	w.want("GET", inbox, "", 200, `{"csat_config":{"template":{"language":"de"}}}`)
	w.quiet()
}

// TestSurveyTemplate_old covers 4.9: Meta only, and the client that made a template has to keep it. A name is not taken twice.
func TestSurveyTemplate_old(t *testing.T) {
	w := newWorld(t)
	w.switches(func(s *chatlake.Switches) { s.Version = "4.9.2" })
	atTwilio := w.make(twilioPath, twilio(`"name":"WA","medium":"whatsapp","phone_number":"+491","account_sid":"AC1","auth_token":"t"`), "id")
	inbox := "/inboxes/" + w.make("/inboxes", cloudInbox, "id")

	w.want("GET", "/inboxes/"+atTwilio+"/csat_template", "", 400, `{"error":"CSAT template operations only available for WhatsApp channels"}`)
	w.want("POST", inbox+"/csat_template", oneTemplate, 201, `{"template":{"status":"PENDING"}}`)
	w.want("GET", inbox, "", 200, `{"csat_config":{}}`)
	w.want("POST", inbox+"/csat_template", oneTemplate, 422, `{"details":{"subcode":2388024}}`)
	w.want("PATCH", inbox, `{"csat_config":{"template":{"name":"n","template_id":"1","status":"PENDING"}}}`, 200, `{"csat_config":{"template":{"name":"n","template_id":"1","status":"<absent>"}}}`)
	w.quiet()
	w.switches(func(s *chatlake.Switches) { s.Version = "4.8.0" })
	w.want("GET", inbox+"/csat_template", "", 404, "")
}
