package chatlake

import (
	"bytes"
	"fmt"
	"image"
	_ "image/gif"  // Pictures are measured.
	_ "image/jpeg" // Pictures are measured.
	_ "image/png"  // Pictures are measured.
	"net/http"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// messageKind is written as its number.
type messageKind int

const (
	incoming messageKind = iota
	outgoing
	activity
	template
)

var messageKinds = []string{"incoming", "outgoing", "activity", "template"}

var contentTypes = []string{
	"text", "input_text", "input_textarea", "input_email", "input_select", "cards", "form", "article", "incoming_email",
	"input_csat", "integrations", "sticker", "voice_call",
}

var messageStatuses = []string{"sent", "delivered", "read", "failed"}

const maxContent = 150_000

type message struct {
	id               int64
	conversation     *conversation
	content          *string
	kind             messageKind
	contentType      string
	status           string
	attributes       object // content_attributes
	additional       object
	private          bool
	sourceID         *string
	echoID           *string
	user             *user // Who sent it, if a user, a bot or the contact did.
	bot              *agentBot
	contact          *contact
	attachments      []*attachment
	created, updated time.Time
}

type attachment struct {
	id            int64
	blob          *blob
	width, height int // Of a picture, once a job has measured it.
}

// measure looks at a picture.
func (a *attachment) measure() {
	config, _, err := image.DecodeConfig(bytes.NewReader(a.blob.file.data))
	if err == nil {
		a.width, a.height = config.Width, config.Height
	}
}

func (a *attachment) json(p *Platform, m *message) object {
	kind := "file"

	for _, media := range []string{"image", "audio", "video"} {
		if len(a.blob.file.contentType) > len(media) && a.blob.file.contentType[:len(media)] == media {
			kind = media
		}
	}

	address := p.blobURL(a.blob)

	thumb := ""
	if kind == "image" {
		thumb = address
	}

	out := object{
		"id": a.id, "message_id": m.id, "file_type": kind, "account_id": m.conversation.account.id,
		"extension": nil, "data_url": address, "thumb_url": thumb, "file_size": len(a.blob.file.data), "width": nil,
		"height": nil,
	}

	if a.width > 0 {
		out["width"], out["height"] = a.width, a.height
	}

	if p.has(attachmentTypes) {
		out["content_type"] = a.blob.file.contentType
		out["extension"] = nullable(strings.TrimPrefix(path.Ext(a.blob.file.name), "."))
	}

	return out
}

type messageJSON struct {
	ID                int64       `json:"id"`
	Content           *string     `json:"content"`
	InboxID           int64       `json:"inbox_id"`
	EchoID            *string     `json:"echo_id,omitempty"`
	ConversationID    int64       `json:"conversation_id"`
	MessageType       messageKind `json:"message_type"`
	ContentType       *string     `json:"content_type"`
	Status            string      `json:"status"`
	ContentAttributes object      `json:"content_attributes"`
	CreatedAt         int64       `json:"created_at"`
	Private           bool        `json:"private"`
	SourceID          *string     `json:"source_id"`
	Sender            object      `json:"sender,omitempty"`
	Attachments       []object    `json:"attachments,omitempty"`
}

func (p *Platform) messageJSON(m *message) messageJSON {
	out := messageJSON{
		ID: m.id, Content: m.content, InboxID: m.conversation.inbox.id, ConversationID: m.conversation.display,
		MessageType: m.kind, ContentType: &m.contentType, Status: m.status, ContentAttributes: m.attributes,
		CreatedAt: epoch(m.created), Private: m.private, SourceID: m.sourceID, Sender: p.senderJSON(m),
	}
	for _, a := range m.attachments {
		out.Attachments = append(out.Attachments, a.json(p, m))
	}

	if p.switches.PageShapes {
		out.ContentType = nil
	}

	return out
}

func (p *Platform) senderJSON(m *message) object {
	switch {
	case m.user != nil:
		return p.userEvent(m.user, m.conversation.account.id)
	case m.bot != nil:
		return p.botEvent(m.bot)
	case m.contact != nil:
		return p.contactEvent(m.contact)
	}

	return nil
}

// messageEvent is the message inside of a conversation: the row with all its columns.
func (p *Platform) messageEvent(m *message) object {
	conv := m.conversation

	out := object{
		"id": m.id, "content": m.content, "account_id": conv.account.id, "inbox_id": conv.inbox.id,
		"conversation_id": conv.display, "message_type": m.kind, "created_at": epoch(m.created),
		"updated_at": iso(m.updated), "private": m.private, "status": m.status, "source_id": m.sourceID,
		"content_type": m.contentType, "content_attributes": m.attributes, "sender_type": nil, "sender_id": nil,
		"external_source_ids": object{}, "additional_attributes": m.additional, "processed_message_content": m.content,
		"sentiment": object{},
		"conversation": object{
			"assignee_id": nil, "unread_count": conv.unread(), "last_activity_at": epoch(conv.lastActivity),
			"contact_inbox": object{"source_id": conv.session.sourceID},
		},
	}
	if conv.assignee != nil {
		out["conversation"].(object)["assignee_id"] = conv.assignee.id //nolint:forcetypeassert,errcheck // Made above.
	}

	sender := p.senderJSON(m)
	if sender != nil {
		out["sender"], out["sender_id"] = sender, sender["id"]
		out["sender_type"] = m.senderType()
	}

	if len(m.attachments) > 0 {
		out["attachments"] = mapped(m.attachments, func(a *attachment) object { return a.json(p, m) })
	}

	return out
}

func (m *message) senderType() any {
	switch {
	case m.user != nil:
		return "User"
	case m.bot != nil:
		return "AgentBot"
	case m.contact != nil:
		return "Contact"
	}

	return nil
}

// createMessage answers 422 to whatever goes wrong, exceptions included.
func (p *Platform) createMessage(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, messageFields...)
	if refused != nil {
		return *refused
	}

	m, raised, problem := p.buildMessage(c, conv, in)
	if raised {
		c.Complain("message: %s", problem)
	}

	if problem != "" {
		return *refuse(http.StatusUnprocessableEntity, problem)
	}

	p.keepMessage(m)
	out := p.messageJSON(m)
	out.EchoID = m.echoID

	return ok(out)
}

