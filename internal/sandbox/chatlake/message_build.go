package chatlake

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

var messageFields = []string{
	"content*", "message_type*", "private*", "content_type*", "content_attributes*", "template_params*", "campaign_id*",
	"source_id*", "echo_id*", "external_created_at*", "sender_type*", "sender_id*", "attachments*", "cc_emails*",
	"bcc_emails*", "to_emails*", "email_html_content*",
}

const maxAttachments = 15

// itemKeys are what items of a content type may hold; the types listed need items.
var itemKeys = map[string][]string{
	"input_select": {"title", "value"},
	"cards":        {"title", "description", "media_url", "actions"},
	"form":         {"type", "placeholder", "label", "name", "options", "default", "required", "pattern", "title", "pattern_error"},
	"article":      {"title", "description", "link"},
}

var actionKeys = []string{"text", "type", "payload", "uri"}

// buildMessage makes a message of what was sent. A problem is the text of a refusal; raised says that a client's mistake
// made the server stumble rather than its validations.
func (p *Platform) buildMessage(c *call, conv *conversation, in *input) (m *message, raised bool, problem string) {
	m = &message{
		conversation: conv, kind: outgoing, contentType: "text", status: "sent", attributes: object{}, additional: object{},
	}
	if problem := readMessageEnums(in, m); problem != "" {
		return nil, true, problem
	}

	if m.kind == incoming && conv.inbox.channel.kind != "Channel::Api" {
		return nil, false, "Incoming messages are only allowed in Api inboxes"
	}

	if m.kind == activity || m.kind == template {
		c.Complain("message_type %s is not for clients", messageKinds[m.kind])
	}

	in.optString("content", &m.content, 1<<30)
	in.optString("source_id", &m.sourceID, maxText)

	if in.has("source_id") && !p.since("3.4.0") {
		c.Complain("source_id came with 3.4.0")

		m.sourceID = nil
	}

	in.optString("echo_id", &m.echoID, maxText)

	if !in.isNull("private") {
		in.flag("private", &m.private)
	}

	if problem := p.readContentAttributes(in, m); problem != "" {
		return nil, true, problem
	}

	if problem := p.readSender(c, in, m); problem != "" {
		return nil, true, problem
	}

	problems := validateMessage(m)
	if problem := p.readAttachments(in, m); problem != "" {
		problems = append(problems, problem)
	}

	if p.flooded(conv) {
		problems = append(problems, "Too many messages")
	}

	if len(problems) > 0 {
		return nil, false, "Validation failed: " + strings.Join(problems, ", ")
	}

	if m.content != nil && (m.kind == outgoing || m.kind == template) {
		rendered := p.renderLiquid(*m.content, m)
		m.content = &rendered
	}

	return m, false, ""
}

func readMessageEnums(in *input, m *message) string {
	value, sent := in.values["message_type"]
	if sent && value != nil && value != "" {
		name, good := enumName(value, messageKinds)
		if !good {
			return fmt.Sprintf("'%v' is not a valid message_type", value)
		}

		m.kind = messageKind(slices.Index(messageKinds, name))
	}

	value, sent = in.values["content_type"]
	if sent && value != nil {
		name, good := enumName(value, contentTypes)
		if !good {
			return fmt.Sprintf("'%v' is not a valid content_type", value)
		}

		if name != "" {
			m.contentType = name
		}
	}

	return ""
}

// readContentAttributes takes an object or its JSON as a string.
func (p *Platform) readContentAttributes(in *input, m *message) string {
	value := in.values["content_attributes"]
	switch value := value.(type) {
	case nil:
	case object:
		m.attributes = cloneObject(value)
	case string:
		decoder := json.NewDecoder(strings.NewReader(value))
		decoder.UseNumber()

		if err := decoder.Decode(&m.attributes); err != nil || m.attributes == nil {
			in.req.Complain("content_attributes is no JSON object: the server takes an empty one")

			m.attributes = object{}
		}
	default:
		in.req.Complain("content_attributes is no object")
	}

	rule, has := m.attributes["automation_rule_id"]
	if has {
		m.attributes = object{"automation_rule_id": rule}
	}

	at, sent := in.values["external_created_at"]
	if sent && at != nil {
		m.attributes["external_created_at"] = at
	}

	reply, has := m.attributes["in_reply_to"]
	if has && reply != nil {
		p.linkReply(m, reply)
	}

	p.readMail(in, m)

	return p.readTemplate(in, m)
}

// linkReply keeps a reference only to a message of the same conversation.
func (p *Platform) linkReply(m *message, reply any) {
	m.attributes["in_reply_to"], m.attributes["in_reply_to_external_id"] = nil, nil
	for _, o := range m.conversation.messages {
		if fmt.Sprint(o.id) == scalarText(reply) {
			m.attributes["in_reply_to"], m.attributes["in_reply_to_external_id"] = o.id, o.sourceID
		}
	}
}

