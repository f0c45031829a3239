package chatlake

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// platformPath is where the platform API starts. Its tokens belong to apps that a super administrator makes.
//
// https://developers.chatwoot.com/api-reference/accounts/create-an-account
const platformPath = "//platform/api/v1"

// platformApp reaches what it made, and what it was given. What is gone stays in its lists.
type platformApp struct{ accounts, users, bots []int64 }

func (a *platformApp) give(ids *[]int64, id int64) {
	if !slices.Contains(*ids, id) {
		*ids = append(*ids, id)
	}
}

// installedFeatures are those of a new account, and otherFeatures those that can be switched on.
var (
	installedFeatures = strings.Fields(`inbound_emails channel_email channel_facebook help_center agent_bots macros agent_management
		team_management inbox_management labels custom_attributes automations canned_responses integrations voice_recorder channel_website
		campaigns reports crm auto_resolve_conversations chatwoot_v4 contact_chatwoot_support_team channel_instagram assignment_v2
		channel_tiktok captain_tasks`)
	otherFeatures = strings.Fields(`ip_lookup conversation_unread_counts disable_branding audit_logs custom_tools sla
		help_center_embedding_search linear_integration captain_integration custom_roles shopify_integration crm_integration crm_v2
		channel_voice notion_integration captain_integration_v2 whatsapp_campaign captain_document_auto_sync saml companies
		csat_review_notes conversation_required_attributes advanced_assignment`)
	limitNames = []string{"agents", "inboxes", "captain_responses", "captain_documents", "emails"}
)

func newFeatures() map[string]bool {
	features := map[string]bool{}
	for _, name := range installedFeatures {
		features[name] = true
	}

	return features
}

func (p *Platform) platformEndpoints() []endpoint {
	const (
		accounts = platformPath + "/accounts"
		members  = accounts + "/{of}/account_users"
		users    = platformPath + "/users"
		bots     = platformPath + "/agent_bots"
	)

	return []endpoint{
		get(accounts, app, p.platformAccounts).takes("page").from("2.9.0"),
		post(accounts, app, p.platformCreateAccount).from("1.12.0"),
		get(accounts+"/{of}", app, p.platformAccount(p.platformShowAccount)).from("1.12.0"),
		patch(accounts+"/{of}", app, p.platformAccount(p.platformUpdateAccount)).from("1.12.0"),
		remove(accounts+"/{of}", app, p.platformAccount(p.platformDeleteAccount)).from("1.12.0"),
		get(members, app, p.platformAccount(p.platformMembers)).from("1.12.0"),
		post(members, app, p.platformAccount(p.platformAddMember)).from("1.12.0"),
		remove(members, app, p.platformAccount(p.platformRemoveMember)).takes("user_id").from("1.12.0"),
		post(users, app, p.platformCreateUser).from("1.12.0"),
		get(users+"/{user}", app, p.platformUser(p.platformShowUser)).from("1.12.0"),
		patch(users+"/{user}", app, p.platformUser(p.platformUpdateUser)).from("1.12.0"),
		remove(users+"/{user}", app, p.platformUser(p.platformDeleteUser)).from("1.12.0"),
		get(users+"/{user}/login", app, p.platformUser(p.platformLogin)).from("1.12.0"),
		post(users+"/{user}/token", app, p.platformUser(p.platformToken)).from("4.3.0"),
		get(bots, app, p.platformBots).from("1.12.0"),
		post(bots, app, p.platformCreateBot).from("1.12.0"),
		get(bots+"/{bot}", app, p.platformBot(p.platformShowBot)).from("1.12.0"),
		patch(bots+"/{bot}", app, p.platformBot(p.platformUpdateBot)).from("1.12.0"),
		remove(bots+"/{bot}", app, p.platformBot(p.platformDeleteBot)).from("1.12.0"),
	}
}

// enterPlatform checks the token of an app. Every other one is as good as none.
func (p *Platform) enterPlatform(c *call) *sandbox.Reply {
	token, _ := p.token(c.Header)

	owner := p.tokens[token]
	if owner.app == nil {
		return refuse(http.StatusUnauthorized, "Invalid access_token")
	}

	c.app = owner.app

	return nil
}

// frameworkMissing is what the platform API says of an id that is not there: the application's own words are not used.
func frameworkMissing() sandbox.Reply {
	return answer(http.StatusNotFound, object{"status": 404, "error": "Not Found"})
}

func notPermissible() sandbox.Reply {
	return *refuse(http.StatusUnauthorized, "Non permissible resource")
}

// reached finds an object of the installation, and then asks whether the app may reach it.
func reached[R any](c *call, param string, rows *sandbox.Collection[int64, R], own []int64) (R, *sandbox.Reply) {
	r, found := rows.Get(c.id(param))

	switch {
	case !found:
		reply := frameworkMissing()
		return r, &reply
	case !slices.Contains(own, c.id(param)):
		reply := notPermissible()
		return r, &reply
	default:
		return r, nil
	}
}

