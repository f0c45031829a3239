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

// itemKeys are what items of a content type may hold; the types listed need items.
var itemKeys = map[string][]string{
	"input_select": {"title", "value"},
	"cards":        {"title", "description", "media_url", "actions"},
	"form":         {"type", "placeholder", "label", "name", "options", "default", "required", "pattern", "title", "pattern_error"},
	"article":      {"title", "description", "link"},
}

var actionKeys = []string{"text", "type", "payload", "uri"}

// buildMessage makes a message of what was sent. A problem is the text of a refusal; raised says that a client's mistake
// made the server fail rather than its validations.
func (p *Platform) buildMessage(c *call, conv *conversation, in *input) (m *message, raised bool, problem string) {
	m = &message{
		conversation: conv, kind: outgoing, contentType: "text", status: "sent", attributes: object{}, additional: object{},
	}

	problem = p.readMessageEnums(in, m)
	if problem != "" {
		return nil, true, problem
	}

	if m.kind == incoming && conv.inbox.channel.kind != "Channel::Api" {
		return nil, false, "Incoming messages are only allowed in Api inboxes"
	}

	if m.kind == activity || m.kind == template {
		c.Complain("message_type %s is not for clients", messageKinds[m.kind])
	}

	p.readMessageTexts(c, in, m)

	problem = p.readContentAttributes(in, m)
	if problem != "" {
		return nil, true, problem
	}

	p.readSender(c, in, m)

	problem = p.readAttachments(in, m)
	if problem != "" {
		return nil, true, problem
	}

	problem = p.unreadableItems(m)
	if problem != "" {
		return nil, true, problem
	}

	problems := validateMessage(m)

	if p.flooded(conv) {
		problems = append(problems, "Too many messages")
	}

	if len(problems) > 0 {
		return nil, false, "Validation failed: " + strings.Join(problems, ", ")
	}

	if in.values["message_type"] == "" {
		return nil, true, nullMessageType
	}

	if m.contentType == "input_csat" && !p.has(messageSurvey) && conv.inbox.channel.kind != "Channel::WebWidget" {
		m.content = new("Please rate this conversation, http://chatlake.sandbox.invalid/survey/responses/" + conv.uuid)
	}

	if m.content != nil && (m.kind == outgoing || m.kind == template) {
		rendered := p.renderLiquid(*m.content, m)
		m.content = &rendered
	}

	return m, false, ""
}

// readMessageTexts reads the texts of a message, and whether it is private.
func (p *Platform) readMessageTexts(c *call, in *input, m *message) {
	value, sent := in.values["content"]
	if sent && !isScalar(value) {
		c.Complain("content is no text")

		in.values["content"] = rubyText(value)
	}

	in.optString("content", &m.content, 1<<30)
	in.optString("source_id", &m.sourceID, maxText)

	if in.has("source_id") && !p.has(messageSource) {
		c.Complain("source_id came with %s", messageSource.since)

		m.sourceID = nil
	}

	in.optString("echo_id", &m.echoID, maxText)

	if !in.isNull("private") {
		in.flag("private", &m.private)
	}
}

// nullMessageType is the database's own sentence, cut before the row that it quotes.
const nullMessageType = "PG::NotNullViolation: ERROR:  null value in column \"message_type\" of relation \"messages\" violates not-null constraint\n"

// rubyText is a list or an object as the server's language writes it into a text.
func rubyText(value any) string {
	raw, err := json.Marshal(value)
	if err != nil {
		return ""
	}

	return strings.ReplaceAll(strings.ReplaceAll(string(raw), `","`, `", "`), `":`, `"=>`)
}

// unreadableItems is the server's sentence about items that its own checks cannot read.
func (p *Platform) unreadableItems(m *message) string {
	quoted := func(method, of string) string {
		if p.has(rubyQuotes) {
			return "undefined method '" + method + "' for " + of
		}

		return "undefined method `" + method + "' for " + of
	}

	_, needsItems := itemKeys[m.contentType]
	if !needsItems {
		return ""
	}

	rows, isList := m.attributes["items"].([]any)
	if !isList {
		return quoted("reject", "nil")
	}

	for _, row := range rows {
		_, isText := row.(string)
		if isText {
			return quoted("keys", "an instance of String")
		}
	}

	return ""
}

// contentTypes are those that the release knows.
func (p *Platform) contentTypes() []string {
	switch {
	case p.has(messageVoiceCall):
		return contentTypes
	case p.has(messageSticker):
		return contentTypes[:len(contentTypes)-1]
	default:
		return contentTypes[:len(contentTypes)-2]
	}
}

