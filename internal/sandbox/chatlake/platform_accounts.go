package chatlake

import (
	"net/http"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// platformAccountJSON has enabled features only.
func platformAccountJSON(row *account) object {
	return object{
		"id": row.id, "name": row.name, "locale": nullable(row.locale), "domain": row.domain, "support_email": presence(row.supportEmail),
		"features": row.features, "custom_attributes": row.custom, "limits": row.limits, "status": nullable(row.status),
	}
}

// platformAccounts fails for good once one of them was deleted: its entry points nowhere.
func (p *Platform) platformAccounts(c *call) sandbox.Reply {
	rows := []object{}

	for _, id := range c.app.accounts {
		row, found := p.accounts.Get(id)
		if !found {
			return crash(c.Request, "the list of accounts fails for good once one of them was deleted")
		}

		rows = append(rows, platformAccountJSON(row))
	}

	return ok(rows)
}

func (p *Platform) platformShowAccount(_ *call, row *account) sandbox.Reply {
	return ok(platformAccountJSON(row))
}

func (p *Platform) platformCreateAccount(c *call) sandbox.Reply {
	row := &account{
		locale: "en", status: "active", settings: object{}, custom: object{}, limits: object{}, features: newFeatures(), created: p.core.Now(),
	}

	refused := p.assignPlatformAccount(c, row, true)
	if refused != nil {
		return *refused
	}

	row.id = p.nextID("accounts")
	p.accounts.Put(row.id, row)
	c.app.give(&c.app.accounts, row.id)

	return ok(platformAccountJSON(row))
}

func (p *Platform) platformUpdateAccount(c *call, row *account) sandbox.Reply {
	draft := *row

	refused := p.assignPlatformAccount(c, &draft, false)
	if refused != nil {
		return *refused
	}

	*row = draft

	return ok(platformAccountJSON(row))
}

// assignPlatformAccount reads fields without a root. Features are switched one by one, limits and attributes replaced.
func (p *Platform) assignPlatformAccount(c *call, row *account, fresh bool) *sandbox.Reply {
	in, refused := read(c.Request, "name", "locale", "domain", "support_email", "status", "features*", "limits*", "custom_attributes*")
	if refused != nil {
		return refused
	}

	name := &row.name
	in.optString("name", &name, maxString)

	if presence(name) == nil && (fresh || in.has("name")) {
		in.errs.add("name", "Name can't be blank")
	} else if name != nil {
		row.name = *name
	}

	in.optEnum("locale", locales, &row.locale)
	in.optString("domain", &row.domain, 100)
	in.optString("support_email", &row.supportEmail, maxString)

	if in.has("support_email") && presence(row.supportEmail) != nil && !isAddress(*row.supportEmail) {
		in.errs.addEnglish("support_email", "Support email is not a valid email address")
	}

	in.optEnum("status", []string{"active", "suspended"}, &row.status)
	p.switchFeatures(in, row)
	assignLimits(in, row)

	custom, isObject := in.values["custom_attributes"].(object)
	if isObject {
		row.custom = custom
	}

	return in.done(p)
}

// switchFeatures switches each named feature. Any value but false, null and "" switches it on.
func (p *Platform) switchFeatures(in *input, row *account) {
	asked, isObject := in.values["features"].(object)
	if !isObject {
		return
	}

	features := map[string]bool{}
	for name := range row.features {
		features[name] = true
	}

	for _, name := range sortedKeys(asked) {
		if !slices.Contains(installedFeatures, name) && !slices.Contains(otherFeatures, name) {
			in.fail(crash(in.req, "%q is no feature", name))
			return
		}

		value := asked[name]
		if value == nil || value == false || value == "" {
			delete(features, name)
		} else {
			features[name] = true
		}
	}

	row.features = features
}

func assignLimits(in *input, row *account) {
	if !in.has("limits") {
		return
	}

	limits, isObject := in.values["limits"].(object)
	if !isObject {
		row.limits = object{}
		return
	}

	for name := range limits {
		if !slices.Contains(limitNames, name) {
			in.errs.addEnglish("limits", "Limits : Invalid data")
			return
		}
	}

	row.limits = limits
}

// limitOf is how many of something an account may have: its own limit, else the plan's; 0 is none.
func limitOf(row *account, name string, plan int) int {
	own := castInteger(row.limits[name])
	if row.limits[name] == nil || own <= 0 {
		return plan
	}

	return int(own)
}

// platformDeleteAccount leaves it to a job. People stay.
func (p *Platform) platformDeleteAccount(_ *call, row *account) sandbox.Reply {
	p.later(func() {
		for _, u := range p.accountUsers(row.id) {
			delete(u.memberships, row.id)
			p.unassign(u, row.id)
		}

		p.accounts.Delete(row.id)
	})

	return empty(http.StatusOK)
}

func (p *Platform) memberJSON(u *user, m *membership, account int64) object {
	out := object{
		"id": m.id, "account_id": account, "user_id": u.id, "role": nullable(m.role), "inviter_id": nil, "created_at": iso(m.created),
		"updated_at": iso(m.created), "active_at": nil, "availability": m.availability, "auto_offline": m.autoOffline,
	}

	if p.has(agentCustomRole) {
		out["custom_role_id"], out["agent_capacity_policy_id"] = m.customRoleID, m.capacityPolicyID
	}

	return out
}

func (p *Platform) platformMembers(_ *call, row *account) sandbox.Reply {
	return ok(mapped(p.accountUsers(row.id), func(u *user) object { return p.memberJSON(u, u.memberships[row.id], row.id) }))
}

// platformAddMember adds a person, or changes the role of one who is there.
func (p *Platform) platformAddMember(c *call, row *account) sandbox.Reply {
	in, refused := read(c.Request, "user_id", "role")
	if refused != nil {
		return *refused
	}

	var id *int64

	in.whole("user_id", &id, true)

	role := roleAgent

	in.optEnum("role", roles, &role)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	u, found := p.users.Get(zeroIfNone(id))
	if !found {
		reply := answer(http.StatusUnprocessableEntity, object{"message": "User must exist", "attributes": []string{"user"}})
		return reply
	}

	if u.leaving[row.id] {
		return crash(c.Request, "user %d was removed from account %d a moment ago: a job still clears what they had there", u.id, row.id)
	}

	m := u.memberships[row.id]
	if m == nil {
		m = &membership{id: p.nextID("account_users"), availability: "online", autoOffline: true, created: p.core.Now()}
		u.memberships[row.id] = m
	}

	m.role = role

	return ok(p.memberJSON(u, m, row.id))
}

func zeroIfNone(id *int64) int64 {
	if id == nil {
		return 0
	}

	return *id
}

// platformRemoveMember is 200 for who is no member, too. A job clears what the person had in the account.
func (p *Platform) platformRemoveMember(c *call, row *account) sandbox.Reply {
	in, refused := read(c.Request, "user_id")
	if refused != nil {
		return *refused
	}

	id := leadingInteger(c.URL.Query().Get("user_id"))
	if in.has("user_id") {
		id = castInteger(in.values["user_id"])
	}

	u, found := p.users.Get(id)
	if !found || u.memberships[row.id] == nil {
		return empty(http.StatusOK)
	}

	delete(u.memberships, row.id)

	if u.leaving == nil {
		u.leaving = map[int64]bool{}
	}

	u.leaving[row.id] = true

	p.later(func() {
		delete(u.leaving, row.id)
		p.unassign(u, row.id)
	})

	return empty(http.StatusOK)
}
