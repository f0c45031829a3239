package kommunicate

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// groupTypeSupport is the backend's type of a conversation.
const groupTypeSupport = 10

// Member roles, as SDKs number them.
const (
	memberAgent = 1
	memberBot   = 2
	memberUser  = 3
)

// The metadata keys that the platform itself reads or writes.
const (
	keyStatus      = "CONVERSATION_STATUS"
	keyAssignee    = "CONVERSATION_ASSIGNEE"
	keyAssigneeKey = "CONVERSATION_ASSIGNEE_KEY" // The platform's own: the assignee's internal key.
	keySkipRouting = "SKIP_ROUTING"
	keyTeam        = "KM_TEAM_ID"
)

// group is a conversation.
type group struct {
	id        int64
	alias     string // clientGroupId.
	name      string
	imageURL  string
	admin     string
	members   []*member
	removed   []string
	metadata  map[string]string
	messages  []*message // Oldest first.
	createdAt int64
	updatedAt int64
	deletedAt int64
	// switchAssignee is what the last change of the assignee said: true, false, or nothing.
	switchAssignee string
}

type member struct {
	user   *user
	role   int
	unread int
}

func (g *group) member(id string) *member {
	for _, m := range g.members {
		if m.user.id == id {
			return m
		}
	}

	return nil
}

func memberRole(u *user) int {
	switch u.role {
	case roleAgent:
		return memberAgent
	case roleBot:
		return memberBot
	}

	return memberUser
}

// groupWire is a conversation as backend pages and SDK models have it; the Platform API's pages show none.
type groupWire struct {
	ID                  int64             `json:"id"`
	ClientGroupID       string            `json:"clientGroupId"`
	Name                string            `json:"name"`
	AdminName           string            `json:"adminName"`
	AdminID             string            `json:"adminId"`
	ImageURL            string            `json:"imageUrl,omitempty"`
	Type                int               `json:"type"`
	MembersID           []string          `json:"membersId"`
	MembersName         []string          `json:"membersName"`
	RemovedMembersID    []string          `json:"removedMembersId"`
	Users               []userWire        `json:"users,omitempty"`
	GroupUsers          []memberWire      `json:"groupUsers"`
	UserCount           int               `json:"userCount"`
	SubGroupCount       int               `json:"subGroupCount"`
	UnreadCount         int               `json:"unreadCount"`
	CreatedAtTime       int64             `json:"createdAtTime"`
	UpdatedAtTime       int64             `json:"updatedAtTime"`
	DeletedAtTime       int64             `json:"deletedAtTime,omitempty"`
	NotificationAfter   int64             `json:"notificationAfterTime,omitempty"`
	Metadata            map[string]string `json:"metadata,omitzero"`
	ChildKeys           []string          `json:"childKeys"`
	ChildClientGroupIDs []string          `json:"childClientGroupIds"`
}

type memberWire struct {
	UserID         string `json:"userId"`
	Role           int    `json:"role"`
	RoleType       int    `json:"roleType"`
	Status         int    `json:"status"`
	UnreadCount    int    `json:"unreadCount"`
	Deleted        bool   `json:"deleted"`
	ParentGroupKey int64  `json:"parentGroupKey"`
}

// wireGroup shows the conversation to viewer; membersId is an unordered set on the platform.
func (p *Platform) wireGroup(g *group, viewer *user) groupWire {
	out := groupWire{
		ID: g.id, ClientGroupID: g.alias, Name: g.name, AdminID: g.admin, AdminName: g.admin, ImageURL: g.imageURL,
		Type: groupTypeSupport, MembersID: []string{}, MembersName: []string{}, GroupUsers: []memberWire{},
		RemovedMembersID: append([]string{}, g.removed...), UserCount: len(g.members),
		CreatedAtTime: g.createdAt, UpdatedAtTime: g.updatedAt, DeletedAtTime: g.deletedAt,
		NotificationAfter: int64(p.core.Intn(2)) * p.now(), // Volatile: mobile clients move it.
		Metadata:          maps.Clone(g.metadata), ChildKeys: []string{}, ChildClientGroupIDs: []string{},
	}
	for _, m := range sandbox.Shuffled(p.core, slices.Clone(g.members)) {
		out.MembersID = append(out.MembersID, m.user.id)

		out.MembersName = append(out.MembersName, m.user.id)
		if m.user == viewer {
			out.UnreadCount = m.unread
		}
	}

	for _, m := range sandbox.Shuffled(p.core, slices.Clone(g.members)) {
		out.GroupUsers = append(out.GroupUsers, memberWire{
			UserID: m.user.id, Role: m.role, RoleType: m.user.role, UnreadCount: m.unread,
		})
	}

	return out
}

// countUnread sums a user's unread messages over the conversations that are there.
func (p *Platform) countUnread(id string) int {
	sum := 0

	for _, g := range p.groups.All() {
		m := g.member(id)
		if m != nil && g.deletedAt == 0 {
			sum += m.unread
		}
	}

	return sum
}

// findGroup finds a conversation by groupId or, without one, by clientGroupId; deleted ones too.
func (p *Platform) findGroup(groupID, clientGroupID sandbox.ID) (*group, bool) {
	if groupID != "" {
		id, err := strconv.ParseInt(string(groupID), 10, 64)
		if err != nil {
			return nil, false
		}

		return p.groups.Get(id)
	}

	id, ok := p.aliases[string(clientGroupID)]
	if !ok {
		return nil, false
	}

	return p.groups.Get(id)
}

