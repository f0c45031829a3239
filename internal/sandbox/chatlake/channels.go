package chatlake

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// channel is the row behind an inbox; its columns are its kind's.
type channel struct {
	id     int64
	kind   string // The class that channel_type shows.
	spec   *channelSpec
	fields object
	// templates are those for surveys that the carrier of a WhatsApp channel has, and usedTemplates their names of all time.
	templates     []carrierTemplate
	usedTemplates map[string]bool
}

// channelKey is a unique index over a channel's column, over all accounts.
type channelKey struct{ kind, value string }

type columnKind int

const (
	columnText columnKind = iota
	columnFlag
	columnWhole
	columnHash
	columnChoice
	columnList
)

// channelColumn is one field that a client may write.
type channelColumn struct {
	name    string
	kind    columnKind
	initial any
	choices []string
	limit   int
	notNull bool
	since   string
}

// channelSpec is a kind of channel that can be made by request.
type channelSpec struct {
	class    string
	columns  []channelColumn
	required []string
	unique   string
	needed   string                  // A column that takes no null.
	complete func(*Platform, object) // Fills what the server makes up.
}

func text(name string, initial any) channelColumn {
	return channelColumn{name: name, kind: columnText, initial: initial, limit: maxString}
}

func yesNo(name string, initial bool) channelColumn {
	return channelColumn{name: name, kind: columnFlag, initial: initial}
}

var replyTimes = []string{"in_a_few_minutes", "in_a_few_hours", "in_a_day"}

var widgetFlags = []string{
	"attachments", "emoji_picker", "end_conversation", "use_inbox_avatar_for_bot", "allow_mobile_webview",
}

// channelSpecs are the values of channel.type that a script can create.
var channelSpecs = map[string]*channelSpec{
	"api": {
		class: "Channel::Api",
		columns: []channelColumn{
			{name: "webhook_url", kind: columnText, limit: 2048},
			yesNo("hmac_mandatory", false),
			{name: "additional_attributes", kind: columnHash},
		},
		complete: func(p *Platform, fields object) {
			fields["identifier"], fields["hmac_token"], fields["secret"] = p.newToken(), p.newToken(), p.newToken()
		},
	},
	"web_widget": {
		class: "Channel::WebWidget",
		columns: []channelColumn{
			text("website_url", nil), text("widget_color", defaultColor), text("welcome_title", nil),
			text("welcome_tagline", nil),
			{name: "reply_time", kind: columnChoice, choices: replyTimes, initial: replyTimes[0]},
			yesNo("pre_chat_form_enabled", false),
			{name: "pre_chat_form_options", kind: columnHash},
			{name: "continuity_via_email", kind: columnFlag, initial: true, notNull: true},
			yesNo("hmac_mandatory", false),
			{name: "allowed_domains", kind: columnText, initial: "", limit: maxText, since: widgetDomains.since},
			{name: "selected_feature_flags", kind: columnList, choices: widgetFlags, initial: widgetFlags[:3]},
		},
		required: []string{"website_url", "widget_color"},
		complete: func(p *Platform, fields object) {
			fields["website_token"], fields["hmac_token"] = p.newToken(), p.newToken()
			p.defaultPreChat(fields)
		},
	},
	"email": {
		class:   "Channel::Email",
		columns: emailColumns, unique: "email", needed: "email",
		complete: func(p *Platform, fields object) {
			fields["forward_to"] = strings.ToLower(p.newToken())
		},
	},
	"line": {
		class: "Channel::Line",
		columns: []channelColumn{
			text("line_channel_id", nil), text("line_channel_secret", nil), text("line_channel_token", nil),
		},
		required: []string{"line_channel_id", "line_channel_secret", "line_channel_token"}, unique: "line_channel_id",
	},
	"telegram": {
		class:    "Channel::Telegram",
		columns:  []channelColumn{text("bot_token", nil)},
		required: []string{"bot_token"}, unique: "bot_token",
		complete: func(p *Platform, fields object) { fields["bot_name"] = "sandbox_bot_" + p.newToken()[:6] },
	},
	"whatsapp": {
		class: "Channel::Whatsapp",
		columns: []channelColumn{
			text("phone_number", nil), text("provider", "default"), {name: "provider_config", kind: columnHash},
		},
		required: []string{"phone_number"}, unique: "phone_number",
		complete: func(_ *Platform, fields object) {
			fields["message_templates"] = object{}
			fields["reauthorization_required"], fields["voice_enabled"], fields["inbound_calls_enabled"] = false, false, true
		},
	},
	"sms": {
		class: "Channel::Sms",
		columns: []channelColumn{
			text("phone_number", nil), text("provider", "default"), {name: "provider_config", kind: columnHash},
		},
		required: []string{"phone_number"}, unique: "phone_number",
	},
}

