package chatlake

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// capacityPolicy says how many conversations its users take in some inboxes. What its rules exclude is stored as it was sent.
type capacityPolicy struct {
	ID          int64   `json:"id"`
	Name        *string `json:"name"`
	Description *string `json:"description"`
	Rules       any     `json:"exclusion_rules"`
	CreatedAt   int64   `json:"created_at"`
	UpdatedAt   int64   `json:"updated_at"`
	Account     int64   `json:"account_id"`

	// What follows is of other tables.
	Agents int              `json:"assigned_agent_count"`
	Limits []*capacityLimit `json:"inbox_capacity_limits"`
}

func (r *capacityPolicy) key() int64   { return r.ID }
func (r *capacityPolicy) owner() int64 { return r.Account }

// capacityLimit is how many conversations of an inbox a user of a policy takes.
type capacityLimit struct {
	ID    int64 `json:"id"`
	Inbox int64 `json:"inbox_id"`
	Limit int64 `json:"conversation_limit"`

	policy           int64
	created, updated int64
}

func (p *Platform) capacityPolicyKind() kind {
	const one = "/agent_capacity_policies/{capacity}"

	policies := p.capacityPolicyShelf()

	return kind{
		name: "agent_capacity_policies",
		endpoints: ofEnterprise(slices.Concat(
			crud(policies, "/agent_capacity_policies", admin, admin, "4.6.0"),
			[]endpoint{
				get(one+"/users", admin, p.listCapacityUsers).from("4.6.0"),
				post(one+"/users", admin, p.addCapacityUser).from("4.6.0"),
				remove(one+"/users/{user}", admin, p.removeCapacityUser).from("4.6.0"),
				post(one+"/inbox_limits", admin, p.createCapacityLimit).from("4.6.0"),
				patch(one+"/inbox_limits/{limit}", admin, p.updateCapacityLimit).from("4.6.0"),
				remove(one+"/inbox_limits/{limit}", admin, p.deleteCapacityLimit).from("4.6.0"),
			})...),
		view: func(account int64) sandbox.TableView {
			return tableOf("Agent capacity policies", policies.rows, func(r *capacityPolicy) (int64, []string) {
				return r.Account, []string{
					number(r.ID), deref(r.Name), strconv.Itoa(len(p.capacityUsers(r))), strconv.Itoa(len(p.limitsOf(r))),
				}
			}, account, "Id", "Name", "Users", "Limits")
		},
		held: func(c *call) []map[string]any { return held(c, policies) },
	}
}

func (p *Platform) capacityPolicyShelf() *shelf[*capacityPolicy] {
	return shelf[*capacityPolicy]{
		p: p, param: "capacity", rows: rowsOf[*capacityPolicy](p, "agent_capacity_policies"),
		fresh:  func(c *call) *capacityPolicy { return &capacityPolicy{Account: c.account.id, Rules: object{}} },
		assign: p.assignCapacityPolicy,
		keep: func(r *capacityPolicy) {
			r.UpdatedAt = epoch(p.core.Now())
			if r.ID == 0 {
				r.ID, r.CreatedAt = p.nextID("agent_capacity_policies"), r.UpdatedAt
			}
		},
		copy:   func(r *capacityPolicy) *capacityPolicy { draft := *r; return &draft },
		commit: func(into, draft *capacityPolicy) { *into = *draft },
		gone:   p.freeCapacityUsers,
		shape: func(_ *call, r *capacityPolicy) any {
			out := *r
			out.Agents, out.Limits = len(p.capacityUsers(r)), p.limitsOf(r)

			return &out
		},
	}.with()
}

func (p *Platform) assignCapacityPolicy(c *call, r *capacityPolicy, _ bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "agent_capacity_policy", nil, "name", "description", "exclusion_rules*")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.Name, maxString)
	in.optString("description", &r.Description, maxText)

	switch rules := in.values["exclusion_rules"].(type) {
	case object:
		r.Rules = exclusionRules(in, rules)
	case []any:
		in.req.Complain("exclusion_rules is a list: the server stores an empty one")

		r.Rules = []any{}
	case nil:
		if in.has("exclusion_rules") {
			r.Rules = object{}
		}
	default:
		in.req.Complain("exclusion_rules is not an object: the server drops it")
	}

	if presence(r.Name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	return in.done(p)
}

