package chatlake

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// reportPage is how many rows a page of a log or of answers has.
const reportPage = 25

// appliedSLA is what an SLA policy has come to in one conversation.
type appliedSLA struct {
	id               int64
	policy           *slaPolicy
	conv             *conversation
	status           string // active, hit, missed, active_with_misses
	events           []slaEvent
	created, updated time.Time
}

func (r *appliedSLA) key() int64   { return r.id }
func (r *appliedSLA) owner() int64 { return r.conv.account.id }

// slaEvent is one threshold that was missed: frt, nrt or rt.
type slaEvent struct {
	id      int64
	kind    string
	created time.Time
}

func (r *appliedSLA) json() object {
	return object{
		"id": r.id, "sla_id": r.policy.ID, "sla_status": r.status, "created_at": epoch(r.created), "updated_at": epoch(r.updated),
		"sla_description": r.policy.Description, "sla_name": r.policy.Name, "sla_first_response_time_threshold": r.policy.FirstResponse,
		"sla_next_response_time_threshold": r.policy.NextResponse, "sla_only_during_business_hours": r.policy.BusinessHours,
		"sla_resolution_time_threshold": r.policy.Resolution,
	}
}

// eventsJSON has the events. Unverified: the recorded server had none; that they have these keys is read in its source.
func (r *appliedSLA) eventsJSON() []object {
	return orEmpty(mapped(r.events, func(e slaEvent) object {
		return object{"id": e.id, "event_type": e.kind, "meta": object{}, "created_at": epoch(e.created), "updated_at": epoch(e.created)}
	}))
}

func (p *Platform) appliedSLAKind() kind {
	const since = "2.17.0"

	filters := " inbox_id team_id sla_policy_id label_list assigned_agent_id since until sort"

	return kind{
		name: "applied_slas",
		endpoints: ofEnterprise(
			get("/applied_slas", admin, p.listAppliedSLAs).takes("page"+filters).from(since),
			get("/applied_slas/metrics", admin, p.countAppliedSLAs).takes(filters).from(since),
		),
		held: func(*call) []map[string]any {
			return mapped(p.appliedSLAs(AccountID), func(r *appliedSLA) map[string]any { return plain(r.json()) })
		},
	}
}

func (p *Platform) appliedSLAs(account int64) []*appliedSLA {
	return rowsOf[*appliedSLA](p, "applied_slas").Where(func(r *appliedSLA) bool { return r.owner() == account })
}

// appliedSLAOf is what is applied to a conversation, or nil.
func (p *Platform) appliedSLAOf(conv *conversation) *appliedSLA {
	if conv.slaPolicyID == nil {
		return nil
	}

	r, found := rowsOf[*appliedSLA](p, "applied_slas").Find(func(r *appliedSLA) bool { return r.conv == conv })
	if !found {
		return nil
	}

	return r
}

// applySLA gives a conversation the policy that it has got.
func (p *Platform) applySLA(conv *conversation) {
	if conv.slaPolicyID == nil || p.appliedSLAOf(conv) != nil {
		return
	}

	policy, found := p.slaPolicyShelf().rows.Get(*conv.slaPolicyID)
	if !found {
		return
	}

	now := p.core.Now()
	r := &appliedSLA{id: p.nextID("applied_slas"), policy: policy, conv: conv, status: "active", created: now, updated: now}
	rowsOf[*appliedSLA](p, "applied_slas").Put(r.id, r)
}

// dropAppliedSLAs takes away what is applied where which says so.
func (p *Platform) dropAppliedSLAs(which func(*appliedSLA) bool) {
	rows := rowsOf[*appliedSLA](p, "applied_slas")
	for _, r := range rows.Where(which) {
		rows.Delete(r.id)
	}
}

