package chatlake

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// The client API is how a customer's side of an API inbox speaks: no token, but the inbox's identifier in the path.

func (c *call) publicInbox() (*inbox, *sandbox.Reply) {
	identifier := c.PathValue("identifier")

	i, found := c.p.inboxes.Find(func(i *inbox) bool {
		return i.channel.kind == "Channel::Api" && i.channel.fields["identifier"] == identifier
	})
	if !found {
		reply := c.p.unknownPath(c.Request)
		return nil, &reply
	}

	return i, nil
}

func (c *call) publicSession() (*session, *sandbox.Reply) {
	i, refused := c.publicInbox()
	if refused != nil {
		return nil, refused
	}

	s, found := c.p.sessions[sessionKey{i.id, c.PathValue("source")}]
	if !found || s.contact.gone {
		reply := c.p.unknownPath(c.Request)
		return nil, &reply
	}

	return s, nil
}

func (c *call) publicConversation() (*conversation, *sandbox.Reply) {
	s, refused := c.publicSession()
	if refused != nil {
		return nil, refused
	}

	conv, found := c.p.conversations.Get(conversationKey{s.inbox.account, c.id("conversation")})
	if !found || conv.session != s {
		reply := c.p.unknownPath(c.Request)
		return nil, &reply
	}

	return conv, nil
}

func (p *Platform) publicShowInbox(c *call) sandbox.Reply {
	i, refused := c.publicInbox()
	if refused != nil {
		return *refused
	}

	return ok(object{
		"identifier": i.channel.fields["identifier"], "name": i.name, "timezone": i.timezone, "working_hours": i.hours,
		"working_hours_enabled": i.workingHoursEnabled, "csat_survey_enabled": i.csatSurveyEnabled,
		"greeting_enabled": i.greetingEnabled, "identity_validation_enabled": i.channel.fields["hmac_mandatory"],
	})
}

func publicContactJSON(s *session) object {
	return object{
		"source_id": s.sourceID, "pubsub_token": s.pubsubToken, "id": s.contact.id, "name": s.contact.name,
		"email": s.contact.email, "phone_number": s.contact.phone,
	}
}

// contactRow is the row with all its columns.
func (p *Platform) contactRow(x *contact) object {
	out := object{
		"id": x.id, "name": x.name, "email": x.email, "phone_number": x.phone, "identifier": x.identifier,
		"account_id": x.account, "additional_attributes": x.additional, "custom_attributes": x.custom,
		"blocked": x.blocked, "contact_type": "visitor", "country_code": nil, "location": nil, "last_name": "",
		"middle_name": "", "last_activity_at": isoOrNull(x.lastActivity), "created_at": iso(x.created),
		"updated_at": iso(x.updated), "label_list": []string{},
	}

	if x.resolved() {
		out["contact_type"] = "lead"
	}

	if p.switches.Enterprise && p.has(contactCompany) {
		out["company_id"] = x.companyID()
	}

	return out
}

// randomName is what the server calls somebody without a name.
func (p *Platform) randomName() string {
	first := []string{"frosty", "weathered", "thrumming", "quiet", "small"}
	second := []string{"sea", "smoke", "cloud", "river", "field"}

	return fmt.Sprintf("%s-%s-%d", first[p.core.Intn(len(first))], second[p.core.Intn(len(second))], p.core.Intn(1000))
}

var publicContactFields = []string{
	"identifier", "identifier_hash", "email", "name", "phone_number", "avatar", "avatar_url*", "custom_attributes{}",
}

// publicCreateContact finds the person by source, identifier, email or phone before it makes one.
func (p *Platform) publicCreateContact(c *call) sandbox.Reply {
	i, refused := c.publicInbox()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, append([]string{"source_id*"}, publicContactFields...)...)
	if refused != nil {
		return *refused
	}

	verified, refused := verifyIdentity(i, in)
	if refused != nil {
		return *refused
	}

	source, _ := in.values["source_id"].(string)

	s, known := p.sessions[sessionKey{i.id, source}]
	if known {
		return ok(publicContactJSON(s))
	}

	if source == "" {
		source = p.newUUID()
	}

	x := p.knownContact(i.account, in)
	if x == nil {
		x = &contact{account: i.account, name: new(string), additional: object{}, custom: object{}, created: p.core.Now()}

		refused := p.assignContact(c, x, in)
		if refused != nil {
			return *refused
		}

		if presence(x.name) == nil {
			x.name = new(p.randomName())
		}

		x.id = p.nextID("contacts")
		p.keepContact(x)
		p.afterContactSave(x, in, nil)
	}

	return ok(publicContactJSON(p.addSession(i, x, source, verified)))
}

func (p *Platform) knownContact(account int64, in *input) *contact {
	for _, column := range []string{"identifier", "email", "phone_number"} {
		value, _ := in.values[column].(string)
		if column == "email" {
			value = strings.ToLower(value)
		}

		id, known := p.contactKeys[contactKey{account, column, value}]
		if known && value != "" {
			x, _ := p.contacts.Get(id)
			return x
		}
	}

	return nil
}