func (p *Platform) readMessageEnums(in *input, m *message) string {
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
		name, good := enumName(value, p.contentTypes())
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

	p.limitContent(m)

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

// limitContent leaves of the attributes what the server keeps: a rule's id stands alone, and older releases know few keys.
func (p *Platform) limitContent(m *message) {
	rule, has := m.attributes["automation_rule_id"]
	if has {
		m.attributes = object{"automation_rule_id": rule}
		return
	}

	if p.has(messageFreeContent) {
		return
	}

	for key := range m.attributes {
		if key != "items" && key != "in_reply_to" {
			delete(m.attributes, key)
		}
	}
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
	if mail && !m.private && content != "" {
		if html == "" {
			html = "<p>" + content + "</p>\n"
		}

		email, isObject := m.attributes["email"].(object)
		if !isObject {
			email = object{}
		}

		email["html_content"] = object{"full": html, "reply": html}
		email["text_content"] = object{"full": content, "reply": content}
		m.attributes["email"] = email
	}
}

// readTemplate keeps what the message endpoints never show again.
func (p *Platform) readTemplate(in *input, m *message) string {
	campaign, sent := in.values["campaign_id"]
	if sent && campaign != nil {
		m.additional["campaign_id"] = campaign
	}

	if !in.notBlank("template_params") {
		return ""
	}

	if !p.has(messageTemplates) {
		in.req.Complain("template_params came with %s", messageTemplates.since)
		return ""
	}

	params, isObject := in.hash("template_params")
	if !isObject {
		return "Validation failed: Template params must be of type hash"
	}

	name, _ := params["name"].(string)
	if name == "" {
		return "Validation failed: Name is required"
	}

	for key := range params {
		if !slices.Contains([]string{"name", "category", "language", "namespace", "processed_params"}, key) {
			in.req.Complain("unknown field %q in template_params", key)
		}
	}

	m.additional["template_params"] = params

	return ""
}

// readSender finds whom the message is from: the caller, if the type is outgoing or not said; else the contact.
func (p *Platform) readSender(c *call, in *input, m *message) {
	kind, _ := in.values["sender_type"].(string)

	var id *int64
	in.whole("sender_id", &id)

	value, sent := in.values["message_type"]
	if sent && value != nil && value != "outgoing" {
		m.contact = m.conversation.contact
		return
	}

	if kind == "AgentBot" && id != nil {
		bot, found := p.bots.Get(*id)
		if found && (bot.account == 0 || bot.account == c.account.id) {
			m.bot = bot
			return
		}
	}

	if kind != "" && kind != "User" {
		c.Complain("sender_type %q with sender_id %v", kind, in.values["sender_id"])
	}

	m.user, m.bot = c.user, c.bot
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

	bad := strangersOf(rows, keys)
	if bad != "" {
		problems = append(problems, "Content attributes contains invalid keys for items : ["+bad+"]")
	}

	if m.contentType == "cards" {
		problems = append(problems, validateActions(rows)...)
	}

	return problems
}

// validateActions checks the buttons of cards.
func validateActions(rows []any) []string {
	var all []any

	for _, row := range rows {
		item, _ := row.(object)

		actions, _ := item["actions"].([]any)
		if len(actions) == 0 {
			return []string{"Content attributes contains items missing actions"}
		}

		all = append(all, actions...)
	}

	bad := strangersOf(all, actionKeys)
	if bad != "" {
		return []string{"Content attributes contains invalid keys for actions:  [" + bad + "]"}
	}

	return nil
}

func strangersOf(rows []any, keys []string) string {
	for _, row := range rows {
		item, _ := row.(object)

		bad := strangers(item, keys)
		if bad != "" {
			return bad
		}
	}

	return ""
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

	_, isText := in.values["attachments"].(string)
	if isText {
		in.req.Complain("attachments is no list")
		return "undefined method 'each' for an instance of String"
	}

	ids, _ := in.strings("attachments")
	for _, id := range ids {
		b, found := p.signedBlob(id)
		if !found {
			in.req.Complain("attachment %q is no signed id", id)

			if !p.has(rubyQuotes) {
				return "ActiveSupport::MessageVerifier::InvalidSignature"
			}

			return "mismatched digest"
		}

		if p.isGone(b) {
			in.req.Complain("attachment %q went with what held it", id)
			return fmt.Sprintf("Couldn't find ActiveStorage::Blob with 'id'=%d", b.id)
		}

		b.held = true
		m.attachments = append(m.attachments, &attachment{id: p.nextID("attachments"), blob: b})
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
