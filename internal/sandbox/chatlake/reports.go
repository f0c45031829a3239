package chatlake

import (
	"cmp"
	"slices"
	"strconv"
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
	const (
		reports = "//api/v2/accounts/{account}/reports"
		asked   = "type id since until business_hours group_by timezone_offset metric"
	)

	return kind{
		name: "reporting_events",
		endpoints: append(
			ofEnterprise(get("/reporting_events", admin, p.listReportingEvents).takes("page name inbox_id user_id since until").from("4.8.0")),
			get(reports, reporter, p.report).takes(asked),
			get(reports+"/summary", reporter, p.summarize(summaryMetrics)).takes(asked),
			get(reports+"/bot_summary", reporter, p.summarize(botMetrics)).takes(asked),
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

// metric is what reports count or average.
type metric struct {
	name string
	// event is the name of the events that it is about; "" for conversations and messages.
	event     string
	isAverage bool
}

// summaryMetrics are those of conversations, botMetrics those of bots. A report over time takes each of them.
var (
	summaryMetrics = []metric{
		{name: "conversations_count"},
		{name: "incoming_messages_count"},
		{name: "outgoing_messages_count"},
		{"avg_first_response_time", "first_response", true},
		{"avg_resolution_time", "conversation_resolved", true},
		{name: "resolutions_count", event: "conversation_resolved"},
		{"reply_time", "reply_time", true},
	}
	botMetrics = []metric{
		{name: "bot_resolutions_count", event: "conversation_bot_resolved"}, {name: "bot_handoffs_count", event: "conversation_bot_handoff"},
	}
)

// sample is something that a metric counts, and how long it took if that is averaged.
type sample struct {
	at      time.Time
	seconds float64
}

// samples returns what a metric is made of, of all times.
func (p *Platform) samples(row *account, about scope, m metric) []sample {
	var found []sample

	switch {
	case m.event != "":
		for _, r := range rowsOf[*reportingEvent](p, "reporting_events").All() {
			if r.owner() == row.id && r.name == m.event && about.event(r) {
				found = append(found, sample{r.to, r.seconds()})
			}
		}
	case m.name == "conversations_count":
		for _, conv := range p.conversations.All() {
			if conv.account == row && about.conversation(conv) {
				found = append(found, sample{at: conv.created})
			}
		}
	default:
		kind := incoming
		if m.name == "outgoing_messages_count" {
			kind = outgoing
		}

		for _, message := range p.messages {
			if message.conversation.account == row && message.kind == kind && !message.private && about.message(message) {
				found = append(found, sample{at: message.created})
			}
		}
	}

	return found
}

// between returns the samples from one time on until before another.
func between(samples []sample, since, until time.Time) []sample {
	return slices.DeleteFunc(slices.Clone(samples), func(s sample) bool { return s.at.Before(since) || !s.at.Before(until) })
}

func average(samples []sample) decimal {
	sum := 0.0
	for _, s := range samples {
		sum += s.seconds
	}

	return decimal(sum / float64(len(samples)))
}

// summarize counts between two times, and in the time of the same length before.
func (p *Platform) summarize(metrics []metric) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		about, refused := p.reportScope(c)
		if refused != nil {
			return *refused
		}

		query := c.URL.Query()
		if query.Get("since") == "" || query.Get("until") == "" {
			c.Complain("a summary without since and until")
		}

		since, until := time.Unix(leadingInteger(query.Get("since")), 0), time.Unix(leadingInteger(query.Get("until")), 0)
		out := p.summary(c.account, about, metrics, since, until)
		out["previous"] = p.summary(c.account, about, metrics, since.Add(since.Sub(until)), since)

		return ok(out)
	}
}

// summary has null for the average of nothing.
func (p *Platform) summary(row *account, about scope, metrics []metric, since, until time.Time) object {
	out := object{}

	for _, m := range metrics {
		found := between(p.samples(row, about, m), since, until)

		switch {
		case !m.isAverage:
			out[m.name] = len(found)
		case len(found) > 0:
			out[m.name] = average(found)
		default:
			out[m.name] = nil
		}
	}

	return out
}

// report counts period by period, also those in which nothing was. There is no error for a metric that is unknown.
func (p *Platform) report(c *call) sandbox.Reply {
	about, refused := p.reportScope(c)
	if refused != nil {
		return *refused
	}

	query := c.URL.Query()
	all := slices.Concat(summaryMetrics, botMetrics)

	at := slices.IndexFunc(all, func(m metric) bool { return m.name == query.Get("metric") })
	if at < 0 {
		c.Complain("a report of the metric %q", query.Get("metric"))
		return ok(object{})
	}

	if query.Get("since") == "" || query.Get("until") == "" {
		c.Complain("a report without since and until")
		return ok([]object{})
	}

	from, errFrom := strconv.ParseInt(query.Get("since"), 10, 64)
	to, errTo := strconv.ParseInt(query.Get("until"), 10, 64)

	if errFrom != nil || errTo != nil {
		return crash(c.Request, "since and until are no times")
	}

	offset, _ := strconv.ParseFloat(query.Get("timezone_offset"), 64) // 0 for what is no number.
	zone := time.FixedZone("", int(offset*time.Hour.Seconds()))
	since, until := time.Unix(from, 0).In(zone), time.Unix(to, 0).In(zone)
	found := between(p.samples(c.account, about, all[at]), since, until)
	rows := []object{}

	for start := periodOf(since, query.Get("group_by")); start.Before(until); {
		next := periodAfter(start, query.Get("group_by"))
		rows = append(rows, reportRow(all[at], start, between(found, start, next)))
		start = next
	}

	return ok(rows)
}

// reportRow has 0 for the average of nothing, unlike a summary.
func reportRow(m metric, start time.Time, found []sample) object {
	row := object{"timestamp": epoch(start), "value": len(found)}
	if !m.isAverage {
		return row
	}

	row["count"] = len(found)
	if len(found) > 0 {
		row["value"] = average(found)
	}

	return row
}

// periodOf is the beginning of the period of a report that a time is in. What is no period is a day.
//
// Unverified: that a week begins on Sunday.
func periodOf(at time.Time, by string) time.Time {
	year, month, day := at.Date()

	switch by {
	case "hour":
		return time.Date(year, month, day, at.Hour(), 0, 0, 0, at.Location())
	case "week":
		return time.Date(year, month, day-int(at.Weekday()), 0, 0, 0, 0, at.Location())
	case "month":
		return time.Date(year, month, 1, 0, 0, 0, 0, at.Location())
	case "year":
		return time.Date(year, time.January, 1, 0, 0, 0, 0, at.Location())
	default:
		return time.Date(year, month, day, 0, 0, 0, 0, at.Location())
	}
}

// periodAfter is the beginning of the next period.
func periodAfter(start time.Time, by string) time.Time {
	switch by {
	case "hour":
		return start.Add(time.Hour)
	case "week":
		return start.AddDate(0, 0, 7)
	case "month":
		return start.AddDate(0, 1, 0)
	case "year":
		return start.AddDate(1, 0, 0)
	default:
		return start.AddDate(0, 0, 1)
	}
}
