package chatlake

import (
	"encoding/json"
	"net/http"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// slaPolicy says how soon a conversation is to be answered and resolved, in seconds.
type slaPolicy struct {
	ID            int64        `json:"id"`
	Name          *string      `json:"name"`
	Description   *string      `json:"description"`
	FirstResponse *json.Number `json:"first_response_time_threshold"`
	NextResponse  *json.Number `json:"next_response_time_threshold"`
	Resolution    *json.Number `json:"resolution_time_threshold"`
	BusinessHours *bool        `json:"only_during_business_hours"`

	account int64
}

func (r *slaPolicy) key() int64   { return r.ID }
func (r *slaPolicy) owner() int64 { return r.account }

func (p *Platform) slaPolicyKind() kind {
	const since = "2.17.0"

	policies := p.slaPolicyShelf()

	return kind{
		name: "sla_policies",
		endpoints: ofEnterprise(
			get("/sla_policies", member, policies.list).from(since),
			post("/sla_policies", admin, policies.create).from(since),
			get("/sla_policies/{sla}", member, policies.show).from(since),
			patch("/sla_policies/{sla}", admin, policies.update).from(since),
			remove("/sla_policies/{sla}", admin, p.deleteSLAPolicy).from(since),
		),
		view: func(account int64) sandbox.TableView {
			return tableOf("SLA policies", policies.rows, func(r *slaPolicy) (int64, []string) {
				return r.account, []string{number(r.ID), deref(r.Name)}
			}, account, "Id", "Name")
		},
		held: func(c *call) []map[string]any { return held(c, policies) },
	}
}

func (p *Platform) slaPolicyShelf() *shelf[*slaPolicy] {
	return shelf[*slaPolicy]{
		p: p, param: "sla", rows: rowsOf[*slaPolicy](p, "sla_policies"),
		fresh:  func(c *call) *slaPolicy { return &slaPolicy{account: c.account.id, BusinessHours: new(false)} },
		assign: p.assignSLAPolicy,
		keep: func(r *slaPolicy) {
			if r.ID == 0 {
				r.ID = p.nextID("sla_policies")
			}
		},
		copy:    func(r *slaPolicy) *slaPolicy { draft := *r; return &draft },
		commit:  func(into, draft *slaPolicy) { *into = *draft },
		wrap:    underPayload,
		wrapOne: underPayload,
		wrapAll: underPayload,
		missing: crashesWithoutRow,
	}.with()
}

func (p *Platform) assignSLAPolicy(c *call, r *slaPolicy, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "sla_policy", nil, "name", "description", "first_response_time_threshold",
		"next_response_time_threshold", "resolution_time_threshold", "only_during_business_hours")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.Name, maxString)
	in.optString("description", &r.Description, maxString)
	in.float("first_response_time_threshold", &r.FirstResponse)
	in.float("next_response_time_threshold", &r.NextResponse)
	in.float("resolution_time_threshold", &r.Resolution)
	in.optFlag("only_during_business_hours", &r.BusinessHours)

	if presence(r.Name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	return in.done(p)
}

// float reads a nullable column of floats. A text counts as the number that it is, and any other one as 0.
func (in *input) float(key string, into **json.Number) {
	value, sent := in.values[key]
	if !sent {
		return
	}

	if value == nil {
		*into = nil
		return
	}

	_, isNumber := value.(json.Number)
	if !isNumber {
		in.req.Complain("%s is no number", key)
	}

	f, err := strconv.ParseFloat(scalarText(value), 64)
	if err != nil {
		f = 0
	}

	*into = new(floatNumber(f))
}

// deleteSLAPolicy lets a job delete a policy and what its conversations have of it. It never says that there is none.
func (p *Platform) deleteSLAPolicy(c *call) sandbox.Reply {
	policies := p.slaPolicyShelf()

	r, found := policies.rows.Get(c.id("sla"))
	if !found || r.account != c.account.id {
		return empty(http.StatusOK)
	}

	p.later(func() {
		policies.rows.Delete(r.ID)
		p.dropAppliedSLAs(func(a *appliedSLA) bool { return a.policy == r })

		for _, conv := range p.conversations.All() {
			if conv.account.id == r.account && conv.slaPolicyID != nil && *conv.slaPolicyID == r.ID {
				conv.slaPolicyID = nil
			}
		}
	})

	return empty(http.StatusOK)
}

// checkSLAPolicy lets a conversation get a policy of its account once: it is neither changed nor taken away.
func (p *Platform) checkSLAPolicy(in *input, conv *conversation, planned *int64) {
	if !in.has("sla_policy_id") {
		return
	}

	has := conv.slaPolicyID

	switch {
	case has != nil && planned == nil:
		in.errs.addEnglish("sla_policy", "Sla policy cannot remove sla policy from conversation")
	case has != nil && *has != *planned:
		in.errs.addEnglish("sla_policy", "Sla policy conversation already has a different sla")
	case planned != nil:
		r, found := p.slaPolicyShelf().rows.Get(*planned)
		if !found || r.account != conv.account.id {
			in.errs.addEnglish("sla_policy", "Sla policy sla policy account mismatch")
		}
	}
}
