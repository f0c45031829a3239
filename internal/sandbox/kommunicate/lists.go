package kommunicate

import (
	"cmp"
	"net/http"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// pageBefore returns a page of rows that are newest first: those older than the cursor, at most size. No cursor is the
// first page.
//
// Unverified: whether the row at the cursor is repeated; a switch decides.
func pageBefore[V any](p *Platform, rows []V, at func(V) int64, cursor, size int64) []V {
	page := []V{}

	for _, row := range rows {
		older := cursor == 0 || at(row) < cursor || p.switches.CursorInclusive && at(row) == cursor
		if older && int64(len(page)) < size {
			page = append(page, row)
		}
	}

	return page
}

// lastFetchTime returns the cursor that a page answers: the time of its last row, or the cursor it was asked with.
//
// Unverified: what an empty page answers.
func lastFetchTime[V any](page []V, at func(V) int64, cursor int64) int64 {
	if len(page) == 0 {
		return cursor
	}

	return at(page[len(page)-1])
}

// pageSize reads how many rows a page has at most.
func pageSize(c *call, otherwise int64) int64 {
	size := queryNumber(c.Request, "pageSize", otherwise)
	if size == 0 {
		c.Complain("pageSize is 0")
		return otherwise
	}

	return size
}

func updatedAt(g *group) int64  { return g.updatedAt }
func postedAt(m *message) int64 { return m.createdAt }

// newestGroups lists conversations, the last changed first.
func (p *Platform) newestGroups(fits func(*group) bool) []*group {
	rows := p.groups.Where(fits)
	slices.SortFunc(rows, func(a, b *group) int { return cmp.Compare(b.updatedAt, a.updatedAt) })

	return rows
}

// lastMessage returns the newest message that the viewer sees, or nil.
func (g *group) lastMessage(viewer *user) *message {
	for _, m := range slices.Backward(g.messages) {
		if m.isVisible(viewer) {
			return m
		}
	}

	return nil
}

// feed is what list calls answer about conversations: in an envelope or bare.
type feed struct {
	Message           []messageWire `json:"message"`
	GroupFeeds        []groupWire   `json:"groupFeeds"`
	UserDetails       []userWire    `json:"userDetails"`
	ConversationPxys  *[]struct{}   `json:"conversationPxys,omitempty"`
	LastFetchTime     int64         `json:"lastFetchTime,omitempty"`
	ConversationCount *int          `json:"conversationCount,omitempty"`
}

func (p *Platform) newFeed(viewer *user, groups []*group, messages []*message) feed {
	out := feed{Message: []messageWire{}, GroupFeeds: []groupWire{}, UserDetails: []userWire{}}

	var people []*user

	for _, m := range messages {
		out.Message = append(out.Message, p.wireMessage(m, viewer))
	}

	for _, g := range groups {
		out.GroupFeeds = append(out.GroupFeeds, p.wireGroup(g, viewer))
		for _, m := range g.members {
			if !slices.Contains(people, m.user) {
				people = append(people, m.user)
			}
		}
	}

	for _, u := range sandbox.Shuffled(p.core, people) {
		out.UserDetails = append(out.UserDetails, p.wireUser(u, false))
	}

	return out
}

// supportGroups answers GET /rest/ws/group/support and /rest/ws/group/support/assigned, the agents' list of conversations
// in the SDKs. The second lists those of the agent userId.
//
// Unverified: search looks at names here; conversationCount counts what fits the filter.
func (p *Platform) supportGroups(c *call) sandbox.Reply {
	query := c.URL.Query()

	assigned := strings.HasSuffix(c.URL.Path, "/assigned")
	if assigned && query.Get("userId") == "" {
		return p.badRequest(c.Request, "group/support/assigned needs userId")
	}

	for _, status := range query["status"] {
		if !slices.Contains(statuses, status) {
			c.Complain("status %q is not a status", status)
		}
	}

	withDeleted := queryFlag(c.Request, "deletedGroupIncluded", false)
	wanted := strings.ToLower(query.Get("search"))
	rows := p.newestGroups(func(g *group) bool {
		return (g.deletedAt == 0 || withDeleted) &&
			(!assigned || g.metadata[keyAssignee] == query.Get("userId")) &&
			(len(query["status"]) == 0 || slices.Contains(query["status"], g.metadata[keyStatus])) &&
			strings.Contains(strings.ToLower(g.name), wanted) &&
			(p.switches.SilentConversationsListed || g.lastMessage(c.actor) != nil)
	})
	count := len(rows)
	cursor := queryNumber(c.Request, "lastFetchTime", 0)
	page := pageBefore(p, rows, updatedAt, cursor, pageSize(c, 60))

	var messages []*message

	for _, g := range page {
		m := g.lastMessage(c.actor)
		if m != nil {
			messages = append(messages, m)
		}
	}

	out := p.newFeed(c.actor, page, messages)
	out.LastFetchTime, out.ConversationCount = lastFetchTime(page, updatedAt, cursor), &count

	return p.succeed(out)
}

// listing is what the filter calls answer.
type listing struct {
	Users             []userWire  `json:"users"`
	Groups            []groupWire `json:"groups"`
	Devices           []struct{}  `json:"devices"`
	LastFetchTime     int64       `json:"lastFetchTime"`
	LastFetchIndex    int         `json:"lastFetchIndex"`
	LastSeenFetchTime float64     `json:"lastSeenFetchTime"`
	TotalUnreadCount  int         `json:"totalUnreadCount"`
}

func (p *Platform) newListing(viewer *user) listing {
	return listing{
		Users: []userWire{}, Groups: []groupWire{}, Devices: []struct{}{},
		LastSeenFetchTime: float64(p.now()) + 0.25, TotalUnreadCount: p.countUnread(viewer.id),
	}
}

// filterGroups answers GET /rest/ws/group/filter, of the backend's pages: all conversations, the last changed first.
func (p *Platform) filterGroups(c *call) sandbox.Reply {
	cursor := queryNumber(c.Request, "endTime", 0)
	rows := p.newestGroups(func(g *group) bool { return g.deletedAt == 0 })
	page := pageBefore(p, rows, updatedAt, cursor, pageSize(c, 500))

	out := p.newListing(c.actor)
	for _, g := range page {
		out.Groups = append(out.Groups, p.wireGroup(g, c.actor))
	}

	out.LastFetchTime, out.LastFetchIndex = lastFetchTime(page, updatedAt, cursor), len(page)

	return p.succeed(out)
}

// roleNames are the backend's names of the role types that are simulated.
var roleNames = map[string]int{"BOT": roleBot, "USER": roleUser, "APPLICATION_WEB_ADMIN": roleAgent}

// filterUsers answers GET /rest/ws/user/v3/filter, of the SDKs.
//
// Unverified: inactiveUser lists the deactivated ones only; order within the pages is by creation here.
func (p *Platform) filterUsers(c *call) sandbox.Reply {
	query := c.URL.Query()
	inactive := queryFlag(c.Request, "inactiveUser", false)
	queryNumber(c.Request, "orderBy", 1)

	var roles []int

	for _, name := range query["roleNameList"] {
		role, known := roleNames[name]
		if !known {
			c.Complain("roleNameList %q is not known here", name)
		}

		roles = append(roles, role)
	}

	rows := p.users.Where(func(u *user) bool {
		return u.deletedAt == 0 && u.deactivated == inactive && (len(roles) == 0 || slices.Contains(roles, u.role))
	})
	first := min(queryNumber(c.Request, "startIndex", 0), int64(len(rows)))
	page := rows[first:min(first+pageSize(c, 500), int64(len(rows)))]

	out := p.newListing(c.actor)
	for _, u := range page {
		out.Users = append(out.Users, p.wireUser(u, false))
	}

	out.LastFetchTime = lastFetchTime(page, func(u *user) int64 { return u.createdAt }, 0)
	out.LastFetchIndex = int(first) + len(page)

	return p.succeed(out)
}

// listMessages answers GET /rest/ws/message/list, of the backend's pages, without an envelope: the messages of a
// conversation, newest first, or without a conversation the last one of each that the actor is a member of.
//
// Unverified: an unknown conversation answers AL-G-01 in an envelope.
func (p *Platform) listMessages(c *call) sandbox.Reply {
	query := c.URL.Query()
	withDeleted := queryFlag(c.Request, "deletedGroupIncluded", false)
	queryFlag(c.Request, "skipRead", false)
	cursor, from := queryNumber(c.Request, "endTime", 0), queryNumber(c.Request, "startTime", 0)

	size := pageSize(c, 50)
	if query.Get("userId") != "" {
		c.Complain("one-to-one messages are not simulated")
	}

	var (
		groups []*group
		rows   []*message
	)

	if query.Get("groupId") != "" {
		g, ok := p.findGroup(sandbox.ID(query.Get("groupId")), "")
		if !ok || g.deletedAt > 0 && !withDeleted {
			return p.fail(groupNotFound)
		}

		groups = []*group{g}
		for _, m := range slices.Backward(g.messages) {
			if m.isVisible(c.actor) && m.createdAt >= from {
				rows = append(rows, m)
			}
		}
	} else {
		size = queryNumber(c.Request, "mainPageSize", size)
		for _, g := range p.newestGroups(func(g *group) bool { return g.member(c.actor.id) != nil && (g.deletedAt == 0 || withDeleted) }) {
			m := g.lastMessage(c.actor)
			if m != nil {
				groups, rows = append(groups, g), append(rows, m)
			}
		}
	}

	rows = rows[min(queryNumber(c.Request, "startIndex", 0), int64(len(rows))):]
	out := p.newFeed(c.actor, groups, pageBefore(p, rows, postedAt, cursor, size))
	out.ConversationPxys = &[]struct{}{}

	return sandbox.JSON(http.StatusOK, out)
}

// teamWire is one team as the SDKs read it.
type teamWire struct {
	TeamID       int64    `json:"teamId"`
	TeamName     string   `json:"teamName"`
	TeamMembers  []string `json:"teamMembers"`
	Admin        string   `json:"admin"`
	AgentRouting bool     `json:"agentRouting"`
}

// listTeams answers GET /rest/ws/team/list, of the SDKs, which ask the chat host with a session.
//
// Unverified: that an Api-Key may ask.
func (p *Platform) listTeams(*call) sandbox.Reply {
	out := []teamWire{}
	for _, t := range p.teams {
		out = append(out, teamWire{TeamID: t.id, TeamName: t.name, TeamMembers: slices.Clone(t.members), Admin: OwnerID})
	}

	return p.succeed(sandbox.Shuffled(p.core, out))
}