var emailColumns = []channelColumn{
	text("email", nil),
	yesNo("imap_enabled", false), text("imap_login", ""), text("imap_password", ""), text("imap_address", ""),
	{name: "imap_port", kind: columnWhole, initial: int64(0)},
	yesNo("imap_enable_ssl", true),
	{name: "imap_authentication", kind: columnText, initial: "plain", limit: maxString, since: mailAuthentication.since},
	yesNo("smtp_enabled", false), text("smtp_login", ""), text("smtp_password", ""), text("smtp_address", ""),
	{name: "smtp_port", kind: columnWhole, initial: int64(0)},
	text("smtp_domain", ""),
	yesNo("smtp_enable_starttls_auto", true), yesNo("smtp_enable_ssl_tls", false),
	text("smtp_openssl_verify_mode", "none"), text("smtp_authentication", "login"),
	text("provider", nil),
	{name: "verified_for_sending", kind: columnFlag, initial: false, since: mailVerified.since},
}

func (s *channelSpec) names() []string {
	return mapped(s.columns, func(column channelColumn) string { return column.name + "*" })
}

// newChannel makes a row with the kind's defaults and what the server makes up.
func (p *Platform) newChannel(spec *channelSpec, fields object) *channel {
	row := &channel{id: p.nextID("channels"), kind: spec.class, spec: spec, fields: object{}}
	for _, column := range spec.columns {
		switch column.kind {
		case columnHash:
			row.fields[column.name] = object{}
		case columnList:
			initial, _ := column.initial.([]string)
			row.fields[column.name] = slices.Clone(initial)
		default:
			row.fields[column.name] = column.initial
		}
	}

	maps.Copy(row.fields, fields)

	if spec.complete != nil {
		spec.complete(p, row.fields)
	}

	return row
}

// assignChannel puts what was sent into fields, by the columns of the kind.
func (p *Platform) assignChannel(in *input, spec *channelSpec, fields object) {
	for _, column := range spec.columns {
		if !in.has(column.name) {
			continue
		}

		if column.since != "" && !p.since(column.since) {
			in.req.Complain("%s came with %s", column.name, column.since)
			continue
		}

		if column.notNull && !in.notNull(column.name) {
			continue
		}

		p.assignColumn(in, column, fields)
	}
}

func (p *Platform) assignColumn(in *input, column channelColumn, fields object) {
	switch column.kind {
	case columnText:
		value := (*string)(nil)
		in.optString(column.name, &value, column.limit)

		fields[column.name] = nil
		if value != nil {
			fields[column.name] = *value
		}
	case columnFlag:
		value := (*bool)(nil)
		in.optFlag(column.name, &value)

		fields[column.name] = nil
		if value != nil {
			fields[column.name] = *value
		}
	case columnWhole:
		value := (*int64)(nil)
		in.whole(column.name, &value)

		fields[column.name] = nil
		if value != nil {
			fields[column.name] = *value
		}
	case columnHash:
		hash, sent := in.hash(column.name)
		if sent {
			fields[column.name] = hash
		}
	case columnChoice:
		value := ""
		in.optEnum(column.name, column.choices, &value)

		fields[column.name] = nil
		if value != "" {
			fields[column.name] = value
		}
	case columnList:
		p.assignFlags(in, column, fields)
	}
}

// assignFlags reads a set of named bits; an unknown name has no bit.
func (p *Platform) assignFlags(in *input, column channelColumn, fields object) {
	names, sent := in.strings(column.name)
	if !sent {
		return
	}

	if slices.Contains(names, "allow_mobile_webview") && !p.has(widgetWebview) {
		in.fail(crash(in.req, "allow_mobile_webview came with %s", widgetWebview.since))
	}

	flags := []string{}

	for _, name := range column.choices {
		if slices.Contains(names, name) {
			flags = append(flags, name)
		}
	}

	for _, name := range names {
		if !slices.Contains(column.choices, name) {
			in.req.Complain("%s has no %q", column.name, name)
			in.fail(internal())
		}
	}

	fields[column.name] = flags
}

// validateChannel refuses a row as its model does. id is the channel's own, for an update.
func (p *Platform) validateChannel(v *invalid, spec *channelSpec, fields object, id int64) {
	for _, name := range spec.required {
		text, _ := fields[name].(string)
		if strings.TrimSpace(text) == "" {
			v.add(name, humanize(name)+" can't be blank")
		}
	}

	value, _ := fields[spec.unique].(string)
	if value != "" {
		if isTaken(p.channelKeys, channelKey{spec.class, value}, id) {
			v.add(spec.unique, humanize(spec.unique)+" has already been taken")
		}
	}

	if spec.class == "Channel::Api" {
		validateReplyWindow(v, fields)
	}

	if p.switches.RejectChannelCredentials {
		switch spec.class {
		case "Channel::Telegram":
			v.add("bot_token", "Bot token invalid token")
		case "Channel::Whatsapp":
			v.add("provider_config", "Provider config Invalid Credentials")
		}
	}
}

