package inbox_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/acctest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/chatlaketest"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox/chatlake"
)

// whatsApp are the channels that have templates for surveys.
var whatsApp = map[string]values{
	"cloud": {
		"type": "whatsapp", "phone_number": "+14155550110", "provider": "whatsapp_cloud", "provider_config_wo": values{"api_key": "hunter-a"},
	},
	"twilio": {"type": "twilio_whatsapp", "phone_number": "+14155550111", "account_sid": "AC1", "auth_token_wo": "hunter-a"},
}

const anotherTemplate = "Another text is another template."

// templateCases hold the tests of csat_template.
func templateCases() []chatlaketest.Case {
	var cases []chatlaketest.Case

	for name, channel := range whatsApp {
		cases = append(cases, chatlaketest.Case{
			Type: "chatlake_inbox", Name: "template " + name, Minimal: values{"name": "Minimal", "channel": channel},
			Stages: []values{
				{"csat_template": values{"message": "One", "button_text": "One", "language": "de"}},
				{"csat_template": values{"message": "Two", "button_text": "Two", "language": "fr"}},
			},
			Kept: map[string]string{"csat_template": isFollowed, "csat_config": "it has the text of the template"},
			Moved: map[string]string{
				"csat_template.name": anotherTemplate, "csat_template.template_id": anotherTemplate, "csat_template.status": anotherTemplate,
			},
			OnlySimulator: "the server asks the carrier", NoDrift: "TestInbox_templateElsewhere has it", HasNoKey: true,
		})
	}

	return cases
}

// withTemplate is an inbox of WhatsApp whose template has a text.
func withTemplate(channel, message string) values {
	return values{"name": "WA", "channel": whatsApp[channel], "csat_template": values{"message": message}}
}

// templates counts the templates that the server was asked to make.
func templates(w *acctest.World) int {
	return len(w.Journal.Entries(func(e sandbox.Entry) bool {
		return e.Method == http.MethodPost && strings.HasSuffix(e.Path, "/csat_template")
	}))
}

// survey is what the platform has of the survey of the inbox, and its template.
func survey(t *testing.T, w *acctest.World) (config, template map[string]any) {
	t.Helper()

	config, _ = chatlaketest.Find(t, w, "inboxes", "name", "WA")["csat_config"].(map[string]any)
	template, _ = config["template"].(map[string]any)

	return config, template
}

// inTemplate returns a text of csat_template in the state; "" for none.
func inTemplate(inbox acctest.Object, field string) string {
	var (
		attributes, template map[string]tftypes.Value
		text                 string
	)

	if inbox.State.As(&attributes) != nil || attributes["csat_template"].As(&template) != nil || template[field].As(&text) != nil {
		return ""
	}

	return text
}

// TestInbox_template makes a template of an inbox whose survey people have set up, and waits for the carrier.
func TestInbox_template(t *testing.T) {
	t.Parallel()

	for channel, key := range map[string]string{"cloud": "template_id", "twilio": "content_sid"} {
		w := acctest.New(t)
		p := w.Protocol(t, nil)
		inbox := chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "WA", "channel": whatsApp[channel]})
		rules := `{"operator":"does_not_contain","values":["vip"]}`
		chatlaketest.Request(t, w, "PATCH", "/inboxes/"+inbox.String("id"), `{"csat_config":{"display_type":"star","message":"By hand","survey_rules":`+rules+`}}`)

		inbox, _ = p.Read(t.Context(), inbox)

		inbox, diags := p.Apply(t.Context(), inbox, withTemplate(channel, "Rate us"))
		if len(diags) > 0 || inTemplate(inbox, "status") != "PENDING" || templates(w) != 1 {
			t.Fatalf("%s: made %v\n%s", channel, inbox.State, diags)
		}

		config, template := survey(t, w)
		if config["message"] != "Rate us" || config["display_type"] != "star" || fmt.Sprint(config["survey_rules"]) != "map[operator:does_not_contain values:[vip]]" {
			t.Errorf("%s: the survey is %v", channel, config)
		}

		if fmt.Sprint(template[key]) != inTemplate(inbox, "template_id") || inTemplate(inbox, "name") != "customer_satisfaction_survey_"+inbox.String("id") {
			t.Errorf("%s: the state has %v, and the platform %v", channel, inbox.State, template)
		}

		w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.TemplateVerdict = "APPROVED" })

		inbox = chatlaketest.ExpectStable(t, p, inbox, withTemplate(channel, "Rate us"))
		if inTemplate(inbox, "status") != "APPROVED" {
			t.Errorf("%s: read %v", channel, inbox.State)
		}

		// The survey is patched, and the template stays.
		config2 := chatlaketest.With(withTemplate(channel, "Rate us"), values{"csat_config": values{"message": "Rate us", "display_type": "emoji"}})
		inbox, diags = p.Apply(t.Context(), inbox, config2)

		config, template = survey(t, w)
		if len(diags) > 0 || config["display_type"] != "emoji" || fmt.Sprint(template[key]) != inTemplate(inbox, "template_id") || templates(w) != 1 {
			t.Errorf("%s: patched %v\n%s", channel, config, diags)
		}

		// Without a configuration it is as it is, and so is its text.
		inbox, diags = p.Apply(t.Context(), inbox, values{"name": "WA", "channel": whatsApp[channel]})

		config, template = survey(t, w)
		if len(diags) > 0 || config["message"] != "Rate us" || fmt.Sprint(template[key]) != inTemplate(inbox, "template_id") || templates(w) != 1 {
			t.Errorf("%s: taken out %v\n%s", channel, config, diags)
		}

		imported, diags := w.Protocol(t, nil).Import(t.Context(), "chatlake_inbox", inbox.String("id"))
		if len(diags) > 0 || p.Changes(t.Context(), imported, withTemplate(channel, "Rate us")) {
			t.Errorf("%s: imported %v\n%s", channel, imported.State, diags)
		}
	}
}

