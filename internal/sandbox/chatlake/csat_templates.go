package chatlake

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// carrierTemplate is a template for surveys as the carrier of a WhatsApp channel has it: Meta, or Twilio.
type carrierTemplate struct{ id, name, language, message, buttonText string }

// surveyTemplate is what the base name of the templates of all inboxes begins with.
const surveyTemplate = "customer_satisfaction_survey"

// templateKeys are what an update keeps of csat_config.template.
var (
	templateKeysAtMeta = []string{"name", "template_id", "created_at", "language"}
	templateKeysOfAll  = []string{"name", "template_id", "friendly_name", "content_sid", "approval_sid", "created_at", "language", "status"}
)

// keepTemplate reads csat_config.template of an update: an empty one is dropped.
func (p *Platform) keepTemplate(config *input) {
	template := config.sub("template")
	if template == nil {
		delete(config.values, "template")
		return
	}

	keys := templateKeysOfAll
	if !p.has(templateAtTwilio) {
		keys = templateKeysAtMeta

		delete(template.values, "status") // The dashboard of these releases sends it, too.
	}

	template.keep(keys)

	if len(template.values) == 0 {
		delete(config.values, "template")
	}
}

// findTemplateInbox finds the inbox whose template is asked for. People who may see an inbox may make its template.
//
// Unverified: that agents may. The server's source says so.
func (c *call) findTemplateInbox() (*inbox, *sandbox.Reply) {
	i, refused := c.findInbox()
	if refused != nil {
		return nil, refused
	}

	switch {
	case i.channel.kind == "Channel::Whatsapp", i.channel.isWhatsApp() && c.p.has(templateAtTwilio):
		return i, nil
	case c.p.has(templateAtTwilio):
		return nil, refuse(http.StatusBadRequest, "CSAT template operations only available for WhatsApp and Twilio WhatsApp channels")
	default:
		return nil, refuse(http.StatusBadRequest, "CSAT template operations only available for WhatsApp channels")
	}
}

func (ch *channel) isAtTwilio() bool { return ch.kind == twilioClass }

// templateKey returns which field of csat_config.template the server finds the carrier's template by.
func (ch *channel) templateKey() string {
	if ch.isAtTwilio() {
		return "content_sid"
	}

	return "name"
}

// carrierTemplate returns the template that an inbox uses as the carrier has it. Meta's are found by name, Twilio's by id. A
// carrier that cannot be reached has none.
func (p *Platform) carrierTemplate(i *inbox) (carrierTemplate, bool) {
	template, _ := i.csatConfig["template"].(object)
	key, _ := template[i.channel.templateKey()].(string)

	for _, t := range i.channel.templates {
		if key != "" && (key == t.name || key == t.id) && !p.switches.VendorsUnreachable {
			return t, true
		}
	}

	return carrierTemplate{}, false
}

// showTemplate tells what the carrier says of the template. That there is none and that the carrier does not have it, or cannot be
// reached, is recorded.
//
// Unverified: the answer about one that is there. The recorded servers reached no carrier; the server's source has these keys.
func (p *Platform) showTemplate(c *call) sandbox.Reply {
	i, refused := c.findTemplateInbox()
	if refused != nil {
		return *refused
	}

	template, _ := i.csatConfig["template"].(object)
	if len(template) == 0 || i.channel.isAtTwilio() && isBlank(template["content_sid"]) {
		return ok(object{"template_exists": false})
	}

	found, has := p.carrierTemplate(i)

	switch {
	case !has:
		return ok(object{"template_exists": false, "error": "Template not found"})
	case i.channel.isAtTwilio():
		return ok(object{
			"template_exists": true, "friendly_name": template["friendly_name"], "content_sid": found.id, "language": template["language"],
			"status": strings.ToLower(p.verdict()),
		})
	default:
		return ok(object{"template_exists": true, "template_name": found.name, "template_id": found.id, "status": p.verdict()})
	}
}

// verdict is what carriers say of every template.
func (p *Platform) verdict() string {
	if p.switches.TemplateVerdict == "" {
		return "PENDING"
	}

	return p.switches.TemplateVerdict
}

