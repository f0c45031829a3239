package chatlake

import (
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type policy struct {
	ID                     int64   `json:"id"`
	Name                   *string `json:"name"`
	Description            *string `json:"description"`
	AssignmentOrder        string  `json:"assignment_order"`
	ConversationPriority   string  `json:"conversation_priority"`
	FairDistributionLimit  int64   `json:"fair_distribution_limit"`
	FairDistributionWindow int64   `json:"fair_distribution_window"`
	Enabled                bool    `json:"enabled"`
	AssignedInboxCount     *int    `json:"assigned_inbox_count,omitempty"`
	CreatedAt              int64   `json:"created_at"`
	UpdatedAt              int64   `json:"updated_at"`

	account int64
}

func (r *policy) key() int64   { return r.ID }
func (r *policy) owner() int64 { return r.account }

func (p *Platform) policyShelf() *shelf[*policy] {
	return shelf[*policy]{
		p: p, param: "policy", rows: &p.policies,
		fresh: func(c *call) *policy {
			return &policy{
				account: c.account.id, AssignmentOrder: "round_robin", ConversationPriority: "earliest_created",
				FairDistributionLimit: 100, FairDistributionWindow: 3600, Enabled: true,
			}
		},
		assign: p.assignPolicy,
		keep: func(r *policy) {
			r.UpdatedAt = epoch(p.core.Now())
			if r.ID == 0 {
				r.ID, r.CreatedAt = p.nextID("policies"), r.UpdatedAt
			}

			p.policyNames[nameKey{r.account, *r.Name}] = r.ID
		},
		drop:   p.dropPolicy,
		copy:   func(r *policy) *policy { draft := *r; return &draft },
		commit: func(into, draft *policy) { *into = *draft },
		shape: func(_ *call, r *policy) any {
			out := *r
			if p.has(policyCount) {
				out.AssignedInboxCount = new(len(p.inboxes.Where(func(i *inbox) bool { return i.policy == r })))
			}

			return &out
		},
	}.with()
}

func (p *Platform) dropPolicy(r *policy) {
	delete(p.policyNames, nameKey{r.account, *r.Name})
}

func (p *Platform) assignPolicy(c *call, r *policy, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "assignment_policy", nil, "name", "description", "assignment_order",
		"conversation_priority", "fair_distribution_limit", "fair_distribution_window", "enabled")
	if refused != nil {
		return refused
	}

	orders := []string{"round_robin"}
	if p.switches.Enterprise {
		orders = append(orders, "balanced")
	}

	in.optString("name", &r.Name, maxString)
	in.optString("description", &r.Description, maxText)
	in.enum("assignment_order", orders, &r.AssignmentOrder)
	in.enum("conversation_priority", []string{"earliest_created", "longest_waiting"}, &r.ConversationPriority)
	in.number("fair_distribution_limit", &r.FairDistributionLimit)
	in.number("fair_distribution_window", &r.FairDistributionWindow)
	in.flag("enabled", &r.Enabled)

	if presence(r.Name) == nil {
		in.errs.add("name", "Name can't be blank")
	} else if isTaken(p.policyNames, nameKey{c.account.id, *r.Name}, r.ID) {
		in.errs.add("name", "Name has already been taken")
	}

	if r.FairDistributionLimit <= 0 {
		in.errs.add("fair_distribution_limit", "Fair distribution limit must be greater than 0")
	}

	if r.FairDistributionWindow <= 0 {
		in.errs.add("fair_distribution_window", "Fair distribution window must be greater than 0")
	}

	return in.done(p)
}

// removePolicy takes it off its inboxes too.
func (p *Platform) removePolicy(c *call) sandbox.Reply {
	r, refused := p.policyShelf().find(c)
	if refused != nil {
		return *refused
	}

	for _, i := range p.inboxes.All() {
		if i.policy == r {
			i.policy = nil
		}
	}

	return p.policyShelf().remove(c)
}

// listPolicyInboxes lists the inboxes that follow a policy.
func (p *Platform) listPolicyInboxes(c *call) sandbox.Reply {
	r, refused := p.policyShelf().find(c)
	if refused != nil {
		return *refused
	}

	rows := []object{}

	for _, i := range p.inboxes.All() {
		if i.policy == r {
			rows = append(rows, p.inboxJSON(i, true))
		}
	}

	return ok(object{"inboxes": rows})
}

func (p *Platform) showInboxPolicy(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	if i.policy == nil {
		return *refuse(http.StatusNotFound, "Assignment policy not found")
	}

	return ok(p.policyShelf().shape(c, i.policy))
}

// setInboxPolicy replaces the one that is there.
func (p *Platform) setInboxPolicy(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "assignment_policy_id")
	if refused != nil {
		return *refused
	}

	var id *int64
	in.whole("assignment_policy_id", &id)

	if id == nil {
		return notFound()
	}

	r, found := p.policies.Get(*id)
	if !found || r.account != c.account.id {
		return notFound()
	}

	i.policy = r

	return ok(p.policyShelf().shape(c, r))
}

func (p *Platform) removeInboxPolicy(c *call) sandbox.Reply {
	i, refused := c.findInbox()
	if refused != nil {
		return *refused
	}

	if i.policy == nil {
		return *refuse(http.StatusNotFound, "Assignment policy not found")
	}

	i.policy = nil

	return empty(http.StatusOK)
}