// judge notes what was missed. The server does so every few minutes, in a job.
//
// Unverified: the recorded server was not asked after a threshold was over. What counts as missed is read in its source.
func (p *Platform) judge(r *appliedSLA) {
	now, conv := p.core.Now(), r.conv

	over := func(threshold fmt.Stringer, from, until time.Time) bool {
		seconds, err := strconv.ParseFloat(threshold.String(), 64)
		if err != nil || from.IsZero() {
			return false
		}

		if until.IsZero() {
			until = now
		}

		return until.Sub(from) > time.Duration(seconds*float64(time.Second))
	}

	resolved := time.Time{}
	if conv.status == "resolved" {
		resolved = conv.updated
	}

	if r.policy.FirstResponse != nil && over(r.policy.FirstResponse, conv.created, conv.firstReply) {
		p.miss(r, "frt")
	}

	if r.policy.NextResponse != nil && !conv.firstReply.IsZero() && over(r.policy.NextResponse, conv.waitingSince, time.Time{}) {
		p.miss(r, "nrt")
	}

	if r.policy.Resolution != nil && over(r.policy.Resolution, conv.created, resolved) {
		p.miss(r, "rt")
	}

	switch {
	case conv.status == "resolved" && len(r.events) > 0:
		r.status = "missed"
	case conv.status == "resolved":
		r.status = "hit"
	case len(r.events) > 0:
		r.status = "active_with_misses"
	}
}

func (p *Platform) miss(r *appliedSLA, kind string) {
	if slices.ContainsFunc(r.events, func(e slaEvent) bool { return e.kind == kind }) {
		return
	}

	r.updated = p.core.Now()
	r.events = append(r.events, slaEvent{id: p.nextID("sla_events"), kind: kind, created: r.updated})
}

// askedSLAs are those that the filters of a request leave.
func (p *Platform) askedSLAs(c *call) []*appliedSLA {
	query := c.URL.Query()
	is := func(key string, id int64) bool { return query.Get(key) == "" || leadingInteger(query.Get(key)) == id }

	rows := slices.DeleteFunc(p.appliedSLAs(c.account.id), func(r *appliedSLA) bool {
		assignee, team := int64(0), int64(0)
		if r.conv.assignee != nil {
			assignee = r.conv.assignee.id
		}

		if r.conv.team != nil {
			team = r.conv.team.ID
		}

		label := query.Get("label_list")

		return !is("inbox_id", r.conv.inbox.id) || !is("team_id", team) || !is("sla_policy_id", r.policy.ID) || !is("assigned_agent_id", assignee) ||
			label != "" && !slices.Contains(r.conv.labels, label) || !c.inRange(r.created)
	})

	for _, r := range rows {
		p.judge(r)
	}

	return rows
}

// inRange reports whether a time is between since and until, which count only together, as epoch seconds. The end is outside.
func (c *call) inRange(at time.Time) bool {
	since, until := c.URL.Query().Get("since"), c.URL.Query().Get("until")
	if since == "" || until == "" {
		return true
	}

	return !at.Before(time.Unix(leadingInteger(since), 0)) && at.Before(time.Unix(leadingInteger(until), 0))
}

func isMissed(r *appliedSLA) bool { return r.status == "missed" || r.status == "active_with_misses" }

// listAppliedSLAs has only what was missed.
func (p *Platform) listAppliedSLAs(c *call) sandbox.Reply {
	missed := slices.DeleteFunc(p.askedSLAs(c), func(r *appliedSLA) bool { return !isMissed(r) })
	sortRows(c, p, missed, func(r *appliedSLA) time.Time { return r.created }, func(r *appliedSLA) int64 { return r.id })

	number, _ := c.page()
	rows := mapped(sandbox.Page(missed, number, reportPage), func(r *appliedSLA) object {
		conversation := object{"id": r.conv.display, "contact": object{"name": r.conv.contact.name}, "labels": r.conv.labels}
		if r.conv.assignee != nil {
			conversation["assignee"] = p.userEvent(r.conv.assignee, r.conv.account.id)
		}

		return object{"applied_sla": r.json(), "conversation": conversation, "sla_events": r.eventsJSON()}
	})

	return ok(object{"payload": orEmpty(rows), "meta": object{"count": len(missed), "current_page": c.currentPage()}})
}

// countAppliedSLAs counts all that are applied, and those that were missed.
func (p *Platform) countAppliedSLAs(c *call) sandbox.Reply {
	rows := p.askedSLAs(c)
	misses, rate := 0, "100%"

	for _, r := range rows {
		if isMissed(r) {
			misses++
		}
	}

	if misses > 0 {
		rate = strconv.FormatFloat(float64(len(rows)-misses)/float64(len(rows))*100, 'f', 1, 64) + "%"
	}

	return ok(object{"total_applied_slas": len(rows), "number_of_sla_misses": misses, "hit_rate": rate})
}
