package kommunicate

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// Backend role types, as SDKs number them.
const (
	roleBot   = 1
	roleUser  = 3
	roleAgent = 8
)

// userIDForm is the SDKs' expression for a userId.
var userIDForm = regexp.MustCompile(`^[a-zA-Z0-9_+#@.?|=;-]+$`)

// user is an end user, an agent or a bot.
type user struct {
	id, key       string
	role          int
	displayName   string
	email         string
	phone         string
	imageLink     string
	statusMessage string
	password      string
	typeID        int
	metadata      map[string]string
	online        bool
	deactivated   bool
	createdAt     int64
	deletedAt     int64
	loggedInAt    int64
	lastMessageAt int64
}

// userWire is one element of user/v2/detail. The first eleven fields are the page's; the rest is what SDK models and
// callers read. A recorded answer of 2020 leaves out what has no value; see the switch UserRowFull.
type userWire struct {
	UserID           string `json:"userId"`
	UserName         string `json:"userName"`
	Connected        bool   `json:"connected"`
	LastSeenAtTime   int64  `json:"lastSeenAtTime"`
	CreatedAtTime    int64  `json:"createdAtTime"`
	ImageLink        string `json:"imageLink,omitempty"`
	Deactivated      bool   `json:"deactivated"`
	PhoneNumber      string `json:"phoneNumber,omitempty"`
	UnreadCount      int    `json:"unreadCount"`
	LastLoggedInTime int64  `json:"lastLoggedInAtTime,omitempty"`
	LastMessageTime  int64  `json:"lastMessageAtTime,omitempty"`

	ID                    string            `json:"id,omitempty"`
	DisplayName           string            `json:"displayName"`
	Email                 string            `json:"email,omitempty"`
	StatusMessage         string            `json:"statusMessage,omitempty"`
	Metadata              map[string]string `json:"metadata"`
	Active                bool              `json:"active"`
	DeletedAtTime         int64             `json:"deletedAtTime,omitempty"`
	RoleType              int               `json:"roleType"`
	RoleKey               string            `json:"roleKey"`
	UserTypeID            *int              `json:"userTypeId,omitempty"`
	Status                int               `json:"status"`
	ConnectedClientCount  int               `json:"connectedClientCount"`
	ConnectedLastSeenTime float64           `json:"connectedLastSeenTime,omitempty"`
}

// wireUser shows the user. What is volatile on the platform changes from one answer to the next here.
func (p *Platform) wireUser(u *user, withLastMessage bool) userWire {
	seen := p.now() - int64(p.core.Intn(60_000))

	out := userWire{
		UserID: u.id, UserName: u.displayName, DisplayName: u.displayName,
		Connected: u.online || u.role == roleUser && p.core.Intn(2) == 0, LastSeenAtTime: seen,
		CreatedAtTime: u.createdAt, ImageLink: u.imageLink, Deactivated: u.deactivated, PhoneNumber: u.phone,
		UnreadCount: p.countUnread(u.id), LastLoggedInTime: u.loggedInAt,
		Email: u.email, StatusMessage: u.statusMessage, Metadata: maps.Clone(u.metadata),
		Active: u.deletedAt == 0, DeletedAtTime: u.deletedAt, // A deactivated user was seen to be active.
		RoleType: u.role, RoleKey: fmt.Sprintf("a1b2c3d4-0000-4000-8000-%012d", u.role),
	}
	if p.switches.UserRowFull {
		out.ID, out.UserTypeID, out.RoleKey = u.key, &u.typeID, fmt.Sprintf("role-%d", u.role)
		out.Active = !u.deactivated && u.deletedAt == 0
		out.ConnectedLastSeenTime = float64(seen) + 0.5 // SDK test models decode a floating point number.
	}

	if withLastMessage {
		out.LastMessageTime = u.lastMessageAt
	}

	if u.online {
		out.Status, out.ConnectedClientCount = 3, 1
	}

	return out
}

// findUser finds an end user, an agent or a bot by id.
func (p *Platform) findUser(id string) (*user, bool) {
	if found, ok := p.users.Get(id); ok || !p.switches.FoldAgentIDs {
		return found, ok
	}

	return p.users.Find(func(u *user) bool { return u.role != roleUser && strings.EqualFold(u.id, id) })
}

// findExisting finds a user who is not deleted: a deleted one can neither act nor be changed.
func (p *Platform) findExisting(id string) (*user, bool) {
	u, ok := p.findUser(id)
	return u, ok && u.deletedAt == 0
}

// addUser makes a user, who is named by the id until a call changes the name.
//
// Unverified: the default display name.
func (p *Platform) addUser(id string, role int) *user {
	const hex = "0123456789abcdef"

	made := &user{
		id: id, role: role, displayName: id, metadata: map[string]string{}, createdAt: p.tick(),
		key: p.core.Text(hex, 8) + "-" + p.core.Text(hex, 4) + "-4" + p.core.Text(hex, 3) + "-9" + p.core.Text(hex, 3) + "-" + p.core.Text(hex, 12),
	}
	p.users.Put(id, made)

	return made
}

