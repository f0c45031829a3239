package chatlake

import (
	"maps"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// showVersion is for everybody.
func (p *Platform) showVersion(*call) sandbox.Reply {
	return ok(object{
		"version": p.switches.Version, "timestamp": p.core.Now().Format("2006-01-02 15:04:05"),
		"queue_services": "ok", "data_services": "ok",
	})
}

func (p *Platform) showHealth(*call) sandbox.Reply { return ok(object{"status": "woot"}) }

// showProfile tells who the token belongs to, the token included.
func (p *Platform) showProfile(c *call) sandbox.Reply { return ok(p.profileJSON(c.user)) }

// profileJSON is all that there is of a person.
func (p *Platform) profileJSON(u *user) object {
	accounts := []object{}
	first, role := any(nil), any(nil)

	for _, id := range slices.Sorted(maps.Keys(u.memberships)) {
		m := u.memberships[id]
		row, _ := p.accounts.Get(id)

		entry := object{
			"id": id, "name": row.name, "status": row.status, "active_at": nil, "role": nullable(m.role),
			"permissions": []string{m.role}, "availability": m.availability, "availability_status": u.status(m),
			"auto_offline": m.autoOffline,
		}
		if p.has(profileOnboarding) {
			entry["onboarding_step"] = nil
		}

		if p.switches.Enterprise && p.has(profileCustomRoles) {
			entry["custom_role_id"], entry["custom_role"] = m.customRoleID, nil
		}

		accounts = append(accounts, entry)

		if first == nil {
			first, role = id, m.role
		}
	}

	settings := u.uiSettings
	if settings == nil {
		settings = object{}
	}

	out := object{
		"id": u.id, "uid": u.email, "name": u.name, "email": u.email, "display_name": u.displayName,
		"available_name": u.availableName(), "avatar_url": u.avatar, "confirmed": u.confirmed, "role": role, "type": nil,
		"provider": u.provider, "account_id": first, "inviter_id": nil, "message_signature": u.signature, "ui_settings": settings,
		"pubsub_token": u.pubsubToken, "access_token": u.token, "accounts": accounts,
	}
	if len(u.custom) > 0 {
		out["custom_attributes"] = u.custom
	}

	return out
}

// profileFields are what a person changes of the own profile.
var profileFields = []string{
	"name", "display_name", "message_signature", "ui_settings{}", "phone_number", "email", "account_id", "password", "password_confirmation",
	"current_password", "avatar",
}

// updateProfile changes what is told of the caller. Another address holds only after it was confirmed by mail.
func (p *Platform) updateProfile(c *call) sandbox.Reply {
	in, refused := readRoot(c.Request, "profile", nil, profileFields...)
	if refused != nil {
		return *refused
	}

	if in.has("account_id") {
		return crash(c.Request, "account_id is no field of a profile")
	}

	draft := *c.user
	name := &draft.name

	in.optString("name", &name, maxString)
	in.optString("display_name", &draft.displayName, maxString)
	in.optString("message_signature", &draft.signature, maxLong)

	settings, sent := in.hash("ui_settings")
	if sent && settings != nil {
		draft.uiSettings = settings
	}

	if in.has("phone_number") {
		draft.custom = maps.Clone(draft.custom)
		if draft.custom == nil {
			draft.custom = object{}
		}

		draft.custom["phone_number"] = in.values["phone_number"]
	}

	if presence(name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	p.checkNewMail(in, c.user)
	p.assignAvatar(c.Request, in, &draft.avatar)

	refused = in.done(p)
	if refused != nil {
		return *refused
	}

	if in.has("password") {
		in.req.Complain("a password is not simulated here: the server wants the current one")
		return *refuse(http.StatusUnprocessableEntity, "Invalid current password")
	}

	draft.name = *name
	*c.user = draft

	return ok(p.profileJSON(c.user))
}

// dropOwnAvatar takes the caller's picture off, also where there is none.
func (p *Platform) dropOwnAvatar(c *call) sandbox.Reply {
	c.user.avatar = ""

	return ok(p.profileJSON(c.user))
}

// checkNewMail refuses an address that is none, or that somebody else has.
func (p *Platform) checkNewMail(in *input, u *user) {
	if !in.has("email") {
		return
	}

	address, _ := in.values["email"].(string)
	address = strings.ToLower(strings.TrimSpace(address))
	validateMail(in, address)

	other := p.emails[address]
	if other != nil && other != u {
		in.errs.add("email", "Email has already been taken")
	}
}

// ownMembership finds the caller's place in the account that a request names.
func (c *call) ownMembership(in *input) (*membership, *sandbox.Reply) {
	m := c.user.memberships[castInteger(in.values["account_id"])]
	if m == nil {
		reply := notFound()
		return nil, &reply
	}

	return m, nil
}

func (p *Platform) setAvailability(c *call) sandbox.Reply {
	in, refused := readRoot(c.Request, "profile", nil, "account_id", "availability")
	if refused != nil {
		return *refused
	}

	m, refused := c.ownMembership(in)
	if refused != nil {
		return *refused
	}

	word, _ := in.values["availability"].(string)
	if !slices.Contains(availabilities, word) {
		return crash(c.Request, "the availability %q", word)
	}

	m.availability = word

	return ok(p.profileJSON(c.user))
}

// setAutoOffline takes what is not sent for false.
func (p *Platform) setAutoOffline(c *call) sandbox.Reply {
	in, refused := readRoot(c.Request, "profile", nil, "account_id", "auto_offline")
	if refused != nil {
		return *refused
	}

	m, refused := c.ownMembership(in)
	if refused != nil {
		return *refused
	}

	m.autoOffline, _ = in.values["auto_offline"].(bool)

	return ok(p.profileJSON(c.user))
}