// keepMessage stores a new message and does what follows from it.
func (p *Platform) keepMessage(m *message) {
	conv := m.conversation
	m.id, m.created = p.nextID("messages"), p.core.Now()
	m.updated = m.created
	first := !slices.ContainsFunc(conv.messages, func(o *message) bool { return o.kind == incoming })
	conv.messages = append(conv.messages, m)
	p.messages[m.id] = m

	for _, a := range m.attachments {
		p.later(a.measure)
	}

	conv.lastActivity = m.created
	p.touch(conv)

	switch {
	case m.kind == incoming:
		conv.contact.lastActivity = m.created
		if conv.waitingSince.IsZero() {
			conv.waitingSince = m.created
		}

		p.reopen(conv)
		p.templateReplies(conv, first)
	case m.kind == outgoing && !m.private && m.user != nil:
		if conv.firstReply.IsZero() {
			conv.firstReply = m.created
			p.count(conv, "first_response", m.user, conv.created)
		} else if !conv.waitingSince.IsZero() {
			p.count(conv, "reply_time", m.user, conv.waitingSince)
		}

		conv.waitingSince = time.Time{}
	}
}

// reopen is what an incoming message does to a conversation that was put away.
func (p *Platform) reopen(conv *conversation) {
	if conv.contact.blocked {
		return
	}

	switch conv.status {
	case "resolved":
		status := "open"
		if conv.inbox.bot != nil {
			status = "pending"
		}

		p.setStatus(conv, status, time.Time{}, "the system")
	case "snoozed":
		p.setStatus(conv, "open", time.Time{}, "the system")
	}
}