// readMail reads the addresses of e-mail inboxes.
func (p *Platform) readMail(in *input, m *message) {
	mail := m.conversation.inbox.channel.kind == "Channel::Email"

	for _, key := range []string{"cc_emails", "bcc_emails", "to_emails"} {
		text, _ := in.values[key].(string)
		if text == "" {
			continue
		}

		if !mail {
			in.req.Complain("%s in an inbox that is not for e-mail", key)
			continue
		}

		addresses := []string{}
		for address := range strings.SplitSeq(text, ",") {
			addresses = append(addresses, strings.ToLower(strings.TrimSpace(address)))
		}

		m.attributes[key] = addresses
	}

	html, _ := in.values["email_html_content"].(string)

	content, _ := in.values["content"].(string)
	if mail && m.kind == outgoing && content != "" {
		if html == "" {
			html = "<p>" + content + "</p>\n"
		}
		// Unverified: the exact keys of the e-mail that the server keeps.
		m.attributes["email"] = object{
			"html_content": object{"full": html, "reply": html}, "text_content": object{"full": content, "reply": content},
		}
	}
}

// readTemplate keeps what the message endpoints never show again.
func (p *Platform) readTemplate(in *input, m *message) string {
	if campaign, sent := in.values["campaign_id"]; sent && campaign != nil {
		m.additional["campaign_id"] = campaign
	}

	params, sent := in.hash("template_params")
	if !sent {
		return ""
	}

	if !p.since("2.6.0") {
		in.req.Complain("template_params came with 2.6.0")
		return ""
	}

	name, _ := params["name"].(string)
	if name == "" {
		return "Validation failed: Additional attributes template_params: name is required"
	}

	for key := range params {
		if !slices.Contains([]string{"name", "category", "language", "namespace", "processed_params"}, key) {
			in.req.Complain("unknown field %q in template_params", key)
		}
	}

	m.additional["template_params"] = params

	return ""
}

// readSender finds whom the message is from.
func (p *Platform) readSender(c *call, in *input, m *message) string {
	kind, _ := in.values["sender_type"].(string)

	var id *int64
	in.whole("sender_id", &id)

	switch {
	case m.kind == incoming:
		m.contact = m.conversation.contact
		return ""
	case kind == "AgentBot" && id != nil:
		bot, found := p.bots.Get(*id)
		if !found || bot.account != 0 && bot.account != c.account.id {
			return "Couldn't find AgentBot"
		}

		m.bot = bot

		return ""
	case kind != "" && kind != "User":
		c.Complain("sender_type %q", kind)
	}

	m.user, m.bot = c.user, c.bot

	return ""
}

func validateMessage(m *message) []string {
	var problems []string
	if m.content != nil && utf8.RuneCountInString(*m.content) > maxContent {
		problems = append(problems, "Content is too long (maximum is 150000 characters)")
	}

	keys, needsItems := itemKeys[m.contentType]
	if !needsItems {
		return problems
	}

	rows, _ := m.attributes["items"].([]any)
	if len(rows) == 0 {
		return append(problems, "Content attributes At least one item is required.")
	}

	for _, row := range rows {
		item, isObject := row.(object)
		if !isObject {
			return append(problems, "Content attributes Items should be a hash.")
		}

		bad := strangers(item, keys)
		if bad != "" {
			return append(problems, "Content attributes contains invalid keys for items : ["+bad+"]")
		}

		if m.contentType != "cards" {
			continue
		}

		actions, _ := item["actions"].([]any)
		if len(actions) == 0 {
			return append(problems, "Content attributes contains items missing actions")
		}

		for _, row := range actions {
			action, _ := row.(object)

			bad := strangers(action, actionKeys)
			if bad != "" {
				return append(problems, "Content attributes contains invalid keys for actions:  ["+bad+"]")
			}
		}
	}

	return problems
}

func strangers(item object, keys []string) string {
	var bad []string

	for _, key := range sortedKeys(item) {
		if !slices.Contains(keys, key) {
			bad = append(bad, ":"+key)
		}
	}

	return strings.Join(bad, ", ")
}

// readAttachments takes files, or the signed ids of earlier uploads.
func (p *Platform) readAttachments(in *input, m *message) string {
	for _, f := range slices.Concat(in.files["attachments[]"], in.files["attachments"]) {
		m.attachments = append(m.attachments, &attachment{id: p.nextID("attachments"), blob: p.storeBlob(f)})
	}

	ids, _ := in.strings("attachments")
	for _, id := range ids {
		b, found := p.signedBlob(id)
		if !found {
			in.req.Complain("attachment %q is no signed id", id)
			return "Attachments must exist"
		}

		m.attachments = append(m.attachments, &attachment{id: p.nextID("attachments"), blob: b})
	}

	if len(m.attachments) > maxAttachments {
		return "Attachments exceeded maximum allowed"
	}

	return ""
}

func cloneObject(from object) object {
	out := maps.Clone(from)
	if out == nil {
		out = object{}
	}

	return out
}
