package chatlake

import (
	"maps"
	"slices"

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

	return object{
		"id": u.id, "uid": u.email, "name": u.name, "email": u.email, "display_name": presence(u.displayName),
		"available_name": u.availableName(), "avatar_url": u.avatar, "confirmed": u.confirmed, "role": role, "type": nil,
		"provider": u.provider, "account_id": first, "inviter_id": nil, "message_signature": nil, "ui_settings": object{},
		"pubsub_token": u.pubsubToken, "access_token": u.token, "accounts": accounts,
	}
}