// exclusionRules keeps what the server knows of the rules: a scalar of any type, and a list of scalars.
func exclusionRules(in *input, sent object) object {
	kept := object{}

	for key, value := range sent {
		shape := map[string]byte{"exclude_older_than_hours": ' ', "excluded_labels": '['}[key]
		if shape == 0 || !hasShape(value, shape) {
			in.req.Complain("exclusion_rules has %s: %v, which the server drops", key, value)
			continue
		}

		_, isText := value.(string)
		if isText {
			in.req.Complain("%s is a text, which the server stores as it is", key)
		}

		kept[key] = value
	}

	return kept
}

// capacityUsers are the members who have the policy, by their memberships.
func (p *Platform) capacityUsers(r *capacityPolicy) []*user {
	return p.users.Where(func(u *user) bool {
		m := u.memberships[r.Account]
		return m != nil && m.capacityPolicyID != nil && *m.capacityPolicyID == r.ID
	})
}

func (p *Platform) freeCapacityUsers(r *capacityPolicy) {
	for _, u := range p.capacityUsers(r) {
		u.memberships[r.Account].capacityPolicyID = nil
	}

	limits := p.capacityLimits()
	for _, limit := range p.limitsOf(r) {
		limits.Delete(limit.ID)
	}
}

func (p *Platform) capacityLimits() *sandbox.Collection[int64, *capacityLimit] {
	return rowsOf[*capacityLimit](p, "inbox_capacity_limits")
}

func (p *Platform) limitsOf(r *capacityPolicy) []*capacityLimit {
	return append([]*capacityLimit{}, p.capacityLimits().Where(func(limit *capacityLimit) bool { return limit.policy == r.ID })...)
}

// dropInboxLimits takes an inbox out of all policies.
func (p *Platform) dropInboxLimits(i *inbox) {
	limits := p.capacityLimits()
	for _, limit := range limits.Where(func(limit *capacityLimit) bool { return limit.Inbox == i.id }) {
		limits.Delete(limit.ID)
	}
}

// listCapacityUsers shows whole users, with their tokens.
func (p *Platform) listCapacityUsers(c *call) sandbox.Reply {
	r, refused := p.capacityPolicyShelf().find(c)
	if refused != nil {
		return *refused
	}

	return ok(mapped(p.capacityUsers(r), p.profileJSON))
}

// addCapacityUser also takes the user out of another policy.
func (p *Platform) addCapacityUser(c *call) sandbox.Reply {
	r, refused := p.capacityPolicyShelf().find(c)
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "user_id")
	if refused != nil {
		return *refused
	}

	var id *int64
	in.whole("user_id", &id)

	if id == nil {
		return notFound()
	}

	u, m, refused := p.memberOf(c, *id)
	if refused != nil {
		return *refused
	}

	m.capacityPolicyID = &r.ID

	return ok(p.profileJSON(u))
}

// removeCapacityUser takes the user out of whatever policy they are in.
func (p *Platform) removeCapacityUser(c *call) sandbox.Reply {
	r, refused := p.capacityPolicyShelf().find(c)
	if refused != nil {
		return *refused
	}

	_, m, refused := p.memberOf(c, c.id("user"))
	if refused != nil {
		return *refused
	}

	if m.capacityPolicyID != nil && *m.capacityPolicyID != r.ID {
		c.Complain("the user is in policy %d: the server takes them out of it", *m.capacityPolicyID)
	}

	m.capacityPolicyID = nil

	return empty(http.StatusOK)
}