// createTemplate has the carrier make a template. The one that the inbox has is deleted there first, and the new one gets the next
// name: Meta takes no name twice.
//
// Unverified: a success, and the refusal of a carrier. The recorded servers reached none. Read in the server's source.
func (p *Platform) createTemplate(c *call) sandbox.Reply {
	i, refused := c.findTemplateInbox()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "template{}")
	if refused != nil {
		return *refused
	}

	sent := in.sub("template")
	if sent == nil || len(sent.values) == 0 {
		c.Complain("nothing under template")
		return *refuse(http.StatusUnprocessableEntity, "Template parameters are required")
	}

	sent.keep([]string{"message", "button_text", "language"})

	button, language := "Please rate us", "en"
	made := carrierTemplate{message: sentText(sent.values["message"], ""), buttonText: sentText(sent.values["button_text"], button), language: sentText(sent.values["language"], language)}

	switch {
	case strings.TrimSpace(made.message) == "":
		c.Complain("template without a message")
		return *refuse(http.StatusUnprocessableEntity, "Message is required")
	}

	p.dropTemplate(i)

	if p.switches.VendorsUnreachable {
		return *refuse(http.StatusInternalServerError, "Template creation failed")
	}

	made.name = i.nextTemplate()

	wrong := p.refusedTemplate(i, made)
	if wrong != nil {
		return answer(http.StatusUnprocessableEntity, wrong)
	}

	template := p.takeTemplate(i, made)

	return answer(http.StatusCreated, object{"template": template})
}

// dropTemplate deletes the template of an inbox at the carrier. If the carrier cannot be reached, or does not take the credential, it stays,
// and the server goes on. Either way csat_config keeps it, until there is a new one.
func (p *Platform) dropTemplate(i *inbox) {
	before, had := p.carrierTemplate(i)
	if had && !p.switches.RejectChannelCredentials {
		i.channel.templates = slices.DeleteFunc(i.channel.templates, func(t carrierTemplate) bool { return t.id == before.id })
	}
}

// sentText is a text that was sent, or its default.
func sentText(value any, byDefault string) string {
	text, isText := value.(string)
	if !isText {
		return byDefault
	}

	return text
}

// nextTemplate returns the name of the next template of an inbox: the base name, and then that with a number.
func (i *inbox) nextTemplate() string {
	base := fmt.Sprintf("%s_%d", surveyTemplate, i.id)
	template, _ := i.csatConfig["template"].(object)

	current := sentText(template["name"], "") + sentText(template["friendly_name"], "")
	if current == "" {
		return base
	}

	number, _ := strconv.Atoi(strings.TrimPrefix(current, base+"_")) // Without one, it is the first.

	return fmt.Sprintf("%s_%d", base, number+1)
}

// refusedTemplate is why a carrier takes no template; nil if it does.
func (p *Platform) refusedTemplate(i *inbox, made carrierTemplate) object {
	isOfOther := i.channel.kind == "Channel::Whatsapp" && i.channel.fields["provider"] != "whatsapp_cloud"

	switch {
	case isOfOther || p.switches.RejectChannelCredentials:
		return object{"error": "Invalid OAuth access token - Cannot parse access token", "details": object{"code": 190, "type": "OAuthException"}}
	case p.switches.RefuseTemplates:
		return object{"error": "Invalid parameter", "details": object{"code": 100, "type": "OAuthException"}}
	case !i.channel.isAtTwilio() && i.channel.usedTemplates[made.name]:
		return object{"error": "There is already content for this template in this language.", "details": object{
			"code": 100, "subcode": 2388024, "type": "OAuthException", "title": "Content in this language already exists",
		}}
	default:
		return nil
	}
}

// takeTemplate gives an inbox a template, and returns what the answer has of the new one.
func (p *Platform) takeTemplate(i *inbox, made carrierTemplate) object {
	ch := i.channel
	if ch.usedTemplates == nil {
		ch.usedTemplates = map[string]bool{}
	}

	ch.usedTemplates[made.name] = true

	n := p.nextID("carrier_templates")
	at := iso(p.core.Now())

	if ch.isAtTwilio() {
		made.id = fmt.Sprintf("HX%032d", n)
		ch.templates = append(ch.templates, made)
		i.setTemplate(object{
			"friendly_name": made.name, "content_sid": made.id, "approval_sid": fmt.Sprintf("AP%032d", n), "language": made.language,
			"status": "pending", "created_at": at,
		})

		return object{"friendly_name": made.name, "content_sid": made.id, "status": "PENDING", "language": made.language}
	}

	made.id = strconv.FormatInt(1_000_000_000_000_000+n, 10)
	ch.templates = append(ch.templates, made)

	if p.has(templateKept) {
		i.setTemplate(object{"name": made.name, "template_id": made.id, "language": made.language, "created_at": at})
	}

	return object{"name": made.name, "template_id": made.id, "status": "PENDING", "language": made.language}
}

// setTemplate keeps a template in csat_config beside what is there.
func (i *inbox) setTemplate(template object) {
	config := maps.Clone(i.csatConfig)
	config["template"] = template
	i.csatConfig = config
}
