package kommunicate

import (
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Conversation statuses, stored as text in the group's metadata.
const (
	statusInitial  = "-1"
	statusOpen     = "0"
	statusResolved = "2"
	statusSpam     = "3"
)

// statuses are those of the SDKs' enums: -1 initial, 0 open, 1 progress, 2 resolved, 3 spam, 4 duplicate, 5 archive,
// 6 unresponded, 7 waiting. The page documents 0, 2 and 3, its 2019 edition 4 too.
var statuses = []string{"-1", "0", "1", "2", "3", "4", "5", "6", "7"}

// statusLabels are the KM_STATUS texts of action messages, as SDKs know them.
var statusLabels = map[string]string{"0": "Open", "2": "Resolved", "3": "Spam/Irrelevant", "4": "Duplicate", "7": "Waiting"}

// team is a group of agents. On the platform it is a group as well, which nothing here needs.
type team struct {
	id      int64
	alias   string
	name    string
	members []string
}

func (t team) key() string { return strconv.FormatInt(t.id, 10) }

func (p *Platform) team(id string) (team, bool) {
	for _, t := range p.teams {
		if t.key() == id {
			return t, true
		}
	}

	return team{}, false
}

// createConversation answers POST /rest/ws/group/conversation. Users who are not there are made.
//
// Unverified: the answers to an empty groupName or groupMemberList, which the page requires, and to a clientGroupId over
// the 256 characters of the vendor's column.
func (p *Platform) createConversation(c *call) sandbox.Reply {
	type request struct {
		GroupName       string     `json:"groupName"`
		ClientGroupID   sandbox.ID `json:"clientGroupId"`
		GroupMemberList []string   `json:"groupMemberList"`
		Metadata        metadata   `json:"metadata"`
	}

	asked, refused := decodeBody[request](p, c.Request)
	if refused != nil {
		return *refused
	}

	asked.Metadata.check(c.Request)

	switch {
	case asked.GroupName == "":
		c.Complain("groupName is required")
		return p.fail(inventedFailure("G-NAME", "group name is missing"))
	case len(asked.GroupMemberList) == 0:
		c.Complain("groupMemberList is required")
		return p.fail(inventedFailure("G-MEMBERS", "group members are missing"))
	case len(asked.ClientGroupID) > 256:
		c.Complain("clientGroupId is over 256 characters")
		return p.fail(inventedFailure("G-CLIENT-ID", "client group id is too long"))
	}

	for _, id := range asked.GroupMemberList {
		if !userIDForm.MatchString(id) {
			c.Complain("userId %q is not allowed", id)
			return p.fail(inventedFailure("U-ID", "invalid user id"))
		}
	}

	if asked.ClientGroupID != "" {
		g, taken := p.findGroup("", asked.ClientGroupID)
		if taken && (g.deletedAt == 0 || p.switches.DeletedAliasTaken) {
			return p.duplicate(g, c.actor)
		}
	}

	g := p.newGroup(asked.GroupName, string(asked.ClientGroupID), asked.GroupMemberList)
	asked.Metadata.merge(g.metadata)

	if !slices.Contains(statuses, g.metadata[keyStatus]) {
		g.metadata[keyStatus] = p.switches.InitialStatus
	}

	assignee := p.route(g)
	if assignee != "" {
		c.Complain("%s", assignee)
	}

	if !p.switches.SkipRoutingKept {
		delete(g.metadata, keySkipRouting)
	}

	out := p.wireGroup(g, c.actor)
	for _, m := range sandbox.Shuffled(p.core, slices.Clone(g.members)) {
		out.Users = append(out.Users, p.wireUser(m.user, false))
	}

	return p.succeed(out)
}

// duplicate answers a clientGroupId in use.
//
// Unverified: both readings; the description of the first and the flag of the second are what the web client looks for.
func (p *Platform) duplicate(g *group, viewer *user) sandbox.Reply {
	switch p.switches.DuplicateClientGroup {
	case duplicateError:
		return p.fail(inventedFailure("G-EXISTS", "group already exists"))
	case duplicateSentence:
		return p.fail(inventedFailure("G-EXISTS", "The Group already exists for this client id."))
	}

	reply := p.succeed(p.wireGroup(g, viewer))
	if out, ok := reply.Body.(envelope); ok {
		out.Updated = true
		reply.Body = out
	}

	return reply
}

// newGroup makes a conversation with the asked members and the default bot.
//
// Unverified: the account's owner as its admin.
func (p *Platform) newGroup(name, alias string, members []string) *group {
	p.lastGroup += 1 + int64(p.core.Intn(9))

	g := &group{id: p.lastGroup, alias: alias, name: name, admin: OwnerID, metadata: map[string]string{}, createdAt: p.tick()}
	if g.alias == "" {
		g.alias = strconv.FormatInt(g.id, 10)
	}

	g.updatedAt = g.createdAt
	for _, id := range members {
		p.join(g, p.ensureUser(id))
	}

	if bot, ok := p.findUser(DefaultBotID); ok && p.switches.DefaultBotJoins {
		p.join(g, bot)
	}

	p.groups.Put(g.id, g)
	p.aliases[g.alias] = g.id

	return g
}

// route chooses the assignee of a new conversation: by request, by team, or by the account's rules. It returns what a
// strict reader would object to.
func (p *Platform) route(g *group) string {
	wanted := g.metadata[keyAssignee]
	unassign(g)

	if g.metadata[keySkipRouting] == "true" {
		m := g.member(wanted)
		switch {
		case wanted == "":
		case m == nil:
			return "CONVERSATION_ASSIGNEE is not in groupMemberList"
		case m.user.role == roleUser:
			return "CONVERSATION_ASSIGNEE is neither agent nor bot"
		default:
			p.assign(g, m.user.id)
		}

		p.joinTeam(g, g.metadata[keyTeam])

		return ""
	}
	// Without SKIP_ROUTING a wanted assignee has no effect, says the page.
	id := g.metadata[keyTeam]
	if id != "" {
		p.joinTeam(g, id)
		p.assignFromTeam(g, id)

		return ""
	}

	for _, id := range p.settings.RuleMembers {
		if u, ok := p.findUser(id); ok {
			p.join(g, u)
		}
	}

	g.metadata[keyTeam] = strconv.FormatInt(DefaultTeamID, 10)

	switch {
	case p.settings.BotRouting:
		p.assign(g, DefaultBotID)
	case p.settings.AgentRouting == 1:
		p.assign(g, p.nextAgent())
	default:
		p.assign(g, p.settings.DefaultAgent)
	}

	return ""
}

// nextAgent takes turns among the agents who are online.
func (p *Platform) nextAgent() string {
	online := p.users.Where(func(u *user) bool { return u.role == roleAgent && u.online && !u.deactivated })
	if len(online) == 0 {
		return ""
	}

	p.lastTurn++

	return online[p.lastTurn%len(online)].id
}

// assign makes the user the assignee and a member.
func (p *Platform) assign(g *group, id string) {
	if u, ok := p.findUser(id); ok {
		p.join(g, u)
		g.metadata[keyAssignee], g.metadata[keyAssigneeKey] = u.id, u.key
	}
}

// unassign leaves the conversation without an assignee.
func unassign(g *group) {
	delete(g.metadata, keyAssignee)
	delete(g.metadata, keyAssigneeKey)
}

func (p *Platform) joinTeam(g *group, id string) {
	t, _ := p.team(id)
	for _, agent := range t.members {
		if u, ok := p.findUser(agent); ok {
			p.join(g, u)
		}
	}
}

func (p *Platform) assignFromTeam(g *group, id string) {
	if t, ok := p.team(id); ok && len(t.members) > 0 {
		p.assign(g, t.members[len(t.members)-1])
	}
}

// handToTeam follows a change of KM_TEAM_ID.
func (p *Platform) handToTeam(g *group, id string) {
	p.joinTeam(g, id)

	switch p.switches.TeamChange {
	case teamClears:
		unassign(g)
	case teamRoutes:
		p.assignFromTeam(g, id)
	}
}

// changeStatus answers PATCH /rest/ws/group/status/change.
func (p *Platform) changeStatus(c *call) sandbox.Reply {
	query := c.URL.Query()

	status := query.Get("status")
	if query.Get("groupId") == "" || status == "" {
		return p.badRequest(c.Request, "status/change needs groupId and status")
	}

	notify := queryFlag(c.Request, "sendNotifyMessage", true)

	g, ok := p.findLive(sandbox.ID(query.Get("groupId")), "")
	switch {
	case !ok:
		return p.fail(groupNotFound)
	case !slices.Contains(statuses, status),
		p.switches.DocumentedStatusesOnly && !slices.Contains([]string{statusOpen, statusResolved, statusSpam}, status):
		return p.badRequest(c.Request, "status %q is not allowed", status)
	case g.metadata[keyStatus] == status:
		return p.succeed("already updated")
	}

	g.metadata[keyStatus] = status
	p.touch(g)

	if notify {
		label := statusLabels[status]
		p.actionMessage(g, c.actor, "Status changed to "+label, map[string]string{"KM_STATUS": label})
	}

	return p.succeed("updated")
}

// changeAssignee answers PATCH /rest/ws/group/assignee/change. The page shows each failure alone.
//
// Unverified: the order of the checks; an end user, or a deactivated agent, as assignee is not found; bots have no limit;
// switchAssignee, which SDKs send, is noted and changes nothing here.
func (p *Platform) changeAssignee(c *call) sandbox.Reply {
	query := c.URL.Query()
	if query.Get("groupId") == "" || query.Get("assignee") == "" {
		return p.badRequest(c.Request, "assignee/change needs groupId and assignee")
	}

	notify := queryFlag(c.Request, "sendNotifyMessage", true)
	takeOver := queryFlag(c.Request, "takeOverFromBot", false)

	switched := query.Get("switchAssignee")
	if query.Has("switchAssignee") && switched != "true" && switched != "false" {
		return p.badRequest(c.Request, "switchAssignee is neither true nor false")
	}

	g, ok := p.findLive(sandbox.ID(query.Get("groupId")), "")
	if !ok {
		return p.fail(groupNotFound)
	}

	u, ok := p.findUser(query.Get("assignee"))
	switch {
	case !ok, u.role == roleUser, u.deactivated, u.deletedAt > 0:
		return p.fail(userNotFound)
	case g.metadata[keyAssignee] == u.id:
		return p.succeed("already updated")
	case p.isEngaged(u):
		return p.succeed("AGENT_IS_ALREADY_ENGAGED")
	}

	p.assign(g, u.id)
	g.switchAssignee = switched

	if takeOver {
		for _, m := range slices.Clone(g.members) {
			if m.role == memberBot && m.user != u {
				p.leave(g, m.user.id)
			}
		}
	}

	p.touch(g)

	if notify {
		p.actionMessage(g, c.actor, "Assigned to "+u.displayName, map[string]string{"KM_ASSIGN_TO": u.id})
	}

	return p.succeed("updated")
}

// isEngaged reports whether the agent holds as many open conversations as the account allows.
func (p *Platform) isEngaged(u *user) bool {
	limit := p.settings.HandlingLimit[u.id]
	if limit == 0 || u.role != roleAgent {
		return false
	}

	held := p.groups.Where(func(g *group) bool {
		return g.deletedAt == 0 && g.metadata[keyAssignee] == u.id && g.metadata[keyStatus] == statusOpen
	})

	return len(held) >= limit
}