// ensureUser finds the user or makes one, as creating a conversation does. A deleted one is made again under its id.
func (p *Platform) ensureUser(id string) *user {
	u, ok := p.findUser(id)
	if !ok {
		return p.addUser(id, roleUser)
	}

	if u.deletedAt > 0 {
		u.deletedAt, u.deactivated = 0, false
	}

	return u
}

// reactivate ends a deactivation or deletion, if the switches let creating do so.
func (p *Platform) reactivate(u *user) {
	if p.switches.CreateReactivates {
		u.deactivated, u.deletedAt = false, 0
	}
}

// userDetail answers POST /rest/ws/user/v2/detail. phoneNumberList and emailIds are of the backend's pages, contactSync
// of the SDKs.
//
// Unverified: unknown ids are left out silently; an Api-Key may look users up by phone number, and several may have the same.
func (p *Platform) userDetail(c *call) sandbox.Reply {
	type request struct {
		UserIDList      []string `json:"userIdList"`
		PhoneNumberList []string `json:"phoneNumberList"`
		EmailIDs        []string `json:"emailIds"`
		ContactSync     bool     `json:"contactSync"`
	}

	asked, refused := decodeBody[request](p, c.Request)
	if refused != nil {
		return *refused
	}

	n := len(asked.UserIDList) + len(asked.PhoneNumberList) + len(asked.EmailIDs)
	switch {
	case n == 0:
		c.Complain("user/v2/detail names no user")
	case n > 60: // The SDKs' batch; the platform's own limit is not published.
		c.Complain("user/v2/detail asks for %d users, SDKs ask for 60 at most", n)
	}

	var found []*user

	add := func(u *user) {
		if !slices.Contains(found, u) {
			found = append(found, u)
		}
	}
	for _, id := range asked.UserIDList {
		if u, ok := p.findUser(id); ok {
			add(u)
		}
	}

	if len(asked.PhoneNumberList)+len(asked.EmailIDs) > 0 {
		for _, u := range p.users.Where(func(u *user) bool {
			return u.phone != "" && slices.Contains(asked.PhoneNumberList, u.phone) ||
				u.email != "" && slices.Contains(asked.EmailIDs, u.email)
		}) {
			add(u)
		}
	}

	out := make([]userWire, 0, len(found))
	for _, u := range sandbox.Shuffled(p.core, found) {
		out = append(out, p.wireUser(u, queryFlag(c.Request, "fetchLatestMessageTime", false)))
	}

	if len(out) == 0 && p.switches.UnknownUsersNull {
		return p.succeed(json.RawMessage("null"))
	}

	if p.switches.UserDetailBareArray {
		return sandbox.JSON(http.StatusOK, out)
	}

	return p.succeed(out)
}

// updateUser answers POST /rest/ws/user/update: Of-User-Id is the user to change. phoneNumber and statusMessage are of the
// backend's pages. Metadata is merged.
//
// Unverified: the code for agents, whom this call cannot change according to the page; absent and null fields stay as they are.
func (p *Platform) updateUser(c *call) sandbox.Reply {
	type request struct {
		Email         *string  `json:"email"`
		DisplayName   *string  `json:"displayName"`
		ImageLink     *string  `json:"imageLink"`
		PhoneNumber   *string  `json:"phoneNumber"`
		StatusMessage *string  `json:"statusMessage"`
		Metadata      metadata `json:"metadata"`
	}

	asked, refused := decodeBody[request](p, c.Request)
	if refused != nil {
		return *refused
	}

	asked.Metadata.check(c.Request)

	u := c.actor
	if u.role == roleAgent {
		c.Complain("user/update cannot change an agent")
		return p.fail(inventedFailure("U-AGENT", "agents cannot be updated"))
	}

	if p.switches.EmailNeedsAllowEmail && !queryFlag(c.Request, "allowEmail", false) {
		asked.Email = nil
	}

	queryFlag(c.Request, "elasticUpdate", false)
	sandbox.Assign(&u.email, asked.Email)
	sandbox.Assign(&u.displayName, asked.DisplayName)
	sandbox.Assign(&u.imageLink, asked.ImageLink)
	sandbox.Assign(&u.phone, asked.PhoneNumber)
	sandbox.Assign(&u.statusMessage, asked.StatusMessage)
	asked.Metadata.merge(u.metadata)

	return p.succeed("success")
}