// verifyIdentity checks the hash that an inbox may insist on.
func verifyIdentity(i *inbox, in *input) (verified bool, refused *sandbox.Reply) {
	hash, _ := in.values["identifier_hash"].(string)
	delete(in.values, "identifier_hash")

	if hash == "" && i.channel.fields["hmac_mandatory"] != true {
		return false, nil
	}

	key, _ := i.channel.fields["hmac_token"].(string)
	identifier, _ := in.values["identifier"].(string)
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(identifier))

	if !hmac.Equal([]byte(hash), []byte(hex.EncodeToString(mac.Sum(nil)))) {
		return false, refuse(http.StatusUnauthorized, "HMAC failed: Invalid Identifier Hash Provided")
	}

	return true, nil
}

func (p *Platform) publicShowContact(c *call) sandbox.Reply {
	s, refused := c.publicSession()
	if refused != nil {
		return *refused
	}

	return ok(publicContactJSON(s))
}

func (p *Platform) publicUpdateContact(c *call) sandbox.Reply {
	s, refused := c.publicSession()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, publicContactFields...)
	if refused != nil {
		return *refused
	}

	s.hmacVerified, refused = verifyIdentity(s.inbox, in)
	if refused != nil {
		return *refused
	}

	draft := *s.contact

	draft.additional, draft.custom = cloneObject(draft.additional), cloneObject(draft.custom)

	refused = p.assignContact(c, &draft, in)
	if refused != nil {
		return *refused
	}

	before := s.contact.email

	p.dropContactKeys(s.contact)
	*s.contact = draft
	p.keepContact(s.contact)
	p.afterContactSave(s.contact, in, before)

	return ok(p.contactRow(s.contact))
}

func (p *Platform) publicConversationJSON(conv *conversation) object {
	messages := []object{}
	for _, m := range conv.messages {
		if !m.private && m.kind != activity {
			messages = append(messages, p.publicMessageJSON(m))
		}
	}

	return object{
		"id": conv.display, "uuid": conv.uuid, "inbox_id": conv.inbox.id, "contact_last_seen_at": epoch(conv.contactSeen),
		"status": conv.status, "agent_last_seen_at": epoch(conv.agentSeen), "messages": messages,
		"contact": p.contactRow(conv.contact),
	}
}

func (p *Platform) publicMessageJSON(m *message) object {
	out := object{
		"id": m.id, "content": m.content, "message_type": m.kind, "content_type": m.contentType,
		"content_attributes": m.attributes, "created_at": epoch(m.created), "conversation_id": m.conversation.display,
	}

	sender := p.senderJSON(m)
	if sender != nil {
		out["sender"] = sender
	}

	if len(m.attachments) > 0 {
		out["attachments"] = mapped(m.attachments, func(a *attachment) object { return a.json(p, m) })
	}

	return out
}

func (p *Platform) publicListConversations(c *call) sandbox.Reply {
	s, refused := c.publicSession()
	if refused != nil {
		return *refused
	}

	rows := []object{}

	for _, conv := range s.contact.conversations {
		if conv.session == s {
			rows = append(rows, p.publicConversationJSON(conv))
		}
	}

	return ok(rows)
}

func (p *Platform) publicCreateConversation(c *call) sandbox.Reply {
	s, refused := c.publicSession()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "custom_attributes{}")
	if refused != nil {
		return *refused
	}

	conv := p.newConversation(s)

	custom, sent := in.hash("custom_attributes")
	if sent {
		conv.custom = custom
	}

	p.overrideStatus(conv)
	p.checkAssignee(conv, false)
	p.keepConversation(conv)

	return ok(p.publicConversationJSON(conv))
}

func (p *Platform) publicShowConversation(c *call) sandbox.Reply {
	conv, refused := c.publicConversation()
	if refused != nil {
		return *refused
	}

	return ok(p.publicConversationJSON(conv))
}

func (p *Platform) publicToggleStatus(c *call) sandbox.Reply {
	conv, refused := c.publicConversation()
	if refused != nil {
		return *refused
	}

	status := "open"
	if conv.status == "open" {
		status = "resolved"
	}

	p.setStatus(conv, status, time.Time{}, deref(conv.contact.name))

	return ok(p.publicConversationJSON(conv))
}

func (p *Platform) publicMarkSeen(c *call) sandbox.Reply {
	conv, refused := c.publicConversation()
	if refused != nil {
		return *refused
	}

	conv.contactSeen = p.core.Now()

	return empty(http.StatusOK)
}

func (p *Platform) publicListMessages(c *call) sandbox.Reply {
	conv, refused := c.publicConversation()
	if refused != nil {
		return *refused
	}

	return ok(p.publicConversationJSON(conv)["messages"])
}

// publicCreateMessage is always incoming.
func (p *Platform) publicCreateMessage(c *call) sandbox.Reply {
	conv, refused := c.publicConversation()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "content", "echo_id", "attachments*")
	if refused != nil {
		return *refused
	}

	in.values["message_type"] = "incoming"

	m, _, problem := p.buildMessage(c, conv, in)
	if problem != "" {
		return *refuse(http.StatusUnprocessableEntity, problem)
	}

	p.keepMessage(m)

	return ok(p.publicMessageJSON(m))
}