// templateReplies are the messages that an inbox sends by itself.
func (p *Platform) templateReplies(conv *conversation, first bool) {
	reply := func(content string) {
		p.keepMessage(&message{
			conversation: conv, content: &content, kind: template, contentType: "text", status: "sent",
			attributes: object{}, additional: object{},
		})
	}

	i := conv.inbox
	if i.workingHoursEnabled != nil && *i.workingHoursEnabled && presence(i.outOfOfficeMessage) != nil && p.outOfOffice(i) {
		reply(*i.outOfOfficeMessage)
	}

	if first && i.greetingEnabled != nil && *i.greetingEnabled && presence(i.greetingMessage) != nil {
		reply(*i.greetingMessage)
	}
}

// outOfOffice takes the hours in UTC if the zone is not known here.
func (p *Platform) outOfOffice(i *inbox) bool {
	now := p.core.Now()
	if zone, err := time.LoadLocation(deref(i.timezone)); err == nil {
		now = now.In(zone)
	}

	hours := i.hours[now.Weekday()]
	if hours.ClosedAllDay || hours.OpenHour == nil || hours.CloseHour == nil {
		return true
	}

	minute := int64(now.Hour()*60 + now.Minute())

	opens, shuts := *hours.OpenHour*60, *hours.CloseHour*60
	if hours.OpenMinutes != nil && hours.CloseMinutes != nil {
		opens, shuts = opens+*hours.OpenMinutes, shuts+*hours.CloseMinutes
	}

	return minute < opens || minute >= shuts
}

// logActivity writes what happened to a conversation, in a job as the vendor does.
func (p *Platform) logActivity(conv *conversation, text string) {
	if !p.switches.ActivityMessages {
		return
	}

	p.later(func() {
		_, found := p.conversations.Get(conversationKey{conv.account.id, conv.display})
		if !found {
			return
		}

		p.keepMessage(&message{
			conversation: conv, content: &text, kind: activity, contentType: "text", status: "sent",
			attributes: object{}, additional: object{},
		})
	})
}

// listMessages is a window: the latest 20, 20 before an id, 100 after one, or up to 1000 between two.
func (p *Platform) listMessages(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	query := c.URL.Query()

	rows := conv.messages
	if query.Get("filter_internal_messages") != "" {
		rows = slices.DeleteFunc(slices.Clone(rows), func(m *message) bool { return m.private || m.kind == activity })
	}

	meta := object{
		"labels": p.shuffledTags(conv.labels), "additional_attributes": conv.additional,
		"contact": p.contactEvent(conv.contact), "agent_last_seen_at": isoOrNull(conv.agentSeen),
		"assignee_last_seen_at": isoOrNull(conv.assigneeSeen),
	}
	if conv.assignee != nil {
		meta["assignee"] = p.userEvent(conv.assignee, c.account.id)
	}

	rows = p.messageWindow(c, rows, query.Get("after"), query.Get("before"))

	return ok(object{"meta": meta, "payload": mapped(rows, p.messageJSON)})
}

func (p *Platform) messageWindow(c *call, rows []*message, after, before string) []*message {
	number := func(name, text string) int64 {
		n, err := strconv.ParseInt(text, 10, 64)
		if err != nil && text != "" {
			c.Complain("%s=%s is not an id", name, text)
		}

		return n
	}

	from, to := number("after", after), number("before", before)
	if after != "" && !p.has(messageAfter) {
		c.Complain("after came with 2.12.0")

		after = ""
	}

	if after != "" && before != "" && !p.has(messageBetween) {
		c.Complain("after and before together came with 2.16.0")

		after = ""
	}

	pick := func(fits func(int64) bool) []*message {
		return slices.DeleteFunc(slices.Clone(rows), func(m *message) bool { return !fits(m.id) })
	}
	first := func(rows []*message, n int) []*message { return rows[:min(n, len(rows))] }
	last := func(rows []*message, n int) []*message { return rows[max(0, len(rows)-n):] }

	switch {
	case after != "" && before != "":
		return first(pick(func(id int64) bool { return id >= from && id < to }), 1000)
	case after != "":
		return first(pick(func(id int64) bool { return id > from }), 100)
	case before != "":
		return last(pick(func(id int64) bool { return id < to }), 20)
	}

	return last(slices.Clone(rows), 20)
}

