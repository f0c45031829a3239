package chatlake

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const (
	roleAgent         = "agent"
	roleAdministrator = "administrator"
)

var (
	roles          = []string{roleAgent, roleAdministrator}
	availabilities = []string{"online", "offline", "busy"}
)

// user is a person of the installation; what they are in an account is a membership.
type user struct {
	id           int64
	name         string
	displayName  *string
	email, token string
	confirmed    bool
	avatar       string
	pubsubToken  string
	provider     string // How they sign in: "email" or "saml".
	connected    bool   // Whether a browser of theirs is open.
	custom       object // Of the platform API; the own profile keeps a phone number in it.
	signature    *string
	uiSettings   object
	memberships  map[int64]*membership
	leaving      map[int64]bool // Accounts in which a job still clears what they had.
}

type membership struct {
	id           int64
	created      time.Time
	role         string
	availability string
	autoOffline  bool
	customRoleID *int64

	capacityPolicyID *int64
	notifications    *notifications // Nil until they are set.
}

func (u *user) availableName() string {
	if deref(u.displayName) != "" {
		return *u.displayName
	}

	return u.name
}

// status is what others see: the availability that was set, or presence if the person goes offline by themselves.
func (u *user) status(m *membership) string {
	if m.autoOffline && !u.connected {
		return "offline"
	}

	return m.availability
}

func (p *Platform) newUser(name, email string) *user {
	return &user{
		id: p.nextID("users"), name: name, email: email, token: p.newToken(), pubsubToken: p.newToken(), provider: "email",
		memberships: map[int64]*membership{},
	}
}

func (p *Platform) keepUser(u *user) {
	p.users.Put(u.id, u)
	p.emails[u.email] = u
	p.tokens[u.token] = principal{user: u}
}

type agentJSON struct {
	ID                 int64   `json:"id"`
	AccountID          int64   `json:"account_id"`
	AvailabilityStatus string  `json:"availability_status"`
	AutoOffline        bool    `json:"auto_offline"`
	Confirmed          bool    `json:"confirmed"`
	Email              string  `json:"email"`
	Provider           string  `json:"provider,omitempty"`
	AvailableName      string  `json:"available_name"`
	Name               string  `json:"name"`
	Role               any     `json:"role"`
	Thumbnail          string  `json:"thumbnail"`
	CustomRoleID       **int64 `json:"custom_role_id,omitempty"`
}

func (p *Platform) agentJSON(u *user, account int64) agentJSON {
	out := agentJSON{
		ID: u.id, AccountID: account, Confirmed: u.confirmed, Email: u.email,
		AvailableName: u.availableName(), Name: u.name, Thumbnail: u.avatar, AvailabilityStatus: "offline",
	}

	if p.has(agentProvider) {
		out.Provider = u.provider
	}

	m := u.memberships[account]
	if m != nil {
		out.AvailabilityStatus, out.AutoOffline, out.Role = u.status(m), m.autoOffline, nullable(m.role)
		if p.switches.Enterprise && p.has(agentCustomRole) {
			out.CustomRoleID = &m.customRoleID
		}
	}

	return out
}

// agentRows are users by id, as agents of the account; who is none any more is left out.
func (p *Platform) agentRows(ids []int64, account int64) []agentJSON {
	rows := []agentJSON{}

	for _, id := range ids {
		u, found := p.users.Get(id)
		if found && u.memberships[account] != nil {
			rows = append(rows, p.agentJSON(u, account))
		}
	}

	return rows
}

// userEvent is the user as messages and conversations have them.
func (p *Platform) userEvent(u *user, account int64) object {
	status := "offline"

	m := u.memberships[account]
	if m != nil {
		status = u.status(m)
	}

	return object{
		"id": u.id, "name": u.name, "available_name": u.availableName(), "avatar_url": u.avatar, "type": "user",
		"availability_status": status, "thumbnail": u.avatar,
	}
}

func (p *Platform) accountUsers(account int64) []*user {
	rows := p.users.Where(func(u *user) bool { return u.memberships[account] != nil })
	slices.SortStableFunc(rows, func(a, b *user) int {
		return cmp.Compare(strings.ToLower(a.name), strings.ToLower(b.name))
	})

	return rows
}

func (p *Platform) listAgents(c *call) sandbox.Reply {
	return ok(mapped(p.accountUsers(c.account.id), func(u *user) agentJSON { return p.agentJSON(u, c.account.id) }))
}

var agentFields = []string{"name", "email", "role", "availability", "auto_offline"}

func (p *Platform) createAgent(c *call) sandbox.Reply {
	in, refused := readRoot(c.Request, "agent", []string{"custom_role_id"}, agentFields...)
	if refused != nil {
		return *refused
	}

	var name, email *string
	in.optString("name", &name, maxString)
	in.optString("email", &email, maxString)

	m := &membership{role: roleAgent, availability: "online", autoOffline: true}
	p.assignMembership(in, m)

	limit := limitOf(c.account, "agents", p.switches.AgentLimit)
	if limit > 0 && len(p.accountUsers(c.account.id)) >= limit {
		return *refuse(http.StatusPaymentRequired, "Account limit exceeded. Please purchase more licenses")
	}

	u, refused := p.findOrMakeUser(c, in, email, name)
	if refused != nil {
		return *refused
	}

	m.id, m.created = p.nextID("account_users"), p.core.Now()
	u.memberships[c.account.id] = m

	_, signsOn := p.samlOf(c.account.id)
	if signsOn {
		u.provider = "saml"
	}

	return ok(p.agentJSON(u, c.account.id))
}

