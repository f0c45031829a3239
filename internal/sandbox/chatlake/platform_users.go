package chatlake

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

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
		"display_name": u.displayName, "message_signature": nil, "email": u.email, "id": u.id, "name": u.name, "provider": u.provider,
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