func (c *call) findMessage() (*message, *sandbox.Reply) {
	conv, refused := c.findConversation()
	if refused != nil {
		return nil, refused
	}

	m := c.p.messages[c.id("message")]
	if m == nil || m.conversation != conv {
		reply := notFound()
		return nil, &reply
	}

	return m, nil
}

// updateMessage takes a delivery status, of API inboxes only. What it does not understand, it skips.
func (p *Platform) updateMessage(c *call) sandbox.Reply {
	m, refused := c.findMessage()
	if refused != nil {
		return *refused
	}

	if m.conversation.inbox.channel.kind != "Channel::Api" {
		return *refuse(http.StatusForbidden, "Message status update is only allowed for API inboxes")
	}

	in, refused := read(c.Request, "status", "external_error")
	if refused != nil {
		return *refused
	}

	var reason *string
	in.optString("external_error", &reason, maxText)

	status, _ := in.values["status"].(string)
	switch {
	case !slices.Contains(messageStatuses, status):
		c.Complain("status %q changes nothing: one of %v", status, messageStatuses)
	case m.status == "read" && status == "delivered":
	case p.flooded(m.conversation):
		return p.tooMany()
	default:
		p.setMessageStatus(m, status, reason)
	}

	return ok(p.messageJSON(m))
}

func (p *Platform) setMessageStatus(m *message, status string, reason *string) {
	m.status, m.updated = status, p.core.Now()
	m.attributes = cloneObject(m.attributes)
	delete(m.attributes, "external_error")

	if status == "failed" && reason != nil {
		m.attributes["external_error"] = *reason
	}
}

// flooded counts what the conversation got within a minute.
func (p *Platform) flooded(conv *conversation) bool {
	limit := p.switches.MessagesPerMinute
	if limit == 0 || len(conv.messages) < limit {
		return false
	}

	return p.core.Now().Sub(conv.messages[len(conv.messages)-limit].created) < time.Minute
}

func (p *Platform) tooMany() sandbox.Reply {
	var v invalid
	v.add("base", "Too many messages")

	return *v.reply(p)
}

// deleteMessage leaves a tombstone, once and again.
func (p *Platform) deleteMessage(c *call) sandbox.Reply {
	m, refused := c.findMessage()
	if refused != nil {
		return *refused
	}

	if p.flooded(m.conversation) {
		return p.tooMany()
	}

	p.bury(m)

	return ok(p.messageJSON(m))
}

// bury turns a message into its tombstone, whose words follow the reader's language.
func (p *Platform) bury(m *message) {
	text := "This message was deleted"
	if p.switches.LocalizedErrors {
		text = "Ce message a été supprimé"
	}

	m.content, m.contentType, m.attributes, m.attachments = &text, "text", object{"deleted": true}, nil
	m.updated = p.core.Now()
}

// retryMessage turns every error into 422, even one for a message that is not there.
func (p *Platform) retryMessage(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	m := p.messages[c.id("message")]
	if m == nil || m.conversation != conv {
		id := c.PathValue("message")
		if p.has(rubyQuotes) {
			id = strconv.Quote(id)
		}

		return *refuse(http.StatusUnprocessableEntity,
			fmt.Sprintf(`Couldn't find Message with 'id'=%s [WHERE "messages"."conversation_id" = $1]`, id))
	}

	p.setMessageStatus(m, "sent", nil)

	return ok(p.messageJSON(m))
}