func (p *Platform) platformAccount(handle func(*call, *account) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		row, refused := reached(c, "of", &p.accounts, c.app.accounts)
		if refused != nil {
			return *refused
		}

		return handle(c, row)
	}
}

func (p *Platform) platformUser(handle func(*call, *user) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		row, refused := reached(c, "user", &p.users, c.app.users)
		if refused != nil {
			return *refused
		}

		return handle(c, row)
	}
}

func (p *Platform) platformBot(handle func(*call, *agentBot) sandbox.Reply) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		row, refused := reached(c, "bot", &p.bots, c.app.bots)
		if refused != nil {
			return *refused
		}

		return handle(c, row)
	}
}

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
		out["custom_role_id"], out["agent_capacity_policy_id"] = m.customRoleID, nil
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

// platformUserJSON is the person's profile, token included, as of their first account.
func (p *Platform) platformUserJSON(u *user) object {
	accounts := []object{}
	first, role := any(nil), any(nil)

	for _, id := range slices.Sorted(maps.Keys(u.memberships)) {
		row, _ := p.accounts.Get(id)
		accounts = append(accounts, object{"id": id, "name": row.name, "active_at": nil, "role": nullable(u.memberships[id].role)})

		if first == nil {
			first, role = id, nullable(u.memberships[id].role)
		}
	}

	out := object{
		"access_token": u.token, "account_id": first, "available_name": u.availableName(), "avatar_url": u.avatar, "confirmed": u.confirmed,
		"display_name": u.displayName, "message_signature": nil, "email": u.email, "id": u.id, "name": u.name, "provider": "email",
		"pubsub_token": u.pubsubToken, "role": role, "ui_settings": object{}, "uid": u.email, "accounts": accounts,
	}

	if len(u.custom) > 0 {
		out["custom_attributes"] = u.custom
	}

	return out
}

func (p *Platform) platformShowUser(_ *call, u *user) sandbox.Reply { return ok(p.platformUserJSON(u)) }

// platformCreateUser gives the app a person whose address is known, unchanged; who was only invited is confirmed.
func (p *Platform) platformCreateUser(c *call) sandbox.Reply {
	in, refused := p.readPlatformUser(c)
	if refused != nil {
		return *refused
	}

	address, _ := in.values["email"].(string)

	known := p.emails[strings.ToLower(address)]
	if known != nil {
		known.confirmed = true
		c.app.give(&c.app.users, known.id)

		return ok(p.platformUserJSON(known))
	}

	u := p.newUser("", "")
	u.confirmed = true

	refused = p.assignPlatformUser(in, u, true)
	if refused != nil {
		return *refused
	}

	p.keepUser(u)
	c.app.give(&c.app.users, u.id)

	return ok(p.platformUserJSON(u))
}

func (p *Platform) platformUpdateUser(c *call, u *user) sandbox.Reply {
	in, refused := p.readPlatformUser(c)
	if refused != nil {
		return *refused
	}

	draft := *u

	refused = p.assignPlatformUser(in, &draft, false)
	if refused != nil {
		return *refused
	}

	delete(p.emails, u.email)

	*u = draft
	p.keepUser(u)

	return ok(p.platformUserJSON(u))
}

func (p *Platform) readPlatformUser(c *call) (*input, *sandbox.Reply) {
	return read(c.Request, "name", "display_name", "email", "password", "custom_attributes*")
}

func (p *Platform) assignPlatformUser(in *input, u *user, fresh bool) *sandbox.Reply {
	p.assignAddress(in, u, fresh)

	if fresh || in.values["password"] != nil {
		password, _ := in.values["password"].(string)
		checkPassword(in, password)
	}

	name := &u.name
	in.optString("name", &name, maxString)

	if presence(name) == nil && (fresh || in.has("name")) {
		in.errs.add("name", "Name can't be blank")
	} else if name != nil {
		u.name = *name
	}

	in.optString("display_name", &u.displayName, maxString)

	custom, isObject := in.values["custom_attributes"].(object)
	if isObject {
		u.custom = maps.Clone(u.custom)
		if u.custom == nil {
			u.custom = object{}
		}

		maps.Copy(u.custom, custom)
	}

	return in.done(p)
}

func (p *Platform) assignAddress(in *input, u *user, fresh bool) {
	if !fresh && !in.has("email") {
		return
	}

	address, _ := in.values["email"].(string)
	address = strings.ToLower(strings.TrimSpace(address))
	other := p.emails[address]

	switch {
	case address == "":
		in.errs.add("email", "Email can't be blank")
	case !isAddress(address):
		in.errs.add("email", "Email is invalid")
		in.errs.add("email", "Email is not an email")
	case other != nil && other.id != u.id:
		in.errs.add("email", "Email has already been taken")
	default:
		u.email = address
	}
}

// isAddress reports whether the server takes a text for an e-mail address, roughly.
func isAddress(text string) bool {
	name, host, found := strings.Cut(text, "@")
	return found && name != "" && host != "" && !strings.ContainsAny(text, " \t\r\n") && !strings.Contains(host, "@")
}