// TestInbox_templateElsewhere covers templates that the dashboard makes: it is replaced if its text is another one, and else taken.
func TestInbox_templateElsewhere(t *testing.T) {
	t.Parallel()

	for message, made := range map[string]int{"Rate us": 0, "Theirs": 1} {
		w := acctest.New(t)
		p := w.Protocol(t, nil)
		config := withTemplate("cloud", "Rate us")
		inbox := chatlaketest.Create(t, p, "chatlake_inbox", config)
		bare := chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "Bare", "channel": chatlaketest.With(whatsApp["cloud"], values{"phone_number": "+14155550119"})})

		for _, id := range []string{inbox.String("id"), bare.String("id")} {
			body := fmt.Sprintf(`{"template":{"message":%q}}`, message)
			chatlaketest.Request(t, w, "POST", "/inboxes/"+id+"/csat_template", body)

			template := chatlaketest.Request(t, w, "GET", "/inboxes/"+id, "")
			kept, _ := template.(map[string]any)["csat_config"].(map[string]any)["template"].(map[string]any)
			chatlaketest.Request(t, w, "PATCH", "/inboxes/"+id, fmt.Sprintf(`{"csat_config":{"message":%q,"template":{"name":%q,"template_id":%q}}}`, message, kept["name"], kept["template_id"]))
		}

		w.Journal.Clear()

		read, _ := p.Read(t.Context(), inbox)
		if inTemplate(read, "message") != message || inTemplate(read, "template_id") == inTemplate(inbox, "template_id") || p.Changes(t.Context(), read, config) != (made == 1) {
			t.Errorf("%s: read %v", message, read.State)
		}

		after, diags := p.Apply(t.Context(), read, config)
		if len(diags) > 0 || templates(w) != made || inTemplate(after, "message") != "Rate us" {
			t.Errorf("%s: %d made, updated %v\n%s", message, templates(w), after.State, diags)
		}

		// One that no refresh has seen.
		after, diags = p.Apply(t.Context(), bare, chatlaketest.With(config, values{"name": "Bare", "channel": chatlaketest.With(whatsApp["cloud"], values{"phone_number": "+14155550119"})}))
		if len(diags) > 0 || templates(w) != 2*made || inTemplate(after, "status") != "PENDING" {
			t.Errorf("%s, unseen: %d made, updated %v\n%s", message, templates(w), after.State, diags)
		}
	}
}

// TestInbox_templateLost covers answers that do not arrive: what was made is found, and nothing is made twice.
func TestInbox_templateLost(t *testing.T) {
	t.Parallel()

	for _, isDone := range []bool{true, false} {
		w := acctest.New(t)
		p := w.Protocol(t, values{"max_retries": 0})
		config := withTemplate("cloud", "One")
		inbox := chatlaketest.Create(t, p, "chatlake_inbox", config)
		first := inTemplate(inbox, "template_id")

		w.Journal.Clear()
		w.Faults.Add(sandbox.Fault{Method: http.MethodPost, Path: "/api/v1/accounts/1/inboxes/" + inbox.String("id") + "/csat_template", Cut: sandbox.CutReset, After: isDone})

		config = withTemplate("cloud", "Two")
		after, diags := p.Apply(t.Context(), inbox, config)

		isNew := inTemplate(after, "template_id") != first
		if isNew != isDone || (len(diags.Errors()) == 0) != isDone || templates(w) != 1 {
			t.Errorf("done: %t: %d made, the state has %v\n%s", isDone, templates(w), after.State, diags)
		}

		// What a stopped run leaves behind is understood by the next one.
		read, _ := p.Read(t.Context(), inbox)
		if p.Changes(t.Context(), read, config) == isDone {
			t.Errorf("done: %t: the next run reads %v", isDone, read.State)
		}

		after, diags = p.Apply(t.Context(), read, config)
		_, template := survey(t, w)

		if len(diags) > 0 || inTemplate(after, "template_id") != template["template_id"] || inTemplate(after, "message") != "Two" {
			t.Errorf("done: %t: the next run made %v\n%s", isDone, after.State, diags)
		}
	}
}

