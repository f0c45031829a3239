package chatlake

import (
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

var (
	statuses   = []string{"open", "resolved", "pending", "snoozed"}
	priorities = []string{"low", "medium", "high", "urgent"}
)

// conversation is addressed by its number within the account; the row's own id never leaves the server.
type conversation struct {
	id, display                    int64
	uuid                           string
	account                        *account
	inbox                          *inbox
	contact                        *contact
	session                        *session
	status, priority               string
	snoozedUntil                   time.Time
	assignee                       *user
	assigneeBot                    *agentBot
	team                           *team
	labels                         []string
	custom, additional             object
	participants                   []int64
	messages                       []*message
	slaPolicyID                    *int64
	created, updated, lastActivity time.Time
	waitingSince, firstReply       time.Time
	agentSeen, assigneeSeen        time.Time
	contactSeen                    time.Time
}

type conversationKey struct{ account, display int64 }

// decimal is a number that is always written with a fraction, as the vendor's floats are.
type decimal float64

// MarshalJSON writes whole numbers as 1.0.
func (d decimal) MarshalJSON() ([]byte, error) {
	text := strconv.FormatFloat(float64(d), 'f', -1, 64)
	if !strings.Contains(text, ".") {
		text += ".0"
	}

	return []byte(text), nil
}

type conversationJSON struct {
	Meta                   object   `json:"meta"`
	ID                     int64    `json:"id"`
	Messages               []object `json:"messages"`
	AccountID              int64    `json:"account_id"`
	UUID                   string   `json:"uuid,omitempty"`
	AdditionalAttributes   object   `json:"additional_attributes"`
	AgentLastSeenAt        int64    `json:"agent_last_seen_at"`
	AssigneeLastSeenAt     int64    `json:"assignee_last_seen_at"`
	CanReply               bool     `json:"can_reply"`
	ContactLastSeenAt      int64    `json:"contact_last_seen_at"`
	CustomAttributes       object   `json:"custom_attributes"`
	InboxID                int64    `json:"inbox_id"`
	Labels                 []string `json:"labels"`
	Muted                  bool     `json:"muted"`
	SnoozedUntil           any      `json:"snoozed_until"`
	Status                 string   `json:"status"`
	CreatedAt              int64    `json:"created_at"`
	UpdatedAt              *decimal `json:"updated_at,omitempty"`
	Timestamp              int64    `json:"timestamp"`
	FirstReplyCreatedAt    int64    `json:"first_reply_created_at"`
	UnreadCount            int      `json:"unread_count"`
	LastNonActivityMessage any      `json:"last_non_activity_message"`
	LastActivityAt         int64    `json:"last_activity_at"`
	Priority               any      `json:"priority"`
	WaitingSince           int64    `json:"waiting_since"`
	SLAPolicyID            *int64   `json:"sla_policy_id"`
	AppliedSLA             object   `json:"applied_sla,omitempty"`
	SLAEvents              []object `json:"sla_events,omitzero"`
}

func (p *Platform) conversationJSON(conv *conversation) conversationJSON {
	out := conversationJSON{
		Meta: p.conversationMeta(conv), ID: conv.display, Messages: []object{}, AccountID: conv.account.id,
		UUID: conv.uuid, AdditionalAttributes: conv.additional, AgentLastSeenAt: epoch(conv.agentSeen),
		AssigneeLastSeenAt: epoch(conv.assigneeSeen), CanReply: p.canReply(conv),
		ContactLastSeenAt: epoch(conv.contactSeen), CustomAttributes: conv.custom, InboxID: conv.inbox.id,
		Labels: p.shuffledTags(conv.labels), Muted: conv.contact.blocked, SnoozedUntil: isoOrNull(conv.snoozedUntil),
		Status: conv.status, CreatedAt: epoch(conv.created), Timestamp: epoch(conv.lastActivity),
		FirstReplyCreatedAt: epoch(conv.firstReply), UnreadCount: conv.unread(), LastActivityAt: epoch(conv.lastActivity),
		Priority: nullable(conv.priority), WaitingSince: epoch(conv.waitingSince), SLAPolicyID: conv.slaPolicyID,
	}
	if p.has(conversationUpdated) {
		updated := decimal(float64(conv.updated.UnixMicro()) / 1e6)
		out.UpdatedAt = &updated
	}

	if !p.has(conversationUUID) {
		out.UUID = ""
	}

	if p.switches.Enterprise && p.has(conversationSLA) && conv.account.features["sla"] {
		p.showSLA(conv, &out)
	}

	n := len(conv.messages)
	if n > 0 {
		out.Messages = []object{p.messageEvent(conv.messages[n-1])}
	}

	for _, m := range slices.Backward(conv.messages) {
		if m.kind != activity {
			out.LastNonActivityMessage = p.messageEvent(m)
			break
		}
	}

	if p.switches.Noise {
		out.UnreadCount += p.noise
		out.LastActivityAt += int64(p.noise)
		out.Timestamp = out.LastActivityAt
	}

	return out
}

// showSLA tells what a policy has come to. A conversation without one has an empty list of events.
func (p *Platform) showSLA(conv *conversation, out *conversationJSON) {
	out.SLAEvents = []object{}

	r := p.appliedSLAOf(conv)
	if r != nil {
		out.AppliedSLA, out.SLAEvents = r.json(), r.eventsJSON()
	}
}

// conversationMeta leaves out who is not there.
func (p *Platform) conversationMeta(conv *conversation) object {
	meta := object{
		"sender": p.contactJSON(conv.contact, false), "channel": conv.inbox.channel.kind,
		"hmac_verified": conv.session.hmacVerified,
	}
	switch {
	case conv.assigneeBot != nil:
		meta["assignee"], meta["assignee_type"] = p.botEvent(conv.assigneeBot), "AgentBot"
	case conv.assignee != nil:
		meta["assignee"], meta["assignee_type"] = p.agentJSON(conv.assignee, conv.account.id), "User"
	}

	if !p.has(conversationBots) {
		delete(meta, "assignee_type")
	}

	if conv.team != nil {
		meta["team"] = p.teamJSON(conv.team)
	}

	return meta
}

// nullable is null for an empty enumeration.
func nullable(name string) any {
	if name == "" {
		return nil
	}

	return name
}

func (conv *conversation) unread() int {
	n := 0

	for _, m := range conv.messages {
		if m.kind == incoming && m.created.After(conv.agentSeen) {
			n++
		}
	}

	return n
}

// canReply reports whether the window for answers is open, which some channels close a while after the customer's last message.
func (p *Platform) canReply(conv *conversation) bool {
	window := time.Duration(0)

	ch := conv.inbox.channel

	switch {
	case ch.isWhatsApp():
		window = 24 * time.Hour
	case ch.kind == "Channel::Api":
		attributes, _ := conv.inbox.channel.fields["additional_attributes"].(object)
		if hours, err := strconv.Atoi(scalarText(attributes["agent_reply_time_window"])); err == nil {
			window = time.Duration(hours) * time.Hour
		}
	}

	if window == 0 {
		return true
	}

	for _, m := range slices.Backward(conv.messages) {
		if m.kind == incoming {
			return p.core.Now().Sub(m.created) < window
		}
	}

	return false
}

// seesConversation reports whether the actor may see the conversation: administrators, members of the inbox or of the team may.
func (c *call) seesConversation(conv *conversation) bool {
	return c.seesInbox(conv.inbox) || c.p.has(conversationTeams) && conv.team != nil && slices.Contains(conv.team.members, c.user.id)
}

// findConversation is nil after an answer was made.
func (c *call) findConversation() (*conversation, *sandbox.Reply) {
	conv, found := c.p.conversations.Get(conversationKey{c.account.id, c.id("conversation")})
	switch {
	case !found:
		reply := notFound()
		return nil, &reply
	case conv.contact.gone && c.p.switches.OrphanErrors:
		reply := internal()
		return nil, &reply
	case !c.seesConversation(conv):
		reply := forbidden()
		return nil, &reply
	}

	c.p.wake(conv)

	return conv, nil
}

func (p *Platform) showConversation(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	return ok(p.conversationJSON(conv))
}

var conversationFields = []string{
	"source_id*", "inbox_id*", "contact_id*", "additional_attributes*", "custom_attributes*", "status", "assignee_id",
	"team_id", "snoozed_until", "message*",
}

func (p *Platform) createConversation(c *call) sandbox.Reply {
	in, refused := read(c.Request, conversationFields...)
	if refused != nil {
		return *refused
	}

	s, refused := p.sessionForConversation(c, in)
	if refused != nil {
		return *refused
	}

	conv := p.singleConversation(s)
	if conv == nil {
		conv = p.newConversation(s)

		refused := p.assignConversation(c, conv, in)
		if refused != nil {
			return *refused
		}
	}

	first, refused := p.firstMessage(c, conv, in)
	if refused != nil {
		if conv.display == 0 {
			c.account.conversations++ // The number is drawn before the message is refused.
		}

		return *refused
	}

	if conv.display == 0 {
		p.keepConversation(conv)
	}

	if first != nil {
		p.keepMessage(first)
	}

	if p.switches.PageShapes {
		return ok(object{"id": conv.display})
	}

	return ok(p.conversationJSON(conv))
}

// firstMessage reads the optional message; what it refuses rolls the conversation back.
func (p *Platform) firstMessage(c *call, conv *conversation, in *input) (*message, *sandbox.Reply) {
	sub := in.sub("message")
	if sub == nil && in.notBlank("message") {
		reply := crash(c.Request, "message is no object")
		return nil, &reply
	}

	if sub == nil {
		return nil, nil
	}

	sub.keep(messageFields)

	m, raised, problem := p.buildMessage(c, conv, sub)
	switch {
	case raised:
		reply := crash(c.Request, "message: %s", problem)
		return nil, &reply
	case problem != "":
		reply := answer(http.StatusUnprocessableEntity, object{
			"message": strings.TrimPrefix(problem, "Validation failed: "), "attributes": []string{"content"},
		})

		return nil, &reply
	}

	return m, nil
}

// sessionForConversation goes the vendor's three ways: by inbox, contact and source; by inbox and contact; by source.
func (p *Platform) sessionForConversation(c *call, in *input) (*session, *sandbox.Reply) {
	var (
		inboxID, contactID *int64
		sourceID           *string
	)

	in.whole("inbox_id", &inboxID, true)
	in.whole("contact_id", &contactID, true)
	in.optString("source_id", &sourceID, maxText)

	if inboxID == nil || contactID == nil {
		return p.sessionBySource(c, deref(sourceID), inboxID)
	}

	i, refused := c.permittedInbox(inboxID)
	if refused != nil {
		return nil, refused
	}

	x, found := p.contacts.Get(*contactID)
	if !found || x.account != c.account.id {
		reply := notFound()
		return nil, &reply
	}

	if !in.notBlank("source_id") && i.generatesSources() {
		c.Complain("a conversation without source_id: the server opens another session with a random one")
	}

	if !in.notBlank("source_id") {
		delete(in.values, "source_id")
	}

	source, refused := p.sourceFor(c.Request, i, x, in, internal)
	if refused != nil {
		return nil, refused
	}

	return p.ensureSession(i, x, source, false, func() sandbox.Reply {
		return *refuse(http.StatusUnprocessableEntity, "source_id should be unique")
	})
}

func (p *Platform) sessionBySource(c *call, sourceID string, inboxID *int64) (*session, *sandbox.Reply) {
	if inboxID != nil {
		c.Complain("inbox_id without contact_id is not looked at")
	}

	rows := p.sources[sourceID]
	if sourceID == "" || len(rows) == 0 {
		reply := notFound()
		return nil, &reply
	}

	if rows[0].inbox.account != c.account.id || !c.seesInbox(rows[0].inbox) {
		reply := forbidden()
		return nil, &reply
	}

	return rows[0], nil
}

// singleConversation is the session's latest one where the inbox allows no other, whatever its status.
func (p *Platform) singleConversation(s *session) *conversation {
	if !s.inbox.lockToSingleConversation {
		return nil
	}

	for _, conv := range slices.Backward(s.contact.conversations) {
		if conv.session == s {
			return conv
		}
	}

	return nil
}

func (p *Platform) newConversation(s *session) *conversation {
	now := p.core.Now()
	account, _ := p.accounts.Get(s.inbox.account)

	return &conversation{
		account: account, inbox: s.inbox, contact: s.contact, session: s, status: "open", custom: object{},
		additional: object{}, created: now, updated: now, lastActivity: now, waitingSince: now,
	}
}

// knownStatuses are those of the version: 1.18.2 brought the last.
func (p *Platform) knownStatuses() []string {
	if p.has(statusSnoozed) {
		return statuses
	}

	return statuses[:len(statuses)-1]
}

// assignConversation puts the fields of a create on the row and lets the server override them.
func (p *Platform) assignConversation(c *call, conv *conversation, in *input) *sandbox.Reply {
	var assigneeID, teamID *int64

	if !in.isNull("status") && in.values["status"] != "" {
		in.enum("status", p.knownStatuses(), &conv.status)
	}

	in.whole("assignee_id", &assigneeID, true)
	in.whole("team_id", &teamID, true)
	in.instant("snoozed_until", &conv.snoozedUntil)

	for key, into := range map[string]*object{
		"custom_attributes": &conv.custom, "additional_attributes": &conv.additional,
	} {
		if in.has(key) && !in.isNull(key) && !isObject(in.values[key]) {
			in.fail(crash(c.Request, "%s is no object", key))
		}

		values, sent := in.hash(key)
		if sent {
			*into = values
			validateAttributes(&in.errs, key, values)
		}
	}

	refuseReferer(c, conv.additional)

	refused := in.done(p)
	if refused != nil {
		return refused
	}

	if assigneeID != nil { // Not looked up in the account.
		conv.assignee, _ = p.users.Get(*assigneeID)
		if conv.assignee == nil && !p.has(assigneeUnchecked) {
			c.account.conversations++ // The number is drawn before the row is refused.
			reply := crash(c.Request, "assignee_id %d is not there", *assigneeID)

			return &reply
		}

		if conv.assignee == nil || conv.assignee.memberships[c.account.id] == nil {
			c.Complain("assignee_id %d is no agent of this account", *assigneeID)
		}
	}

	if teamID != nil {
		conv.team, _ = p.teams.Get(*teamID)
		if conv.team == nil || conv.team.AccountID != c.account.id {
			c.Complain("team_id %d is no team of this account", *teamID)
		}
	}

	p.overrideStatus(conv)
	p.checkAssignee(conv, true)

	return nil
}

// overrideStatus is what the server knows better about a new conversation.
func (p *Platform) overrideStatus(conv *conversation) {
	switch {
	case conv.contact.blocked:
		conv.status = "resolved"
	case conv.inbox.bot != nil:
		conv.status = "pending"
	}

	if conv.status != "snoozed" {
		conv.snoozedUntil = time.Time{}
	}
}

// validateAttributes limits the values of a conversation's attributes; a contact's are not limited.
func validateAttributes(v *invalid, column string, values object) {
	for _, key := range sortedKeys(values) {
		switch value := values[key].(type) {
		case string:
			if utf8.RuneCountInString(value) > 1500 {
				v.addEnglish(column, fmt.Sprintf("%s %s length should be < 1500", humanize(column), key))
			}
		case json.Number:
			n, isWhole := new(big.Int).SetString(value.String(), 10)
			if isWhole && n.Cmp(big.NewInt(9_999_999_999)) > 0 {
				v.addEnglish(column, fmt.Sprintf("%s %s value should be < 9999999999", humanize(column), key))
			}
		}
	}
}

// refuseReferer makes a referer null that is no address of a page.
func refuseReferer(c *call, additional object) {
	referer, has := additional["referer"]
	if has && referer != nil && !webAddress.MatchString(scalarText(referer)) {
		c.Complain("referer %v is no http or https address: the server makes it null", referer)

		additional["referer"] = nil
	}
}

func (p *Platform) keepConversation(conv *conversation) {
	conv.account.conversations++
	conv.id, conv.display, conv.uuid = p.nextID("conversations"), conv.account.conversations, p.newUUID()
	p.conversations.Put(conversationKey{conv.account.id, conv.display}, conv)
	conv.contact.conversations = append(conv.contact.conversations, conv)
	conv.inbox.conversations = append(conv.inbox.conversations, conv)
	p.participate(conv)
}

// removeConversation takes it away with its messages.
func (p *Platform) removeConversation(conv *conversation) {
	same := func(o *conversation) bool { return o == conv }

	p.conversations.Delete(conversationKey{conv.account.id, conv.display})
	conv.contact.conversations = slices.DeleteFunc(conv.contact.conversations, same)

	conv.inbox.conversations = slices.DeleteFunc(conv.inbox.conversations, same)

	p.dropAppliedSLAs(func(r *appliedSLA) bool { return r.conv == conv })

	for _, m := range conv.messages {
		delete(p.messages, m.id)
	}
}

func (p *Platform) deleteConversation(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	p.later(func() { p.removeConversation(conv) })

	return empty(http.StatusOK)
}
