package chatlake

import (
	"encoding/json"
	"net/http"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// updateConversation knows the priority only; everything else is ignored.
func (p *Platform) updateConversation(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	known := []string{"priority"}
	if p.switches.Enterprise && p.has(conversationSLA) {
		known = append(known, "sla_policy_id")
	}

	in, refused := read(c.Request, known...)
	if refused != nil {
		return *refused
	}

	priority := conv.priority
	in.optEnum("priority", priorities, &priority)

	policy := conv.slaPolicyID
	in.whole("sla_policy_id", &policy)
	p.checkSLAPolicy(in, conv, policy)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	conv.slaPolicyID = policy
	p.applySLA(conv)
	p.setPriority(conv, priority, c.actor())

	return ok(p.conversationJSON(conv))
}

// togglePriority sets; without a priority it clears.
func (p *Platform) togglePriority(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "priority")
	if refused != nil {
		return *refused
	}

	if !in.has("priority") {
		c.Complain("toggle_priority without priority clears it")
	}

	priority := ""
	in.optEnum("priority", priorities, &priority)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	p.setPriority(conv, priority, c.actor())

	return empty(http.StatusOK)
}

func (p *Platform) setPriority(conv *conversation, priority, actor string) {
	if conv.priority == priority {
		return
	}

	conv.priority = priority
	p.touch(conv)
	p.logActivity(conv, actor+" set the priority to "+priority)
}

// toggleStatus sets the status that is named, and flips it when none is.
func (p *Platform) toggleStatus(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "status", "snoozed_until")
	if refused != nil {
		return *refused
	}

	status, until := "", time.Time{}

	if in.isNull("status") || in.values["status"] == "" || !in.has("status") {
		c.Complain("toggle_status without status flips it")

		status = "resolved"
		if conv.status != "open" {
			status = "open"
		}
	} else {
		in.enum("status", p.knownStatuses(), &status)
		until = snoozeInstant(in)
	}

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	p.setStatus(conv, status, until, c.actor())

	if conv.status == "open" && c.member != nil && c.member.role == roleAgent {
		p.setAssignee(conv, c.user, c.actor())
	}

	return ok(object{"payload": object{
		"success": true, "conversation_id": conv.display, "current_status": conv.status,
		"snoozed_until": isoOrNull(conv.snoozedUntil),
	}})
}

// snoozeInstant reads epoch seconds, or the number that a text begins with.
func snoozeInstant(in *input) time.Time {
	value := in.values["snoozed_until"]

	text := scalarText(value)
	if value == nil || text == "" {
		return time.Time{}
	}

	_, isNumber := value.(json.Number)
	if !isNumber {
		in.req.Complain("snoozed_until %q: this call takes epoch seconds, the digits that a text begins with", text)
	}

	return time.Unix(leadingInteger(text), 0).UTC()
}

func (p *Platform) setStatus(conv *conversation, status string, until time.Time, actor string) {
	changed := conv.status != status

	conv.status, conv.snoozedUntil = status, until
	if status != "snoozed" {
		conv.snoozedUntil = time.Time{}
	}

	if status == "resolved" && p.has(waitingEnds) {
		conv.waitingSince = time.Time{}
	}

	p.touch(conv)

	if changed && status == "resolved" {
		p.count(conv, "conversation_resolved", conv.assignee, conv.created)
		p.sendSurvey(conv)
	}

	if changed {
		p.logActivity(conv, "Conversation was marked "+status+" by "+actor)
		p.checkAssignee(conv, false)
	}
}

// wake opens snoozed conversations whose time has come.
func (p *Platform) wake(conv *conversation) {
	if conv.status == "snoozed" && !conv.snoozedUntil.IsZero() && !p.core.Now().Before(conv.snoozedUntil) {
		p.setStatus(conv, "open", time.Time{}, "the system")
	}
}

func (p *Platform) conversationLabels(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	return ok(object{"payload": p.shuffledTags(conv.labels)})
}

func (p *Platform) setConversationLabels(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	sent, refused := readLabels(c.Request)
	if refused != nil {
		return *refused
	}

	return ok(object{"payload": p.shuffledTags(p.tagConversation(conv, sent, c.actor()))})
}

func (p *Platform) tagConversation(conv *conversation, sent []string, actor string) (echo []string) {
	echo, _ = p.tagList(sent)
	changed := !slices.Equal(echo, conv.labels)
	conv.labels = echo // The conversation remembers the words as they were sent.
	p.touch(conv)

	if changed {
		p.logActivity(conv, actor+" changed the labels")
	}

	return echo
}

