package chatlake

import (
	"cmp"
	"slices"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// reportingEvent is something in a conversation of which reports count how long it took.
type reportingEvent struct {
	id       int64
	name     string // first_response, reply_time, conversation_resolved
	conv     *conversation
	user     *user // Who ended it; nil if no user did.
	from, to time.Time
}

func (r *reportingEvent) key() int64   { return r.id }
func (r *reportingEvent) owner() int64 { return r.conv.account.id }

func (r *reportingEvent) seconds() float64 { return r.to.Sub(r.from).Seconds() }

func (r *reportingEvent) json() object {
	out := object{
		"id": r.id, "name": r.name, "value": decimal(r.seconds()), "value_in_business_hours": decimal(0), "event_start_time": iso(r.from),
		"event_end_time": iso(r.to), "account_id": r.conv.account.id, "inbox_id": r.conv.inbox.id, "user_id": nil, "conversation_id": r.conv.id,
		"created_at": iso(r.to), "updated_at": iso(r.to),
	}
	if r.user != nil {
		out["user_id"] = r.user.id
	}

	return out
}

func (p *Platform) reportKind() kind {
	return kind{
		name: "reporting_events",
		endpoints: append(
			ofEnterprise(get("/reporting_events", admin, p.listReportingEvents).takes("page name inbox_id user_id since until").from("4.8.0")),
			get("//api/v2/accounts/{account}/reports/summary", reporter, p.summarize).takes("type id since until business_hours group_by timezone_offset metric"),
		),
		held: func(*call) []map[string]any {
			rows := rowsOf[*reportingEvent](p, "reporting_events").Where(func(r *reportingEvent) bool { return r.owner() == AccountID })
			return mapped(rows, func(r *reportingEvent) map[string]any { return plain(r.json()) })
		},
	}
}

// count keeps an event, in a job.
func (p *Platform) count(conv *conversation, name string, user *user, from time.Time) {
	to := p.core.Now()

	p.later(func() {
		r := &reportingEvent{id: p.nextID("reporting_events"), name: name, conv: conv, user: user, from: from, to: to}
		rowsOf[*reportingEvent](p, "reporting_events").Put(r.id, r)
	})
}

// listReportingEvents has the newest first.
func (p *Platform) listReportingEvents(c *call) sandbox.Reply {
	query := c.URL.Query()
	is := func(key string, id int64) bool { return query.Get(key) == "" || leadingInteger(query.Get(key)) == id }

	rows := rowsOf[*reportingEvent](p, "reporting_events").Where(func(r *reportingEvent) bool {
		user := int64(0)
		if r.user != nil {
			user = r.user.id
		}

		return r.owner() == c.account.id && (query.Get("name") == "" || query.Get("name") == r.name) &&
			is("inbox_id", r.conv.inbox.id) && is("user_id", user) && c.inRange(r.to)
	})
	slices.SortFunc(rows, func(a, b *reportingEvent) int { return cmp.Compare(b.id, a.id) })

	number, _ := c.page()
	pages := (len(rows) + reportPage - 1) / reportPage

	return ok(object{
		"payload": orEmpty(mapped(sandbox.Page(rows, number, reportPage), (*reportingEvent).json)),
		"meta":    object{"count": len(rows), "current_page": number, "total_pages": pages},
	})
}

// scope says what a report is about.
type scope struct {
	conversation func(*conversation) bool
	message      func(*message) bool
	event        func(*reportingEvent) bool
}

// reportScope reads type and id of a report.
func (p *Platform) reportScope(c *call) (scope, *sandbox.Reply) {
	id := leadingInteger(c.URL.Query().Get("id"))
	found := false

	var of func(*conversation) bool

	kind := c.URL.Query().Get("type")

	switch kind {
	case "account":
		found, of = true, func(*conversation) bool { return true }
	case "inbox":
		i, has := p.inboxes.Get(id)
		found, of = has && i.account == c.account.id, func(conv *conversation) bool { return conv.inbox.id == id }
	case "team":
		t, has := p.teams.Get(id)
		found, of = has && t.AccountID == c.account.id, func(conv *conversation) bool { return conv.team != nil && conv.team.ID == id }
	case "label":
		l, has := p.labels.Get(id)
		found, of = has && l.account == c.account.id, func(conv *conversation) bool { return slices.Contains(conv.labels, l.Title) }
	case "agent":
		u, has := p.users.Get(id)
		if !has || u.memberships[c.account.id] == nil {
			reply := notFound()
			return scope{}, &reply
		}

		return scope{
			conversation: func(conv *conversation) bool { return conv.assignee == u },
			message:      func(m *message) bool { return m.user == u },
			event:        func(r *reportingEvent) bool { return r.user == u },
		}, nil
	default:
		reply := crash(c.Request, "a report of the type %q", kind)
		return scope{}, &reply
	}

	if !found {
		reply := notFound()
		return scope{}, &reply
	}

	return scope{
		conversation: of,
		message:      func(m *message) bool { return of(m.conversation) },
		event:        func(r *reportingEvent) bool { return of(r.conv) },
	}, nil
}

// summarize counts between two times, and in the time of the same length before.
func (p *Platform) summarize(c *call) sandbox.Reply {
	about, refused := p.reportScope(c)
	if refused != nil {
		return *refused
	}

	query := c.URL.Query()
	if query.Get("since") == "" || query.Get("until") == "" {
		c.Complain("a summary without since and until")
	}

	since, until := time.Unix(leadingInteger(query.Get("since")), 0), time.Unix(leadingInteger(query.Get("until")), 0)
	out := p.summary(c.account, about, since, until)
	out["previous"] = p.summary(c.account, about, since.Add(since.Sub(until)), since)

	return ok(out)
}

func (p *Platform) summary(row *account, about scope, since, until time.Time) object {
	within := func(at time.Time) bool { return !at.Before(since) && at.Before(until) }
	counts := map[string]int{}

	for _, conv := range p.conversations.All() {
		if conv.account == row && within(conv.created) && about.conversation(conv) {
			counts["conversations"]++
		}
	}

	for _, m := range p.messages {
		if m.conversation.account != row || !within(m.created) || !about.message(m) || m.private {
			continue
		}

		switch m.kind {
		case incoming:
			counts["incoming"]++
		case outgoing:
			counts["outgoing"]++
		default:
		}
	}

	average := func(name string) (any, int) {
		sum, n := 0.0, 0

		for _, r := range rowsOf[*reportingEvent](p, "reporting_events").All() {
			if r.owner() == row.id && r.name == name && within(r.to) && about.event(r) {
				sum, n = sum+r.seconds(), n+1
			}
		}

		if n == 0 {
			return nil, 0
		}

		return decimal(sum / float64(n)), n
	}

	first, _ := average("first_response")
	reply, _ := average("reply_time")
	resolution, resolutions := average("conversation_resolved")

	return object{
		"conversations_count": counts["conversations"], "incoming_messages_count": counts["incoming"], "outgoing_messages_count": counts["outgoing"],
		"avg_first_response_time": first, "avg_resolution_time": resolution, "resolutions_count": resolutions, "reply_time": reply,
	}
}