// createUser answers POST /rest/ws/user/v2/create, after the backend's pages; they document it with an admin's
// credentials.
//
// Unverified: that it takes an Api-Key, and every failure. Its page has no phoneNumber.
func (p *Platform) createUser(c *call) sandbox.Reply {
	type request struct {
		UserID               string   `json:"userId"`
		Password             string   `json:"password"`
		DisplayName          *string  `json:"displayName"`
		ImageLink            *string  `json:"imageLink"`
		Email                *string  `json:"email"`
		CreatedAtTime        int64    `json:"createdAtTime"`
		AuthenticationTypeID int      `json:"authenticationTypeId"`
		RoleName             string   `json:"roleName"`
		Metadata             metadata `json:"metadata"`
	}

	asked, refused := decodeBody[request](p, c.Request)
	if refused != nil {
		return *refused
	}

	asked.Metadata.check(c.Request)

	role := roleUser

	switch {
	case !userIDForm.MatchString(asked.UserID):
		c.Complain("userId %q is not allowed", asked.UserID)
		return p.fail(inventedFailure("U-ID", "invalid user id"))
	case asked.RoleName == "BOT" && asked.Password == "":
		c.Complain("a BOT needs a password")
		return p.fail(inventedFailure("U-PASSWORD", "password required"))
	case asked.RoleName == "BOT":
		role = roleBot
	case asked.RoleName != "" && asked.RoleName != "USER":
		c.Complain("roleName %q is neither USER nor BOT", asked.RoleName)
		return p.fail(inventedFailure("U-ROLE", "invalid role name"))
	}

	u, exists := p.findUser(asked.UserID)
	switch {
	case exists && (u.role == roleAgent || p.switches.UserCreateRefusesExisting):
		return p.fail(inventedFailure("U-EXISTS", "user already exists"))
	case exists:
		p.reactivate(u)
	default:
		u = p.addUser(asked.UserID, role)
		if asked.CreatedAtTime > 0 {
			u.createdAt = asked.CreatedAtTime
		}
	}

	if asked.Password != "" {
		u.password = asked.Password
	}

	sandbox.Assign(&u.displayName, asked.DisplayName)
	sandbox.Assign(&u.imageLink, asked.ImageLink)
	sandbox.Assign(&u.email, asked.Email)
	asked.Metadata.merge(u.metadata)

	return p.succeed("success")
}

// deleteUser answers POST /rest/ws/user/delete: Of-User-Id is the user to delete. The switch UserDelete decides what stays.
// The backend's page says that reset also names the user "Unknown User".
//
// Unverified: which reading of the switch is right, and that agents are refused.
func (p *Platform) deleteUser(c *call) sandbox.Reply {
	type request struct {
		Reset *bool `json:"reset"`
	}

	var asked request

	if len(c.Raw) > 0 {
		var refused *sandbox.Reply

		asked, refused = decodeBody[request](p, c.Request)
		if refused != nil {
			return *refused
		}
	}

	reset := queryFlag(c.Request, "reset", asked.Reset != nil && *asked.Reset)

	u := c.actor
	if u.role == roleAgent {
		c.Complain("user/delete of an agent")
		return p.fail(inventedFailure("U-AGENT", "agents cannot be deleted"))
	}

	switch p.switches.UserDelete {
	case unchanged:
	case toggle:
		u.deactivated = !u.deactivated
	case deleteOutright:
		u.deactivated, u.deletedAt = true, p.tick()
	case erase:
		u.deactivated, u.deletedAt = true, p.tick()
		u.displayName, u.email, u.imageLink, u.phone, u.statusMessage = "", "", "", "", ""
		clear(u.metadata)
	case gone:
		p.purgeUser(u)
	default:
		u.deactivated = true
	}

	if reset && p.switches.UserDelete != unchanged {
		u.displayName, u.email, u.imageLink, u.phone = "Unknown User", "", "", ""
	}

	return p.succeed("success")
}

// purgeUser removes a user without a trace.
func (p *Platform) purgeUser(u *user) {
	for _, g := range p.groups.All() {
		p.leave(g, u.id)
	}

	p.users.Delete(u.id)
}

// blockUser answers GET /rest/ws/user/block and /rest/ws/user/unblock, of the backend's pages. A recorded answer of 2020 is
// "success". Nothing here depends on who blocked whom.
func (p *Platform) blockUser(c *call) sandbox.Reply {
	queryFlag(c.Request, "block", true)

	if _, ok := p.findExisting(c.URL.Query().Get("userId")); !ok {
		return p.fail(userNotFound)
	}

	return p.succeed("success")
}

// mergeUsers answers GET /rest/ws/user/merge, of the backend's pages, in plain text: mergeUserId is merged into userId. They
// document it with an admin's credentials.
//
// Unverified: that it takes an Api-Key; conversations move, the roles of a member who is in both stay, and the merged user is
// deleted; agents and users who are not there are an error.
func (p *Platform) mergeUsers(c *call) sandbox.Reply {
	query := c.URL.Query()

	stays, isThere := p.findExisting(query.Get("userId"))
	merged, isOther := p.findExisting(query.Get("mergeUserId"))

	switch {
	case query.Get("userId") == "" || query.Get("mergeUserId") == "":
		return p.badRequest(c.Request, "user/merge needs userId and mergeUserId")
	case stays != nil && stays == merged:
		c.Complain("user/merge of a user with itself")
		return sandbox.Text(http.StatusOK, "error")
	case !isThere, !isOther, stays.role == roleAgent, merged.role == roleAgent:
		return sandbox.Text(http.StatusOK, "error")
	}

	for _, g := range p.groups.Where(func(g *group) bool { return g.member(merged.id) != nil }) {
		p.join(g, stays)
		p.leave(g, merged.id)
	}

	merged.deletedAt = p.tick()

	return sandbox.Text(http.StatusOK, "success")
}
