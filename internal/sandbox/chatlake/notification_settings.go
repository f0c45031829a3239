package chatlake

import (
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// notificationFlags are what a member can be told of, by mail and by push: the server puts email_ and push_ before them.
var notificationFlags = []string{
	"conversation_creation", "conversation_assignment", "assigned_conversation_new_message", "conversation_mention",
	"participating_conversation_new_message", "sla_missed_first_response", "sla_missed_next_response", "sla_missed_resolution",
}

// notifications are the choices of a member.
type notifications struct{ email, push []string }

// defaultNotifications are those of a new member.
func defaultNotifications() *notifications {
	return &notifications{email: []string{"email_conversation_assignment"}, push: []string{"push_conversation_assignment"}}
}

func (p *Platform) notificationKind() kind {
	return kind{
		name: "notification_settings",
		endpoints: []endpoint{
			get("/notification_settings", member, p.showNotifications),
			patch("/notification_settings", member, p.setNotifications),
		},
		held: func(*call) []map[string]any {
			return mapped(p.accountUsers(AccountID), func(u *user) map[string]any { return plain(notificationJSON(u, AccountID)) })
		},
	}
}

// allFlags are all flags of one way to tell somebody.
func allFlags(way string) []string {
	return mapped(notificationFlags, func(flag string) string { return way + flag })
}

func notificationJSON(u *user, account int64) object {
	chosen := u.memberships[account].notifications
	if chosen == nil {
		chosen = defaultNotifications()
	}

	return object{
		"id": u.id + 20_000, "user_id": u.id, "account_id": account, "all_email_flags": allFlags("email_"), "selected_email_flags": orEmpty(chosen.email),
		"all_push_flags": allFlags("push_"), "selected_push_flags": orEmpty(chosen.push),
	}
}

func (p *Platform) showNotifications(c *call) sandbox.Reply {
	return ok(notificationJSON(c.user, c.account.id))
}

// setNotifications takes both lists: one that is not sent is emptied. It fails over a flag that it does not know.
func (p *Platform) setNotifications(c *call) sandbox.Reply {
	in, refused := read(c.Request, "notification_settings*")
	if refused != nil {
		return *refused
	}

	sub := in.sub("notification_settings")
	if sub == nil || len(sub.values) == 0 {
		c.Complain("nothing under notification_settings")
		return missingParam("notification_settings")
	}

	chosen := &notifications{}

	for _, list := range []struct {
		key, way string
		into     *[]string
	}{{"selected_email_flags", "email_", &chosen.email}, {"selected_push_flags", "push_", &chosen.push}} {
		if !sub.has(list.key) {
			c.Complain("%s is not sent: the server empties it", list.key)
		}

		sent, _ := sub.strings(list.key)
		all := allFlags(list.way)

		for _, flag := range sent {
			if !slices.Contains(all, flag) {
				return crash(c.Request, "%s holds the unknown flag %q", list.key, flag)
			}
		}

		*list.into = slices.DeleteFunc(all, func(flag string) bool { return !slices.Contains(sent, flag) })
	}

	c.member.notifications = chosen

	return ok(notificationJSON(c.user, c.account.id))
}
