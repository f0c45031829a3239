package chatlake

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// twilioClass is what channel_type shows of every channel at Twilio: medium tells SMS from WhatsApp.
const twilioClass = "Channel::TwilioSms"

var twilioMedia = []string{"sms", "whatsapp"}

// twilioSpec is the kind of a channel at Twilio, as an update knows it. Number, service and medium are written once. Voice and the
// key are SMS's. No two channels have the same number or the same service.
func twilioSpec(medium, unique string) *channelSpec {
	spec := &channelSpec{
		class: twilioClass, columns: []channelColumn{text("account_sid", nil), text("auth_token", nil)},
		required: []string{"account_sid", "auth_token"}, unique: unique,
	}
	if medium == "sms" {
		spec.columns = append(spec.columns, text("api_key_sid", nil), text("api_key_secret", nil), yesNo("voice_enabled", false))
	}

	return spec
}

// createTwilioInbox makes an inbox with a channel at Twilio. Whatever is wrong is one sentence.
//
// Unverified: what a server says that reaches Twilio. The recorded ones did not.
func (p *Platform) createTwilioInbox(c *call) sandbox.Reply {
	in, refused := readRoot(c.Request, "twilio_channel", nil,
		"account_sid", "auth_token", "api_key_sid", "phone_number", "messaging_service_sid", "medium", "name")
	if refused != nil {
		return *refused
	}

	wrong := p.twilioFailure()
	if wrong != "" {
		return *refuse(http.StatusUnprocessableEntity, wrong)
	}

	i := newInbox(c.account.id)

	wrong = p.readTwilio(in, i)
	if wrong != "" {
		return *refuse(http.StatusUnprocessableEntity, wrong)
	}

	p.keepInbox(i)

	return ok(p.inboxJSON(i, true))
}

// twilioFailure is why Twilio cannot be asked, or what it says; "" if it takes the account. It is asked before any field is
// looked at.
func (p *Platform) twilioFailure() string {
	switch {
	case p.switches.VendorsUnreachable:
		return "Failed to open TCP connection to api.twilio.com:443 (getaddrinfo(3): Temporary failure in name resolution)"
	case p.switches.RejectChannelCredentials:
		return "[HTTP 401] 20003 : Unable to fetch page\nAuthenticate\nhttps://www.twilio.com/docs/errors/20003"
	default:
		return ""
	}
}

// readTwilio puts name and channel on a new inbox, and returns what is wrong with them.
func (p *Platform) readTwilio(in *input, i *inbox) string {
	values := map[string]*string{}

	for _, name := range []string{"name", "account_sid", "auth_token", "api_key_sid", "phone_number", "messaging_service_sid", "medium"} {
		value := (*string)(nil)
		in.optString(name, &value, maxString)
		values[name] = value
	}

	if !p.has(twilioKeys) {
		values["api_key_sid"] = nil
	}

	medium := deref(values["medium"])
	if medium != "" && !slices.Contains(twilioMedia, medium) {
		return "'" + medium + "' is not a valid medium"
	}

	number, service := presence(values["phone_number"]), presence(values["messaging_service_sid"])
	if number != nil && medium != "sms" {
		*number = "whatsapp:" + *number
	}

	unique := "phone_number"
	if service != nil {
		unique = "messaging_service_sid"
	}

	spec, v := twilioSpec(medium, unique), &in.errs
	fields := object{
		"medium": medium, "phone_number": orNull(number), "messaging_service_sid": orNull(service), "account_sid": orNull(values["account_sid"]),
		"auth_token": orNull(values["auth_token"]), "api_key_sid": orNull(values["api_key_sid"]), "content_templates": object{},
		"inbound_calls_enabled": true, "voice_configured": false, "has_api_key_secret": false, "voice_enabled": false,
	}

	switch {
	case number == nil && service == nil:
		v.add("messaging_service_sid", "Messaging service sid can't be blank")
	case number != nil && service != nil:
		v.add("phone_number", "Phone number must be blank")
	}

	i.channel = &channel{id: p.nextID("channels"), kind: spec.class, spec: spec, fields: fields}
	p.validateChannel(v, spec, fields, i.channel.id)

	i.name = deref(values["name"])
	if !v.any() && strings.TrimSpace(i.name) == "" { // The inbox comes after its channel.
		v.add("name", "Name can't be blank")
	}

	if v.any() {
		return "Validation failed: " + v.text(p)
	}

	return ""
}

// orNull is a text column in an answer.
func orNull(text *string) any {
	if text == nil {
		return nil
	}

	return *text
}

// isWhatsApp reports whether a channel carries WhatsApp, by Meta's ways or Twilio's.
func (ch *channel) isWhatsApp() bool {
	return ch.kind == "Channel::Whatsapp" || ch.kind == twilioClass && ch.fields["medium"] == "whatsapp"
}

var (
	twilioNumber   = regexp.MustCompile(`\A\+\d{1,15}\z`)
	twilioWhatsApp = regexp.MustCompile(`\Awhatsapp:\+\d{1,15}\z`)
)

// twilioSource is the form of a contact's source at Twilio.
func (ch *channel) twilioSource() *regexp.Regexp {
	if ch.isWhatsApp() {
		return twilioWhatsApp
	}

	return twilioNumber
}

// checkVoice sets voice up at Twilio, when an update switches it on.
func (p *Platform) checkVoice(v *invalid, before, after object) {
	if before["voice_enabled"] == true || after["voice_enabled"] != true {
		return
	}

	failure := p.twilioFailure()

	switch {
	case after["phone_number"] == nil:
		v.addEnglish("base", "Voice calling requires a phone number and cannot be used with messaging service SID")
	case failure != "":
		v.addEnglish("base", "Twilio voice setup failed: "+failure)
	}
}

// twilioJSON adds what a channel at Twilio tells; its account is for administrators.
func twilioJSON(copyKeys func(...string), administrator bool) {
	copyKeys("medium", "content_templates", "voice_enabled", "inbound_calls_enabled", "voice_configured", "has_api_key_secret")

	if administrator {
		copyKeys("account_sid", "auth_token", "api_key_sid")
	}
}