// findOrMakeUser returns the person of an address. Somebody new is kept only if nothing was refused.
func (p *Platform) findOrMakeUser(c *call, in *input, email, name *string) (*user, *sandbox.Reply) {
	address := strings.ToLower(strings.TrimSpace(deref(email)))

	u := p.emails[address]
	if u != nil && u.memberships[c.account.id] != nil {
		in.errs.add("user_id", "User has already been taken")
	}

	if u != nil {
		return u, in.done(p)
	}

	switch {
	case name != nil && *name != "" || !p.has(agentNameFromMail):
	case email == nil:
		in.fail(crash(c.Request, "an agent without email and name"))
	default:
		local, _, _ := strings.Cut(strings.TrimSpace(*email), "@") // As it was typed.
		name = &local
	}

	validateMail(in, address)

	if (p.has(agentNameFromMail) || !p.has(agentNeedsName)) && presence(name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	if name == nil {
		in.refuseColumn("an agent without name")
	}

	refused := in.done(p)
	if refused != nil {
		return nil, refused
	}

	u = p.newUser(*name, address)
	p.keepUser(u)

	return u, nil
}

// validateMail checks the address of a person. Its domain needs a dot.
func validateMail(in *input, address string) {
	if address == "" {
		in.errs.add("email", "Email can't be blank")
		return
	}

	if !emailPattern.MatchString(address) {
		in.errs.add("email", "Email is invalid")
	}

	if !isMailAddress(address) {
		in.errs.addEnglish("email", "Email is not an email")
	}
}

// isMailAddress reports whether the domain of an address looks like one of the public internet.
func isMailAddress(address string) bool {
	_, domain, hasDomain := strings.Cut(address, "@")

	return hasDomain && strings.Contains(domain, ".") && !strings.ContainsAny(domain, "+!_/ '`@") &&
		!strings.HasPrefix(domain, ".") && !strings.HasPrefix(domain, "-") && !strings.HasSuffix(domain, ".") &&
		!strings.Contains(domain, "-.") && !strings.Contains(domain, "..") && strings.IndexFunc(address, isWide) < 0
}

func isWide(r rune) bool { return r > 127 }

// assignMembership skips nulls, except for the custom role: enterprise builds write that one always.
func (p *Platform) assignMembership(in *input, m *membership) {
	for _, key := range []string{"role", "availability", "auto_offline"} {
		if in.isNull(key) {
			delete(in.values, key)
		}
	}

	in.optEnum("role", roles, &m.role)
	in.enum("availability", availabilities, &m.availability)
	in.flag("auto_offline", &m.autoOffline)

	if p.switches.Enterprise && p.has(agentCustomRole) {
		m.customRoleID = nil
		in.whole("custom_role_id", &m.customRoleID)
	} else if in.has("custom_role_id") && !in.isNull("custom_role_id") {
		in.req.Complain("this server has no custom roles")
	}
}

func (c *call) findAgent() (*user, *membership, *sandbox.Reply) {
	u, found := c.p.users.Get(c.id("agent"))
	if !found || u.memberships[c.account.id] == nil {
		reply := notFound()
		return nil, nil, &reply
	}

	return u, u.memberships[c.account.id], nil
}

func (c *call) lookupAgent() (*user, *sandbox.Reply) {
	u, _, refused := c.findAgent()
	return u, refused
}

func (p *Platform) updateAgent(c *call) sandbox.Reply {
	u, m, refused := c.findAgent()
	if refused != nil {
		return *refused
	}

	in, refused := readRoot(c.Request, "agent", []string{"custom_role_id"}, agentFields...)
	if refused != nil {
		return *refused
	}

	if in.has("email") {
		c.Complain("an agent's email cannot be changed: the server ignores it")
	}

	name, draft := &u.name, *m

	if in.isNull("name") {
		delete(in.values, "name")
	}

	in.optString("name", &name, maxString)

	if p.has(agentNameFromMail) && presence(name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	p.assignMembership(in, &draft)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	u.name, *m = *name, draft

	return ok(p.agentJSON(u, c.account.id))
}

func (p *Platform) deleteAgent(c *call) sandbox.Reply {
	u, _, refused := c.findAgent()
	if refused != nil {
		return *refused
	}

	p.removeAgent(u, c.account.id)

	return empty(http.StatusOK)
}

// removeAgent ends the membership at once. One job takes the person off everything of the account, and another one
// destroys the person's record if it had no other account by now. Neither looks whether the person was added again.
func (p *Platform) removeAgent(u *user, account int64) {
	delete(u.memberships, account)

	isOrphan := len(u.memberships) == 0

	p.later(func() {
		p.unassign(u, account)

		if isOrphan {
			p.destroyUser(u)
		}
	})
}

// unassign takes a person out of the account's inboxes and teams and off its conversations.
func (p *Platform) unassign(u *user, account int64) {
	without := func(ids []int64) []int64 {
		return slices.DeleteFunc(ids, func(id int64) bool { return id == u.id })
	}

	for _, i := range p.inboxes.All() {
		if i.account == account {
			i.members = without(i.members)
		}
	}

	for _, t := range p.teams.All() {
		if t.AccountID == account {
			t.members = without(t.members)
		}
	}

	for _, conv := range p.conversations.All() {
		if conv.account.id == account && conv.assignee == u {
			conv.assignee = nil
		}
	}
}

func (p *Platform) destroyUser(u *user) {
	p.users.Delete(u.id)
	delete(p.emails, u.email)
	delete(p.tokens, u.token)
	clear(u.memberships)
}