// setConversationAttributes replaces all of them, unlike a contact's.
func (p *Platform) setConversationAttributes(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "custom_attributes*")
	if refused != nil {
		return *refused
	}

	custom, sent := in.hash("custom_attributes")
	if !sent {
		return crash(c.Request, "custom_attributes is not an object")
	}

	validateAttributes(&in.errs, "custom_attributes", custom)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	conv.custom = custom
	p.touch(conv)

	return ok(object{"custom_attributes": conv.custom})
}

// mute resolves the conversation and blocks its contact.
func (p *Platform) mute(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	conv.contact.blocked = true
	p.setStatus(conv, "resolved", time.Time{}, c.actor())

	return empty(http.StatusOK)
}

func (p *Platform) unmute(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	conv.contact.blocked = false
	p.touch(conv)

	return empty(http.StatusOK)
}

func (p *Platform) markSeen(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	conv.agentSeen = p.core.Now()
	if conv.assignee != nil && conv.assignee == c.user {
		conv.assigneeSeen = conv.agentSeen
	}

	return ok(p.conversationJSON(conv))
}

func (p *Platform) markUnread(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	conv.agentSeen, conv.assigneeSeen = time.Time{}, time.Time{}
	for _, m := range slices.Backward(conv.messages) {
		if m.kind == incoming {
			conv.agentSeen = m.created.Add(-time.Second)
			break
		}
	}

	return ok(p.conversationJSON(conv))
}

func (p *Platform) toggleTyping(c *call) sandbox.Reply {
	_, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	_, refused = read(c.Request, "typing_status", "is_private")
	if refused != nil {
		return *refused
	}

	return empty(http.StatusOK)
}

func (p *Platform) listParticipants(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	return ok(p.agentRows(conv.participants, c.account.id))
}

// changeParticipants lets those in who see the inbox; others are told, and not kept. Unknown ids break it, after others were
// taken out.
func (p *Platform) changeParticipants(change func(conv *conversation, ids []int64) (told []int64)) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		conv, refused := c.findConversation()
		if refused != nil {
			return *refused
		}

		ids, refused := c.userIDs()
		if refused != nil {
			return *refused
		}

		isUnknown := func(id int64) bool {
			_, found := p.users.Get(id)
			return !found
		}

		isBroken := c.Method != http.MethodDelete && slices.ContainsFunc(ids, isUnknown)
		if isBroken && c.Method != http.MethodPost {
			change(conv, slices.DeleteFunc(slices.Clone(ids), func(id int64) bool { return !slices.Contains(conv.participants, id) }))
		}

		if isBroken {
			return crash(c.Request, "an id of %v does not exist", ids)
		}

		told := change(conv, ids)
		conv.participants = slices.DeleteFunc(slices.Clone(conv.participants), func(id int64) bool {
			u, found := p.users.Get(id)
			return !found || !conv.inbox.isOpenTo(u)
		})

		if c.Method == http.MethodDelete {
			return empty(http.StatusOK)
		}

		return ok(p.agentRows(told, c.account.id))
	}
}

// isOpenTo reports whether a person sees the inbox: administrators of the account and its members do.
func (i *inbox) isOpenTo(u *user) bool {
	m := u.memberships[i.account]
	return m != nil && (m.role == roleAdministrator || slices.Contains(i.members, u.id))
}

// addParticipants tells of the new ones only.
func addParticipants(conv *conversation, ids []int64) []int64 {
	var added []int64

	for _, id := range ids {
		if !slices.Contains(conv.participants, id) {
			added = append(added, id)
		}
	}

	conv.participants = append(conv.participants, added...)

	return added
}

func setParticipants(conv *conversation, ids []int64) []int64 {
	conv.participants = ids
	return ids
}

func dropParticipants(conv *conversation, ids []int64) []int64 {
	conv.participants = slices.DeleteFunc(conv.participants, func(id int64) bool { return slices.Contains(ids, id) })
	return conv.participants
}

// participate makes the assignee a participant, in a job.
func (p *Platform) participate(conv *conversation) {
	u := conv.assignee
	if u != nil && conv.inbox.isOpenTo(u) {
		p.later(func() { addParticipants(conv, []int64{u.id}) })
	}
}