// findLive finds a conversation that is not deleted, as every call that changes one does.
//
// Unverified: that a deleted conversation is "not found" to every change.
func (p *Platform) findLive(groupID, clientGroupID sandbox.ID) (*group, bool) {
	g, ok := p.findGroup(groupID, clientGroupID)
	return g, ok && g.deletedAt == 0
}

// findReadable finds a conversation to be read.
func (p *Platform) findReadable(groupID, clientGroupID sandbox.ID) (*group, bool) {
	g, ok := p.findGroup(groupID, clientGroupID)
	return g, ok && (g.deletedAt == 0 || p.switches.DeletedGroupsAnswer)
}

// touch notes that the conversation changed.
func (p *Platform) touch(g *group) {
	g.updatedAt = p.tick()
}

// groupInfo answers GET /rest/ws/group/v2/info and /rest/ws/group/info, of backend pages and SDKs.
func (p *Platform) groupInfo(c *call) sandbox.Reply {
	query := c.URL.Query()

	groupID, clientGroupID := sandbox.ID(query.Get("groupId")), sandbox.ID(query.Get("clientGroupId"))
	if groupID == "" && clientGroupID == "" {
		return p.badRequest(c.Request, "group info needs groupId or clientGroupId")
	}

	g, ok := p.findReadable(groupID, clientGroupID)
	if !ok {
		return p.fail(groupNotFound)
	}

	out := p.wireGroup(g, c.actor)
	if p.switches.InfoWithoutMetadata {
		out.Metadata = nil
	}

	return p.succeed(out)
}

// groupDetails answers GET /rest/ws/group/details, of the SDKs: several conversations at once.
//
// Unverified: unknown ids are left out; no limit is published.
func (p *Platform) groupDetails(c *call) sandbox.Reply {
	query := c.URL.Query()

	var found []*group

	add := func(g *group, ok bool) {
		if ok && !slices.Contains(found, g) {
			found = append(found, g)
		}
	}
	for _, id := range query["groupIds"] {
		add(p.findReadable(sandbox.ID(id), ""))
	}

	for _, id := range query["clientGroupIds"] {
		add(p.findReadable("", sandbox.ID(id)))
	}

	if len(query["groupIds"])+len(query["clientGroupIds"]) == 0 {
		return p.badRequest(c.Request, "group/details needs groupIds or clientGroupIds")
	}

	out := make([]groupWire, 0, len(found))
	for _, g := range sandbox.Shuffled(p.core, found) {
		out = append(out, p.wireGroup(g, c.actor))
	}

	return p.succeed(out)
}

// updateGroup answers POST /rest/ws/group/update: documented in 2019 for CONVERSATION_STATUS, used by every SDK for name,
// image, team and other metadata, which is merged key by key.
//
// Unverified: an empty newName, or an empty imageUrl without resetGroupImageUrl, changes nothing.
func (p *Platform) updateGroup(c *call) sandbox.Reply {
	type role struct {
		UserID string `json:"userId"`
		Role   int    `json:"role"`
	}

	type request struct {
		GroupID       sandbox.ID `json:"groupId"`
		ClientGroupID sandbox.ID `json:"clientGroupId"`
		NewName       string     `json:"newName"`
		ImageURL      string     `json:"imageUrl"`
		Metadata      metadata   `json:"metadata"`
		Users         []role     `json:"users"`
	}

	asked, refused := decodeBody[request](p, c.Request)
	if refused != nil {
		return *refused
	}

	asked.Metadata.check(c.Request)

	if asked.GroupID == "" && asked.ClientGroupID == "" {
		return p.badRequest(c.Request, "group/update needs groupId or clientGroupId")
	}

	g, ok := p.findLive(asked.GroupID, asked.ClientGroupID)
	if !ok {
		return p.fail(groupNotFound)
	}

	if asked.NewName != "" {
		g.name = asked.NewName
	}

	if asked.ImageURL != "" || queryFlag(c.Request, "resetGroupImageUrl", false) {
		g.imageURL = asked.ImageURL
	}

	for _, change := range asked.Users {
		m := g.member(change.UserID)
		if m != nil {
			m.role = change.Role
		}
	}

	status, given := asked.Metadata.values[keyStatus]
	if given && !slices.Contains(statuses, status) {
		c.Complain("CONVERSATION_STATUS %q is not a status", status)
	}

	before := g.metadata[keyTeam]
	asked.Metadata.merge(g.metadata)

	team := g.metadata[keyTeam]
	if team != before {
		p.handToTeam(g, team)
	}

	p.touch(g)

	return p.succeed("success")
}

// deleteGroup answers GET /rest/ws/group/delete, of backend pages and SDKs: a GET that deletes, softly.
//
// Unverified: what updateClientGroupId does to the alias; here it gets the groupId as a prefix and is free again.
func (p *Platform) deleteGroup(c *call) sandbox.Reply {
	query := c.URL.Query()

	g, ok := p.findLive(sandbox.ID(query.Get("groupId")), sandbox.ID(query.Get("clientGroupId")))
	switch {
	case !ok:
		return p.fail(groupNotFound)
	case p.switches.DeleteNeedsAdmin && c.actor.id != g.admin:
		return p.fail(unauthorized)
	}

	queryFlag(c.Request, "resetCount", false)
	p.remove(g)

	if queryFlag(c.Request, "updateClientGroupId", false) {
		delete(p.aliases, g.alias)
		g.alias = fmt.Sprintf("%d_%s", g.id, g.alias)
		p.aliases[g.alias] = g.id
	}

	if p.switches.GroupDeleteText {
		return p.succeed("success")
	}

	return p.succeed(true)
}

// remove deletes softly.
func (p *Platform) remove(g *group) {
	p.touch(g)
	g.deletedAt = g.updatedAt
}