// TestInbox_templateFailed covers a server that reaches no carrier, and a carrier that refuses: the inbox stays, and gets its template later.
func TestInbox_templateFailed(t *testing.T) {
	t.Parallel()

	for want, fail := range map[string]func(*chatlake.Switches){
		"It must reach graph.facebook.com, or content.twilio.com": cutOff,
		"Invalid OAuth access token":                              func(s *chatlake.Switches) { s.RejectChannelCredentials = !s.RejectChannelCredentials },
	} {
		w := acctest.New(t)
		p := w.Protocol(t, nil)
		inbox := chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "WA", "channel": whatsApp["twilio"]})
		chatlaketest.Request(t, w, "PATCH", "/inboxes/"+inbox.String("id"), `{"csat_config":{"message":"By hand"}}`)
		w.Journal.Clear()

		w.Chatlake.SetSwitches(fail)

		after, diags := p.Apply(t.Context(), inbox, withTemplate("twilio", "Rate us"))

		said := diags.String()
		if after.String("id") == "" || !strings.Contains(said, want) || !strings.Contains(said, "Apart from that, the inbox is as planned") || !strings.Contains(said, `"csat_template"`) {
			t.Errorf("updated %v\n%s", after.State, said)
		}

		// It is a refusal: the provider looks for no template, and there is none to import.
		reads := w.Journal.Entries(func(e sandbox.Entry) bool {
			return e.Method == http.MethodGet && strings.HasSuffix(e.Path, "/inboxes/"+inbox.String("id"))
		})
		if len(reads) != 1 || strings.Contains(said, "import") {
			t.Errorf("%d reads of the inbox\n%s", len(reads), said)
		}

		config, _ := survey(t, w)
		if config["message"] != "By hand" {
			t.Errorf("the survey is %v", config)
		}

		w.Chatlake.SetSwitches(fail)

		after, diags = p.Apply(t.Context(), after, withTemplate("twilio", "Rate us"))
		if len(diags) > 0 || inTemplate(after, "status") != "PENDING" {
			t.Errorf("updated %v\n%s", after.State, diags)
		}
	}
}

// cutOff switches the way to the carrier off and on.
func cutOff(s *chatlake.Switches) {
	s.VendorsUnreachable = !s.VendorsUnreachable
}

