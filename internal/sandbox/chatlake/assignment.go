package chatlake

import (
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// checkAssignee is what the server does by itself when team, status or assignee changed: a team keeps no stranger, and an
// open conversation without an assignee goes to an online member.
func (p *Platform) checkAssignee(conv *conversation, teamChanged bool) {
	if teamChanged && conv.team != nil && conv.assignee != nil && !slices.Contains(conv.team.members, conv.assignee.id) {
		conv.assignee = nil
	}

	if conv.assignee != nil || conv.assigneeBot != nil || conv.status != "open" {
		return
	}

	if p.switches.AutoAssignmentAsync {
		p.later(func() { p.autoAssign(conv) })
		return
	}

	p.autoAssign(conv)
}

func (p *Platform) autoAssign(conv *conversation) {
	enabled := conv.inbox.enableAutoAssignment != nil && *conv.inbox.enableAutoAssignment
	if conv.team != nil {
		enabled = conv.team.AllowAutoAssign != nil && *conv.team.AllowAutoAssign
	}

	if !enabled || conv.assignee != nil || conv.assigneeBot != nil || conv.status != "open" {
		return
	}

	var free []*user

	for _, id := range conv.inbox.members {
		u, found := p.users.Get(id)
		if !found || u.memberships[conv.account.id] == nil || u.status(u.memberships[conv.account.id]) != "online" {
			continue
		}

		if conv.team == nil || slices.Contains(conv.team.members, id) {
			free = append(free, u)
		}
	}

	if len(free) > 0 {
		conv.assignee = free[p.core.Intn(len(free))]
		p.participate(conv)
	}
}

// assign takes one of assignee_id and team_id. What it does not find, it unassigns, and says 200.
func (p *Platform) assign(c *call) sandbox.Reply {
	conv, refused := c.findConversation()
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "assignee_id", "assignee_type", "team_id")
	if refused != nil {
		return *refused
	}

	var id *int64

	switch {
	case in.has("assignee_id"):
		if in.has("team_id") {
			c.Complain("assignee_id and team_id together: only the assignee is applied")
		}

		in.whole("assignee_id", &id, true)

		if in.values["assignee_type"] == "AgentBot" && p.has(conversationBots) {
			return p.assignBot(conv, id)
		}

		return p.assignUser(c, conv, id)
	case in.has("team_id"):
		in.whole("team_id", &id, true)
		return p.assignTeamTo(c, conv, id)
	}

	c.Complain("an assignment of nothing")

	return ok(nil)
}

func (p *Platform) assignBot(conv *conversation, id *int64) sandbox.Reply {
	if id == nil {
		conv.assigneeBot = nil
		return ok(nil)
	}

	bot, found := p.bots.Get(*id)
	if !found || bot.account != 0 && bot.account != conv.account.id {
		return ok(nil)
	}

	conv.assignee, conv.assigneeBot = nil, bot
	p.touch(conv)

	return ok(p.botEvent(bot))
}

func (p *Platform) assignUser(c *call, conv *conversation, id *int64) sandbox.Reply {
	var u *user
	if id != nil {
		u, _ = p.users.Get(*id)
		if u == nil || u.memberships[c.account.id] == nil {
			u = nil

			if *id != 0 {
				c.Complain("assignee_id %d is no agent of this account: the server unassigns", *id)
			}
		}
	}

	p.setAssignee(conv, u, c.actor())

	if u == nil {
		return ok(nil)
	}

	return ok(p.agentJSON(u, c.account.id))
}

func (p *Platform) assignTeamTo(c *call, conv *conversation, id *int64) sandbox.Reply {
	var t *team
	if id != nil {
		t, _ = p.teams.Get(*id)
		if t == nil || t.AccountID != c.account.id {
			t = nil

			if *id != 0 {
				c.Complain("team_id %d is no team of this account: the server unassigns", *id)
			}
		}
	}

	p.setTeam(conv, t, c.actor())

	if t == nil {
		return ok(nil)
	}

	return ok(object{
		"id": t.ID, "name": t.Name, "description": t.Description, "allow_auto_assign": t.AllowAutoAssign,
		"account_id": t.AccountID, "created_at": iso(t.created), "updated_at": iso(t.updated),
	})
}

func (p *Platform) setAssignee(conv *conversation, u *user, actor string) {
	changed := conv.assignee != u
	conv.assignee, conv.assigneeBot = u, nil
	p.touch(conv)

	if changed {
		p.participate(conv)
	}

	switch {
	case changed && u != nil:
		p.logActivity(conv, "Assigned to "+u.name+" by "+actor)
	case changed:
		p.logActivity(conv, "Conversation unassigned by "+actor)
	}
}

func (p *Platform) setTeam(conv *conversation, t *team, actor string) {
	changed := conv.team != t
	conv.team = t
	p.touch(conv)
	p.checkAssignee(conv, true)

	switch {
	case changed && t != nil:
		p.logActivity(conv, "Assigned to "+t.Name+" by "+actor)
	case changed:
		p.logActivity(conv, "Unassigned from the team by "+actor)
	}
}

// actor names the caller in activity messages.
func (c *call) actor() string {
	switch {
	case c.user != nil:
		return c.user.name
	case c.bot != nil:
		return deref(c.bot.name)
	}

	return "the system"
}

func (p *Platform) touch(conv *conversation) {
	conv.updated = p.core.Now()
}
