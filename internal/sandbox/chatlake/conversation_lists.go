package chatlake

import (
	"cmp"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const conversationsPerPage = 25

const conversationQuery = "status assignee_type inbox_id team_id labels[] q source_id conversation_type updated_within sort_by page"

// visibleConversations are those of the account that the caller may see and that fit.
func (c *call) visibleConversations(fits func(*conversation) bool) []*conversation {
	return c.p.conversations.Where(func(conv *conversation) bool {
		isShown := !conv.contact.gone || c.p.switches.OrphanErrors
		return conv.account == c.account && isShown && c.seesConversation(conv) && fits(conv)
	})
}

func (p *Platform) listConversations(c *call) sandbox.Reply {
	query := c.URL.Query()

	refused := c.checkTeam(query)
	if refused != nil {
		return *refused
	}

	found := c.visibleConversations(p.conversationQuery(c, query))
	rows := slices.DeleteFunc(slices.Clone(found), func(conv *conversation) bool {
		return !assigneeFits(conv, query.Get("assignee_type"), c.user)
	})
	p.sortConversations(c, rows, query.Get("sort_by"))

	if query.Get("updated_within") == "" {
		page, _ := c.page()
		rows = sandbox.Page(rows, page, conversationsPerPage)
	} else {
		within := time.Duration(leadingInteger(query.Get("updated_within"))) * time.Second
		rows = slices.DeleteFunc(rows, func(conv *conversation) bool { return p.core.Now().Sub(conv.updated) >= within })
	}

	if hasOrphan(rows) {
		return internal()
	}

	return ok(object{"data": object{"meta": c.counts(found), "payload": p.conversationRows(rows)}})
}

// hasOrphan reports whether a conversation of a deleted contact is among the rows, which makes the server fail.
func hasOrphan(rows []*conversation) bool {
	return slices.ContainsFunc(rows, func(conv *conversation) bool { return conv.contact.gone })
}

func (p *Platform) conversationRows(rows []*conversation) []conversationJSON {
	return mapped(rows, p.conversationJSON)
}

// counts are of all that fits but for whom it is assigned to.
func (c *call) counts(rows []*conversation) object {
	mine, assigned := 0, 0

	for _, conv := range rows {
		if conv.assignee != nil {
			assigned++
			mine += boolInt(conv.assignee == c.user)
		}
	}

	return object{
		"mine_count": mine, "assigned_count": assigned, "unassigned_count": len(rows) - assigned, "all_count": len(rows),
	}
}

func assigneeFits(conv *conversation, kind string, me *user) bool {
	switch kind {
	case "me":
		return conv.assignee != nil && conv.assignee == me
	case "unassigned":
		return conv.assignee == nil
	case "assigned":
		return conv.assignee != nil
	}

	return true
}

// conversationQuery turns the query parameters into a test.
func (p *Platform) conversationQuery(c *call, query url.Values) func(*conversation) bool {
	status := query.Get("status")
	if status == "" {
		status = "open"
	}

	if status != "all" && !slices.Contains(statuses, status) {
		c.Complain("status=%s: one of all, %s", status, strings.Join(statuses, ", "))
	}

	inboxID, teamID := leadingInteger(query.Get("inbox_id")), leadingInteger(query.Get("team_id"))
	labels, source, text := query["labels[]"], query.Get("source_id"), strings.ToLower(query.Get("q"))

	return func(conv *conversation) bool {
		p.wake(conv)

		switch {
		case status != "all" && conv.status != status,
			query.Get("inbox_id") != "" && conv.inbox.id != inboxID,
			teamID != 0 && (conv.team == nil || conv.team.ID != teamID),
			source != "" && conv.session.sourceID != source,
			len(labels) > 0 && !slices.ContainsFunc(conv.labels, func(l string) bool { return slices.Contains(labels, l) }),
			text != "" && !conv.mentions(text),
			!conv.ofType(query.Get("conversation_type"), c.user):
			return false
		}

		return true
	}
}

func (conv *conversation) mentions(text string) bool {
	return slices.ContainsFunc(conv.messages, func(m *message) bool {
		return strings.Contains(strings.ToLower(deref(m.content)), text)
	})
}

func (conv *conversation) ofType(kind string, me *user) bool {
	switch kind {
	case "participating":
		return me != nil && slices.Contains(conv.participants, me.id)
	case "unattended":
		return conv.firstReply.IsZero() || !conv.waitingSince.IsZero()
	case "mention": // Mentions are not simulated.
		return false
	}

	return true
}

// conversationSorts are the names of sort_by with what they mean; the last ones are older than the rest.
var conversationSorts = map[string]conversationSort{
	"last_activity_at_asc": {byActivity, false}, "last_activity_at_desc": {byActivity, true},
	"created_at_asc": {byCreation, false}, "created_at_desc": {byCreation, true},
	"priority_asc": {lowFirst, false}, "priority_desc": {highFirst, false},
	"waiting_since_asc": {byWaiting, false}, "waiting_since_desc": {byWaiting, true},

	"latest": {byActivity, true}, "sort_on_created_at": {byCreation, false},
	"sort_on_priority": {highFirst, false}, "sort_on_waiting_since": {byWaiting, false},
}

type conversationSort struct {
	compare    func(a, b *conversation) int
	descending bool
}

func byActivity(a, b *conversation) int {
	return cmp.Or(a.lastActivity.Compare(b.lastActivity), cmp.Compare(a.id, b.id))
}

func byCreation(a, b *conversation) int {
	return cmp.Or(a.created.Compare(b.created), cmp.Compare(a.id, b.id))
}

// lowFirst and highFirst put conversations without a priority last.
func lowFirst(a, b *conversation) int {
	return cmp.Or(unprioritized(a, b), cmp.Compare(slices.Index(priorities, a.priority), slices.Index(priorities, b.priority)))
}

func highFirst(a, b *conversation) int {
	return cmp.Or(unprioritized(a, b), lowFirst(b, a))
}

func unprioritized(a, b *conversation) int {
	return cmp.Compare(boolInt(a.priority == ""), boolInt(b.priority == ""))
}

func byWaiting(a, b *conversation) int {
	return cmp.Or(a.waitingSince.Compare(b.waitingSince), byCreation(a, b))
}

// sortConversations puts the latest activity first unless told otherwise, and among equals.
func (p *Platform) sortConversations(c *call, rows []*conversation, by string) {
	sort, known := conversationSorts[by]
	if by != "" && !known {
		c.Complain("sort_by=%s", by)
	}

	isNew := strings.HasSuffix(by, "_asc") || strings.HasSuffix(by, "_desc")
	if !known || isNew && !p.has(conversationOrders) {
		sort = conversationSort{byActivity, true}
	}

	slices.SortStableFunc(rows, func(a, b *conversation) int {
		return cmp.Or(direction(sort.compare(a, b), sort.descending), byActivity(b, a))
	})
}

// checkTeam is the look-up of the team that a list is limited to.
func (c *call) checkTeam(query url.Values) *sandbox.Reply {
	id := query.Get("team_id")
	if id == "" {
		return nil
	}

	t, found := c.p.teams.Get(leadingInteger(id))
	if !found || t.AccountID != c.account.id {
		reply := notFound()
		return &reply
	}

	return nil
}

func (p *Platform) countConversations(c *call) sandbox.Reply {
	refused := c.checkTeam(c.URL.Query())
	if refused != nil {
		return *refused
	}

	return ok(object{"meta": c.counts(c.visibleConversations(p.conversationQuery(c, c.URL.Query())))})
}

var conversationFilter = filterKeys{
	{"status", filterChoice, equality},
	{"assignee_id", filterID, presences},
	{"inbox_id", filterID, presences},
	{"team_id", filterID, presences},
	{"contact_id", filterID, equality},
	{"priority", filterChoice, equality},
	{"display_id", filterID, containment},
	{"campaign_id", filterID, presences},
	{"labels", filterLabels, presences},
	{"browser_language", filterExact, equality},
	{"conversation_language", filterExact, equality},
	{"country_code", filterExact, equality},
	{"referer", filterExact, containment},
	{"created_at", filterDate, dateWords},
	{"last_activity_at", filterDate, dateWords},
	{"mail_subject", filterExact, containment},
}

// conversationFilter are the keys of the release.
func (p *Platform) conversationFilter() filterKeys {
	return slices.DeleteFunc(slices.Clone(conversationFilter), func(key filterKey) bool {
		return key.name == "contact_id" && !p.has(filterContactID) || key.name == "country_code" && p.has(filterNoCountry)
	})
}

func (p *Platform) filterConversations(c *call) sandbox.Reply {
	filter, refused := p.readFilter(c, p.conversationFilter(), "conversation_attribute")
	if refused != nil {
		return *refused
	}

	rows := c.visibleConversations(func(conv *conversation) bool {
		p.wake(conv)
		return filter.fits(func(key string) any { return conversationFilterValue(conv, key) })
	})
	p.sortConversations(c, rows, "")
	page, _ := c.page()

	meta := c.counts(rows)
	delete(meta, "assigned_count")

	if hasOrphan(sandbox.Page(rows, page, conversationsPerPage)) {
		return internal()
	}

	return ok(object{
		"meta": meta, "payload": p.conversationRows(sandbox.Page(rows, page, conversationsPerPage)),
	})
}

func conversationFilterValue(conv *conversation, key string) any {
	switch key {
	case "status":
		return conv.status
	case "assignee_id":
		if conv.assignee != nil {
			return conv.assignee.id
		}

		return nil
	case "inbox_id":
		return conv.inbox.id
	case "team_id":
		if conv.team != nil {
			return conv.team.ID
		}

		return nil
	case "contact_id":
		return conv.contact.id
	case "priority":
		return conv.priority
	case "display_id":
		return conv.display
	case "labels":
		return conv.labels
	case "created_at":
		return conv.created
	case "last_activity_at":
		return conv.lastActivity
	case "campaign_id":
		return nil
	}

	value, has := conv.additional[key]
	if has {
		return value
	}

	return conv.custom[key]
}
