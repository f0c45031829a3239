package kommunicate

import (
	"net/http"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// join makes the user a member, or leaves the member as it is.
func (p *Platform) join(g *group, u *user) *member {
	m := g.member(u.id)
	if m != nil {
		return m
	}

	g.removed = slices.DeleteFunc(g.removed, func(id string) bool { return id == u.id })
	g.members = append(g.members, &member{user: u, role: memberRole(u)})

	return g.members[len(g.members)-1]
}

// leave ends a membership.
func (p *Platform) leave(g *group, id string) bool {
	before := len(g.members)

	g.members = slices.DeleteFunc(g.members, func(m *member) bool { return m.user.id == id })
	if len(g.members) == before {
		return false
	}

	g.removed = append(g.removed, id)

	return true
}

// memberRequest is the body, or the query, of the calls that change one membership.
type memberRequest struct {
	UserID        string     `json:"userId"`
	GroupID       sandbox.ID `json:"groupId"`
	ClientGroupID sandbox.ID `json:"clientGroupId"`
	Role          *int       `json:"role"`
}

func (p *Platform) decodeMember(c *call) (memberRequest, *sandbox.Reply) {
	query := c.URL.Query()
	asked := memberRequest{
		UserID: query.Get("userId"), GroupID: sandbox.ID(query.Get("groupId")), ClientGroupID: sandbox.ID(query.Get("clientGroupId")),
	}

	if c.Method == http.MethodPost {
		var refused *sandbox.Reply

		asked, refused = decodeBody[memberRequest](p, c.Request)
		if refused != nil {
			return asked, refused
		}
	}

	if asked.UserID == "" || asked.GroupID == "" && asked.ClientGroupID == "" {
		reply := p.badRequest(c.Request, "membership calls need userId and groupId or clientGroupId")
		return asked, &reply
	}

	return asked, nil
}

// addMember answers POST and GET /rest/ws/group/add/member, of backend pages and SDKs.
//
// Unverified: a member who is added again changes nothing; a switch decides on unknown users.
func (p *Platform) addMember(c *call) sandbox.Reply {
	asked, refused := p.decodeMember(c)
	if refused != nil {
		return *refused
	}

	g, ok := p.findLive(asked.GroupID, asked.ClientGroupID)
	if !ok {
		return p.fail(groupNotFound)
	}

	if _, ok := p.findExisting(asked.UserID); !ok && !p.switches.AddMemberCreates {
		return p.fail(userNotFound)
	}

	m := p.join(g, p.ensureUser(asked.UserID))
	if asked.Role != nil {
		m.role = *asked.Role
	}

	p.touch(g)

	return p.succeed("success")
}

// removeMember answers POST and GET /rest/ws/group/remove/member, of backend pages and SDKs.
//
// Unverified: removing who is no member answers user not found; only private groups demand their admin.
func (p *Platform) removeMember(c *call) sandbox.Reply {
	asked, refused := p.decodeMember(c)
	if refused != nil {
		return *refused
	}

	g, ok := p.findLive(asked.GroupID, asked.ClientGroupID)
	if !ok {
		return p.fail(groupNotFound)
	}

	if !p.leave(g, asked.UserID) {
		return p.fail(userNotFound)
	}

	p.touch(g)

	return p.succeed("success")
}

// membersRequest is the body of the calls that change several memberships.
type membersRequest struct {
	UserIDs        []string        `json:"userIds"`
	ClientGroupIDs []sandbox.ID    `json:"clientGroupIds"`
	GroupDetails   []memberRequest `json:"groupDetails"`
}

// changeMembers answers POST /rest/ws/group/add/users and /rest/ws/group/remove/users, of backend pages: all users in
// all groups. createNew makes users who are not there; the old server took groupIds among clientGroupIds.
//
// Unverified: nothing is changed if one of them is not found.
func (p *Platform) changeMembers(change func(*group, *user, *int)) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		asked, refused := decodeBody[membersRequest](p, c.Request)
		if refused != nil {
			return *refused
		}

		var role *int

		if c.URL.Query().Has("role") {
			given := int(queryNumber(c.Request, "role", memberUser))
			role = &given
		}

		for _, id := range asked.ClientGroupIDs {
			for _, userID := range asked.UserIDs {
				asked.GroupDetails = append(asked.GroupDetails, memberRequest{GroupID: id, UserID: userID, Role: role})
			}
		}

		if len(asked.GroupDetails) == 0 {
			return p.badRequest(c.Request, "userIds and clientGroupIds, or groupDetails, are required")
		}

		creates := queryFlag(c.Request, "createNew", false)

		for _, one := range asked.GroupDetails {
			if _, ok := p.findByEitherID(one.GroupID); !ok {
				return p.fail(groupNotFound)
			}

			if _, ok := p.findExisting(one.UserID); !ok && !creates {
				return p.fail(userNotFound)
			}
		}

		for _, one := range asked.GroupDetails {
			g, _ := p.findByEitherID(one.GroupID)
			change(g, p.ensureUser(one.UserID), one.Role)
			p.touch(g)
		}

		return p.succeed("success")
	}
}

// findByEitherID finds a live conversation by clientGroupId or groupId.
func (p *Platform) findByEitherID(id sandbox.ID) (*group, bool) {
	if g, ok := p.findLive("", id); ok {
		return g, true
	}

	return p.findLive(id, "")
}

func (p *Platform) addMany(g *group, u *user, role *int) {
	m := p.join(g, u)
	if role != nil {
		m.role = *role
	}
}

func (p *Platform) removeMany(g *group, u *user, _ *int) {
	p.leave(g, u.id)
}