const specialCharacters = `!@#$%^&*()_+-=[]{}|"/\.,` + "`<>:;?~'"

func checkPassword(in *input, password string) {
	for _, rule := range []struct {
		words  string
		isKept bool
	}{
		{"6 characters", len(password) >= 6},
		{"1 uppercase character  (A..Z)", strings.ContainsAny(password, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")},
		{"1 lowercase character  (a..z)", strings.ContainsAny(password, "abcdefghijklmnopqrstuvwxyz")},
		{"1 number character  (0..9)", strings.ContainsAny(password, "0123456789")},
		{"1 special character  ( !@#$%^&*()_+-=[]{}|\"/\\.,`<>:;?~')", strings.ContainsAny(password, specialCharacters)},
	} {
		if !rule.isKept {
			in.errs.addEnglish("password", "Password must contain at least "+rule.words)
		}
	}
}

// platformDeleteUser leaves it to a job.
func (p *Platform) platformDeleteUser(_ *call, u *user) sandbox.Reply {
	p.later(func() {
		for _, id := range slices.Sorted(maps.Keys(u.memberships)) {
			p.unassign(u, id)
		}

		p.destroyUser(u)
	})

	return empty(http.StatusOK)
}

// platformLogin makes a new link each time.
func (p *Platform) platformLogin(_ *call, u *user) sandbox.Reply {
	return ok(object{"url": "http://chatlake.sandbox.invalid/app/login?email=" + u.email + "&sso_auth_token=" + p.newToken()})
}

func (p *Platform) platformToken(_ *call, u *user) sandbox.Reply {
	return ok(object{
		"access_token": u.token, "expiry": nil,
		"user": object{"id": u.id, "name": u.name, "display_name": u.displayName, "email": u.email, "pubsub_token": u.pubsubToken},
	})
}

func platformBotJSON(r *agentBot) object {
	out := object{
		"id": r.id, "name": r.name, "description": r.description, "outgoing_url": r.outgoingURL, "account_id": nil, "access_token": r.token,
	}

	if r.account != 0 {
		out["account_id"] = r.account
	}

	return out
}

// platformBots leaves out what is gone.
func (p *Platform) platformBots(c *call) sandbox.Reply {
	rows := []object{}

	for _, id := range c.app.bots {
		r, found := p.bots.Get(id)
		if found {
			rows = append(rows, platformBotJSON(r))
		}
	}

	return ok(rows)
}

func (p *Platform) platformShowBot(_ *call, r *agentBot) sandbox.Reply { return ok(platformBotJSON(r)) }

func (p *Platform) platformCreateBot(c *call) sandbox.Reply {
	r := &agentBot{botType: "webhook", config: object{}, token: p.newToken(), secret: p.newToken()}

	refused := p.assignPlatformBot(c, r)
	if refused != nil {
		return *refused
	}

	r.id = p.nextID("bots")
	p.bots.Put(r.id, r)
	p.tokens[r.token] = principal{bot: r}
	c.app.give(&c.app.bots, r.id)

	return ok(platformBotJSON(r))
}

func (p *Platform) platformUpdateBot(c *call, r *agentBot) sandbox.Reply {
	draft := *r

	refused := p.assignPlatformBot(c, &draft)
	if refused != nil {
		return *refused
	}

	*r = draft

	return ok(platformBotJSON(r))
}

// assignPlatformBot checks nothing: no name is a name, and any account an account.
func (p *Platform) assignPlatformBot(c *call, r *agentBot) *sandbox.Reply {
	in, refused := read(c.Request, "name", "description", "outgoing_url", "account_id", "avatar", "avatar_url")
	if refused != nil {
		return refused
	}

	in.optString("name", &r.name, maxString)
	in.optString("description", &r.description, maxString)
	in.optString("outgoing_url", &r.outgoingURL, 2048)

	owner := &r.account
	in.whole("account_id", &owner, true)
	r.account = zeroIfNone(owner)

	return in.done(p)
}

func (p *Platform) platformDeleteBot(_ *call, r *agentBot) sandbox.Reply {
	p.detachBot(r)
	p.bots.Delete(r.id)

	return empty(http.StatusOK)
}

// Installed views what is above the accounts, as the platform API shows it: "accounts", "users", "account_users" of all accounts,
// or "agent_bots".
func (p *Platform) Installed(kind string) []map[string]any {
	return look(p, func() []map[string]any {
		var rows []map[string]any

		switch kind {
		case "accounts":
			rows = mapped(p.accounts.Where(func(*account) bool { return true }), platformAccountJSON)
		case "users":
			rows = mapped(p.users.Where(func(*user) bool { return true }), p.platformUserJSON)
		case "agent_bots":
			rows = mapped(p.bots.Where(func(*agentBot) bool { return true }), platformBotJSON)
		case "account_users":
			for _, u := range p.users.All() {
				for id, m := range u.memberships {
					rows = append(rows, p.memberJSON(u, m, id))
				}
			}
		}

		return mapped(rows, func(row map[string]any) map[string]any { return plain(row) })
	})
}