func (p *Platform) memberOf(c *call, id int64) (*user, *membership, *sandbox.Reply) {
	u, found := p.users.Get(id)
	if !found || u.memberships[c.account.id] == nil {
		reply := notFound()
		return nil, nil, &reply
	}

	return u, u.memberships[c.account.id], nil
}

func (p *Platform) createCapacityLimit(c *call) sandbox.Reply {
	r, refused := p.capacityPolicyShelf().find(c)
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "inbox_id", "conversation_limit")
	if refused != nil {
		return *refused
	}

	var id *int64
	in.whole("inbox_id", &id)

	i, found := (*inbox)(nil), false
	if id != nil {
		i, found = p.inboxes.Get(*id)
	}

	if !found || i.account != c.account.id {
		return notFound()
	}

	if slices.ContainsFunc(p.limitsOf(r), func(limit *capacityLimit) bool { return limit.Inbox == i.id }) {
		return *refuse(http.StatusUnprocessableEntity, "Inbox has already been assigned to this policy")
	}

	limit := &capacityLimit{Inbox: i.id, policy: r.ID, created: epoch(p.core.Now())}

	refused = p.assignCapacityLimit(in, limit)
	if refused != nil {
		return *refused
	}

	limit.ID = p.nextID("inbox_capacity_limits")
	p.capacityLimits().Put(limit.ID, limit)

	return ok(limit.json())
}

// assignCapacityLimit takes a limit that was left out for none.
func (p *Platform) assignCapacityLimit(in *input, limit *capacityLimit) *sandbox.Reply {
	value := in.values["conversation_limit"]
	if value == nil {
		in.errs.add("conversation_limit", "Conversation limit can't be blank")
		in.errs.add("conversation_limit", "Conversation limit is not a number")

		return in.done(p)
	}

	_, isText := value.(string)
	if isText {
		in.req.Complain("conversation_limit is a text")
	}

	f, err := strconv.ParseFloat(scalarText(value), 64)

	switch {
	case err != nil:
		in.errs.add("conversation_limit", "Conversation limit is not a number")
	case f != float64(int64(f)):
		in.errs.add("conversation_limit", "Conversation limit must be an integer")
	case f < 0:
		in.errs.add("conversation_limit", "Conversation limit must be greater than or equal to 0")
	default:
		in.values["conversation_limit"] = json.Number(scalarText(value))
		kept := &limit.Limit
		in.int4("conversation_limit", &kept)
		limit.Limit = *kept
	}

	limit.updated = epoch(p.core.Now())

	return in.done(p)
}

func (l *capacityLimit) json() object {
	return object{
		"id": l.ID, "inbox_id": l.Inbox, "agent_capacity_policy_id": l.policy, "conversation_limit": l.Limit, "created_at": l.created,
		"updated_at": l.updated,
	}
}

func (p *Platform) findCapacityLimit(c *call) (*capacityLimit, *sandbox.Reply) {
	r, refused := p.capacityPolicyShelf().find(c)
	if refused != nil {
		return nil, refused
	}

	limit, found := p.capacityLimits().Get(c.id("limit"))
	if !found || limit.policy != r.ID {
		reply := notFound()
		return nil, &reply
	}

	return limit, nil
}

// updateCapacityLimit does not move a limit to another inbox.
func (p *Platform) updateCapacityLimit(c *call) sandbox.Reply {
	limit, refused := p.findCapacityLimit(c)
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "conversation_limit")
	if refused != nil {
		return *refused
	}

	draft := *limit

	refused = p.assignCapacityLimit(in, &draft)
	if refused != nil {
		return *refused
	}

	*limit = draft

	out := limit.json()

	i, found := p.inboxes.Get(limit.Inbox)
	if found {
		out["inbox_name"] = i.name
	}

	return ok(out)
}

func (p *Platform) deleteCapacityLimit(c *call) sandbox.Reply {
	limit, refused := p.findCapacityLimit(c)
	if refused != nil {
		return *refused
	}

	p.capacityLimits().Delete(limit.ID)

	return empty(http.StatusNoContent)
}