// TestInbox_templateBack goes from one text to another that fails, and back. What agents see goes back at once. A template that the
// carrier has lost is made again, and one that is there stays.
func TestInbox_templateBack(t *testing.T) {
	t.Parallel()

	for _, c := range []struct {
		name   string
		fail   func(*chatlake.Switches)
		more   values
		status int
		// makes is how many templates going back makes.
		makes int
	}{
		{"an unreachable carrier", cutOff, nil, 500, 0},
		{"a refusal of the key", func(s *chatlake.Switches) { s.RejectChannelCredentials = !s.RejectChannelCredentials }, nil, 422, 0},
		{"a refusal of the text", func(s *chatlake.Switches) { s.RefuseTemplates = !s.RefuseTemplates }, nil, 422, 1},
		{"a configured survey", func(s *chatlake.Switches) { s.RefuseTemplates = !s.RefuseTemplates }, values{"csat_config": values{"message": "A"}}, 422, 1},
		{"a configured survey and an unreachable carrier", cutOff, values{"csat_config": values{"message": "A"}}, 500, 1},
	} {
		w := acctest.New(t)
		p := w.Protocol(t, nil)
		config := chatlaketest.With(withTemplate("cloud", "A"), c.more)
		inbox := chatlaketest.Create(t, p, "chatlake_inbox", config)

		w.Chatlake.SetSwitches(c.fail)

		changed := withTemplate("cloud", "B")
		if c.more != nil {
			changed["csat_config"] = values{"message": "B"}
		}

		after, diags := p.Apply(t.Context(), inbox, changed)

		said := diags.String()
		if !strings.Contains(said, fmt.Sprintf("HTTP status %d", c.status)) || strings.Contains(said, "as planned") || strings.Contains(said, "import") {
			t.Errorf("%s: %s", c.name, said)
		}

		isOpen := inTemplate(after, "message") == ""
		if isOpen != strings.Contains(said, "may be gone") || !isOpen != strings.Contains(said, "still has the old template") || isOpen != (inTemplate(after, "status") == "") {
			t.Errorf("%s: the state has %v\n%s", c.name, after.State, said)
		}

		text, _ := survey(t, w)
		if c.more == nil && text["message"] != "A" {
			t.Errorf("%s: the survey is %v", c.name, text)
		}

		w.Chatlake.SetSwitches(c.fail)
		w.Journal.Clear()

		read, _ := p.Read(t.Context(), after)

		isPlanned := p.Changes(t.Context(), read, config)
		if isPlanned != (c.makes > 0) || !p.Changes(t.Context(), read, changed) {
			t.Errorf("%s: going back plans %t of %v", c.name, isPlanned, read.State)
		}

		// One that no refresh has seen, too.
		for _, from := range []acctest.Object{after, read} {
			back, diags := p.Apply(t.Context(), from, config)
			text, template := survey(t, w)

			if len(diags) > 0 || templates(w) != c.makes || text["message"] != "A" || inTemplate(back, "message") != "A" ||
				inTemplate(back, "status") != "PENDING" || template["template_id"] != inTemplate(back, "template_id") {
				t.Errorf("%s: %d made, back to %v\n%s", c.name, templates(w), back.State, diags)
			}
		}
	}
}

// TestInbox_templateBackFails covers a survey that does not get its old text back.
func TestInbox_templateBackFails(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, values{"max_retries": 0})
	inbox := chatlaketest.Create(t, p, "chatlake_inbox", withTemplate("cloud", "A"))

	w.Chatlake.SetSwitches(cutOff)
	w.Faults.Add(sandbox.Fault{Method: http.MethodPatch, Path: "/api/v1/accounts/1/inboxes/" + inbox.String("id"), Skip: 1, Status: 500, Body: "{}"})

	after, diags := p.Apply(t.Context(), inbox, withTemplate("cloud", "B"))

	said := diags.String()
	if !strings.Contains(said, "its old text") || !strings.Contains(said, `"csat_config"`) || !strings.Contains(said, "may be gone") || !after.State.Equal(inbox.State) {
		t.Errorf("the state has %v\n%s", after.State, said)
	}
}

// TestInbox_templateTexts covers a survey that says something else than its template: a warning, at plan, where both are known.
func TestInbox_templateTexts(t *testing.T) {
	t.Parallel()

	p := acctest.New(t).Protocol(t, nil)

	for _, c := range []struct {
		survey values
		differ string
	}{
		{values{"message": "Other"}, "message"},
		{values{}, "message"},
		{values{"message": "A", "button_text": "Other", "language": "fr"}, "button_text, language"},
		{values{"message": "A", "display_type": "star"}, ""},
		{values{"message": acctest.Unknown{}}, ""},
	} {
		_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_inbox"}, chatlaketest.With(withTemplate("cloud", "A"), values{"csat_config": c.survey}))

		said := diags.String()
		isWarned := len(diags) == 1 && strings.Contains(said, "differ in "+c.differ+".") && strings.Contains(said, `"csat_config"`)

		if len(diags.Errors()) > 0 || isWarned != (c.differ != "") || c.differ == "" && len(diags) > 0 {
			t.Errorf("%v: %s", c.survey, said)
		}
	}
}

// TestInbox_templateStatus covers carriers that cannot be asked, and servers that fail at it: the state keeps the template.
func TestInbox_templateStatus(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, values{"max_retries": 0})
	config := withTemplate("cloud", "Rate us")
	inbox := chatlaketest.Create(t, p, "chatlake_inbox", config)

	w.Faults.Add(sandbox.Fault{
		Method: http.MethodGet, Path: "/api/v1/accounts/1/inboxes/" + inbox.String("id") + "/csat_template", Status: 500, Body: `{"error":"Net::ReadTimeout"}`,
		Header: map[string]string{"Content-Type": "application/json"},
	})

	read, diags := p.Read(t.Context(), inbox)
	if len(diags.Errors()) > 0 || !strings.Contains(diags.String(), "Net::ReadTimeout") || !read.State.Equal(inbox.State) {
		t.Errorf("read %v\n%s", read.State, diags)
	}

	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.VendorsUnreachable = true })

	read, diags = p.Read(t.Context(), inbox)
	if len(diags) > 0 || inTemplate(read, "status") != "" || inTemplate(read, "template_id") != inTemplate(inbox, "template_id") || p.Changes(t.Context(), read, config) {
		t.Errorf("read %v\n%s", read.State, diags)
	}
}