// askVendor tries the credentials that were sent. A vendor that cannot be reached is no refusal: the request crashes.
func (p *Platform) askVendor(in *input, spec *channelSpec) {
	isTried := spec.class == "Channel::Telegram" && in.has("bot_token") || spec.class == "Channel::Whatsapp" && in.has("provider_config")
	if isTried && p.switches.VendorsUnreachable {
		in.fail(internal())
	}
}

// validateReplyWindow wants a positive number of hours.
func validateReplyWindow(v *invalid, fields object) {
	attributes, _ := fields["additional_attributes"].(object)

	hours, sent := attributes["agent_reply_time_window"]
	if sent && !isBlank(hours) && castInteger(hours) <= 0 {
		v.addEnglish("agent_reply_time_window", "Agent reply time window agent_reply_time_window must be greater than 0")
	}
}

// defaultPreChat keeps of the options what the server knows. Without fields all of them are replaced by the form that a new
// widget has.
func (p *Platform) defaultPreChat(fields object) {
	options, _ := fields["pre_chat_form_options"].(object)
	if !isBlank(options["pre_chat_fields"]) {
		fields["pre_chat_form_options"] = preChatOptions(options)
		return
	}

	fields["pre_chat_form_options"] = object{
		"pre_chat_message": "Share your queries or comments here.",
		"pre_chat_fields": []object{
			{"field_type": "standard", "label": "Email Id", "name": "emailAddress", "type": "email", "required": true, "enabled": false},
			{"field_type": "standard", "label": "Full name", "name": "fullName", "type": "text", "required": false, "enabled": false},
			{"field_type": "standard", "label": "Phone number", "name": "phoneNumber", "type": "text", "required": false, "enabled": false},
		},
	}
}

// preChatOptions leaves of the options and their fields the keys that the server knows.
func preChatOptions(options object) object {
	kept := pick(options, "pre_chat_message", "require_email")

	rows, isList := options["pre_chat_fields"].([]any)
	if !isList {
		kept["pre_chat_fields"] = options["pre_chat_fields"]
		return kept
	}

	kept["pre_chat_fields"] = mapped(rows, func(row any) object {
		field, _ := row.(object)

		return pick(field, "field_type", "label", "placeholder", "name", "enabled", "type", "required", "locale", "values",
			"regex_pattern", "regex_cue")
	})

	return kept
}

// pick returns an object of those keys that are there.
func pick(from object, keys ...string) object {
	out := object{}

	for _, key := range keys {
		value, has := from[key]
		if has {
			out[key] = value
		}
	}

	return out
}

// createChannel reads the channel of a new inbox. A row is nil for an unknown type, which the inbox then reports.
func (p *Platform) createChannel(c *call, in *input) (*channel, *sandbox.Reply) {
	sub := in.sub("channel")
	if sub == nil {
		reply := crash(c.Request, "an inbox without channel")
		return nil, &reply
	}

	kind, _ := sub.values["type"].(string)

	spec := channelSpecs[kind]
	if spec == nil {
		return nil, nil
	}

	sub.keep(append(spec.names(), "type"))
	row := p.newChannel(spec, nil)
	p.assignChannel(sub, spec, row.fields)
	p.defaultWidget(spec, row.fields)
	p.askVendor(sub, spec)
	p.validateChannel(&sub.errs, spec, row.fields, row.id)

	if spec.needed != "" && row.fields[spec.needed] == nil {
		sub.refuseColumn("a channel without %s", spec.needed)
	}

	return row, sub.done(p)
}

func (p *Platform) defaultWidget(spec *channelSpec, fields object) {
	if spec.class == "Channel::WebWidget" {
		p.defaultPreChat(fields)
	}
}

// updateChannel hands the whole object to the row, type included, which the row does not know.
func (p *Platform) updateChannel(c *call, i *inbox, in *input) (object, *sandbox.Reply) {
	sub := in.sub("channel")
	if sub == nil {
		return i.channel.fields, nil
	}

	if sub.has("type") {
		reply := crash(c.Request, "channel.type on update: the row has no such attribute")
		return nil, &reply
	}

	spec := i.channel.spec
	sub.keep(spec.names())

	fields := maps.Clone(i.channel.fields)
	p.assignChannel(sub, spec, fields)
	p.defaultWidget(spec, fields)
	p.askVendor(sub, spec)
	p.validateChannel(&sub.errs, spec, fields, i.channel.id)
	p.checkVoice(&sub.errs, i.channel.fields, fields)

	return fields, sub.done(p)
}

// mailTestFails runs the connection test of an e-mail inbox's update. Its failure comes after the row was saved.
func (p *Platform) mailTestFails(i *inbox) *sandbox.Reply {
	fields := i.channel.fields
	if i.channel.kind != "Channel::Email" || !p.switches.MailServersUnreachable {
		return nil
	}

	if fields["imap_enabled"] != true && fields["smtp_enabled"] != true {
		return nil
	}

	reply := answer(http.StatusUnprocessableEntity, object{"message": "Network is unreachable, connection to the mail server failed"})

	return &reply
}