// TestInbox_templateDropped covers a template that somebody lost by patching the survey: the plan makes one again.
func TestInbox_templateDropped(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	p := w.Protocol(t, nil)
	config := withTemplate("twilio", "Rate us")
	inbox := chatlaketest.Create(t, p, "chatlake_inbox", config)

	chatlaketest.Request(t, w, "PATCH", "/inboxes/"+inbox.String("id"), `{"csat_config":{"message":"Rate us"}}`)

	read, _ := p.Read(t.Context(), inbox)
	if read.Gone() || inTemplate(read, "template_id") != "" {
		t.Errorf("read %v", read.State)
	}

	after, diags := p.Apply(t.Context(), read, config)
	if len(diags) > 0 || inTemplate(after, "template_id") == "" || templates(w) != 2 {
		t.Errorf("updated %v\n%s", after.State, diags)
	}
}

// TestInbox_templateProvider covers configurations that leave the provider of WhatsApp open: it is that of the state, or 360dialog.
func TestInbox_templateProvider(t *testing.T) {
	t.Parallel()

	p := acctest.New(t).Protocol(t, nil)
	open := values{"name": "WA", "channel": values{"type": "whatsapp", "phone_number": "+14155550110"}, "csat_template": values{"message": "Rate us"}}

	_, diags := p.Plan(t.Context(), acctest.Object{Type: "chatlake_inbox"}, open)
	if !strings.Contains(diags.String(), "with the provider whatsapp_cloud") || !strings.Contains(diags.String(), `"csat_template"`) {
		t.Errorf("a new inbox: %s", diags)
	}

	inbox := chatlaketest.Create(t, p, "chatlake_inbox", values{"name": "WA", "channel": whatsApp["cloud"]})

	_, diags = p.Plan(t.Context(), inbox, open)
	if len(diags) > 0 {
		t.Errorf("an inbox at Meta: %s", diags)
	}
}

// TestInbox_templateOld covers 4.9, which leaves it to its clients to keep the template, and makes none at Twilio: the plan says so.
func TestInbox_templateOld(t *testing.T) {
	t.Parallel()

	w := acctest.New(t)
	w.Chatlake.SetSwitches(func(s *chatlake.Switches) { s.Version = "4.9.2" })
	p := w.Protocol(t, nil)

	inbox := chatlaketest.Create(t, p, "chatlake_inbox", withTemplate("cloud", "Rate us"))
	_, template := survey(t, w)

	if template["template_id"] != inTemplate(inbox, "template_id") || template["template_id"] == nil {
		t.Errorf("the platform has %v, and the state %v", template, inbox.State)
	}

	inbox, diags := p.Apply(t.Context(), inbox, withTemplate("cloud", "Please rate"))
	_, template = survey(t, w)

	if len(diags) > 0 || template["name"] != "customer_satisfaction_survey_"+inbox.String("id")+"_1" {
		t.Errorf("the platform has %v, and the state %v\n%s", template, inbox.State, diags)
	}

	_, diags = p.Plan(t.Context(), acctest.Object{Type: "chatlake_inbox"}, withTemplate("twilio", "Rate us"))
	if !strings.Contains(diags.String(), "since Chatwoot 4.10.0") || !strings.Contains(diags.String(), `"csat_template"`) {
		t.Error(diags)
	}
}

// TestInbox_templateAnswers covers successes that do not look as expected: the template is found all the same.
func TestInbox_templateAnswers(t *testing.T) {
	t.Parallel()

	for _, body := range []string{`{"template":{"name":"customer_satisfaction_survey_104","template_id":1000000000000001,"status":"approved"}}`, `{"success":true}`, `{}`, `null`, ``} {
		w := acctest.New(t)
		w.Faults.Add(sandbox.Fault{
			Method: http.MethodPost, Path: "/api/v1/accounts/1/inboxes/104/csat_template", After: true, Status: 201, Body: body, Header: map[string]string{"Content-Type": "application/json"},
		})

		inbox, diags := w.Protocol(t, values{"max_retries": 0}).Create(t.Context(), "chatlake_inbox", withTemplate("cloud", "Rate us"))
		_, template := survey(t, w)

		if len(diags) > 0 || inTemplate(inbox, "name") != template["name"] || inTemplate(inbox, "template_id") != template["template_id"] {
			t.Errorf("%s: created %v\n%s", body, inbox.State, diags)
		}
	}
}
