package imichat

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const (
	roleManager = "Team Manager"
	roleAgent   = "Team Agent"
	roleAnalyst = "Team Analyst"
)

// Privilege is a user's role in a team.
type Privilege struct {
	TeamID int    `json:"teamid"`
	Role   string `json:"role"`
}

// User is a person or virtual agent of the tenant, as the platform holds it.
type User struct {
	ID              int
	FirstName       string
	LastName        string
	LoginID         string
	Email           string
	Password        string
	JobDescription  string
	LoginUsingEmail bool
	Privileges      []Privilege
	SkillAttributes map[string]string
	Inactive        bool
	AcceptingChats  bool
	LoggedIn        bool
	Created         time.Time
	Updated         time.Time
}

func newUsers() sandbox.Collection[int, *User] { return sandbox.Collection[int, *User]{} }

func (p *Platform) addUser(u User) *User {
	p.lastUserID++
	u.ID, u.Created, u.Updated = p.lastUserID, p.core.Now(), p.core.Now()
	p.users.Put(u.ID, &u)

	return &u
}

func (p *Platform) findByLogin(login string) (*User, bool) {
	return p.users.Find(func(u *User) bool { return u.LoginID == login })
}

func (u *User) isInTeam(team int) bool {
	return slices.ContainsFunc(u.Privileges, func(p Privilege) bool { return p.TeamID == team })
}

// userRequest is the body of POST /users. The vendor lists active_chats, too, which is a counter and no input.
type userRequest struct {
	FirstName       string            `json:"first_name"`
	LastName        string            `json:"last_name"`
	LoginID         string            `json:"login_id"`
	Email           string            `json:"email_id"`
	Password        string            `json:"password"`
	JobDescription  string            `json:"job_description"`
	LoginUsingEmail bool              `json:"login_using_email"`
	Privileges      []Privilege       `json:"privileges"`
	SkillAttributes map[string]string `json:"skill_attributes"`
	ActiveChats     *int              `json:"active_chats"`
}

// createUser makes a customer-care user (docs.imi.chat/reference/create-user).
//
// Unverified: which fields are required, that login ids are unique, and every code.
func (p *Platform) createUser(req *sandbox.Request, _ int) sandbox.Reply {
	checkQuery(req)

	var body userRequest

	refused := p.decode(req, &body)
	if refused != nil {
		return *refused
	}

	if body.ActiveChats != nil {
		req.Complain("active_chats is a counter of the platform")
	}

	if body.LoginID == "" && body.LoginUsingEmail {
		body.LoginID = body.Email
	}

	wrong := body.findMistake()
	if wrong != "" {
		return p.refuseInvalid(req, wrong)
	}

	for _, privilege := range body.Privileges {
		if !p.isShared(privilege.TeamID) {
			return p.refuse(bodyInvalid, "no team "+strconv.Itoa(privilege.TeamID))
		}
	}

	if _, ok := p.findByLogin(body.LoginID); ok {
		return p.refuse(taken, "login_id "+body.LoginID)
	}

	user := p.addUser(User{
		FirstName: body.FirstName, LastName: body.LastName, LoginID: body.LoginID, Email: body.Email,
		Password: body.Password, JobDescription: body.JobDescription, LoginUsingEmail: body.LoginUsingEmail,
		Privileges: body.Privileges, SkillAttributes: body.SkillAttributes,
	})

	return p.answerCreated(userCreated, "user", "id", p.userObject(user))
}

func (u *userRequest) findMistake() string {
	if u.LoginID == "" {
		return "login_id is missing"
	}

	for _, privilege := range u.Privileges {
		if !slices.Contains([]string{roleManager, roleAgent, roleAnalyst}, privilege.Role) {
			return fmt.Sprintf("role %q is none of %s, %s, %s", privilege.Role, roleManager, roleAgent, roleAnalyst)
		}
	}

	return ""
}

// readUser reads a user by id or login id (docs.imi.chat/reference/get-individual-user).
//
// Unverified: which of the two the path takes.
func (p *Platform) readUser(req *sandbox.Request, _ int) sandbox.Reply {
	checkQuery(req)

	user, ok := p.findUser(req.PathValue("user"))
	if !ok {
		return p.refuse(userUnknown)
	}

	return p.answer(userRetrieved, p.wrapOne("user", p.userObject(user)))
}

// findUser finds a user by id or login id.
func (p *Platform) findUser(key string) (*User, bool) {
	if id, err := strconv.Atoi(key); err == nil {
		if user, ok := p.users.Get(id); ok {
			return user, true
		}
	}

	return p.findByLogin(key)
}

// searchUsers lists users of the header's team (docs.imi.chat/reference/users-search).
func (p *Platform) searchUsers(req *sandbox.Request, team int) sandbox.Reply {
	n, refused := p.pageNumber(req)
	if refused != nil {
		return *refused
	}

	fits, refused := search(p, req, p.userParameters())
	if refused != nil {
		return *refused
	}

	found := p.users.Where(func(u *User) bool { return u.isInTeam(team) && fits(u) })

	rows := []any{}
	for _, user := range sandbox.Page(found, n, pageSize) {
		rows = append(rows, p.userRow(user))
	}

	return p.answer(usersRetrieved, p.wrapList("users", rows))
}

// userRow returns the user as search lists it.
func (p *Platform) userRow(u *User) map[string]any {
	object := map[string]any{
		"id":              u.ID,
		"created_at":      u.Created.Format(stamp),
		"updated_at":      u.Updated.Format(stamp),
		"login_id":        u.LoginID,
		"status":          u.status(),
		"accepting_chats": u.AcceptingChats,
		"active_chats":    p.activeChats(u),
	}
	p.putField(object, "first_name", u.FirstName, u.FirstName == "")
	p.putField(object, "last_name", u.LastName, u.LastName == "")
	p.putField(object, "email_id", u.Email, u.Email == "")

	return object
}

// userObject returns the user as create and read answer it. Neither password nor privileges are among its documented fields.
func (p *Platform) userObject(u *User) map[string]any {
	object := p.userRow(u)
	object["logged_in"] = u.LoggedIn
	object["login_using_email"] = u.LoginUsingEmail
	object["role_type"] = "Customer Care"
	p.putField(object, "job_description", u.JobDescription, u.JobDescription == "")
	p.putField(object, "skill_attributes", nonNil(u.SkillAttributes), len(u.SkillAttributes) == 0)

	return object
}

func (u *User) status() string {
	if u.Inactive {
		return "inactive"
	}

	return "active"
}

// activeChats counts the chats that a user has picked.
func (p *Platform) activeChats(u *User) int {
	n := 0

	for _, chat := range p.chats.Newest() {
		if chat.Assignee == u.LoginID && chat.Status == picked {
			n++
		}
	}

	return n
}

// Users returns the users of the platform, oldest first.
func (p *Platform) Users() []User {
	p.Lock()
	defer p.Unlock()

	users := make([]User, 0, p.users.Len())
	for _, user := range p.users.All() {
		users = append(users, user.clone())
	}

	return users
}

// User returns one user of the platform, by id or login id.
func (p *Platform) User(key string) (User, bool) {
	p.Lock()
	defer p.Unlock()

	user, ok := p.findUser(key)
	if !ok {
		return User{}, false
	}

	return user.clone(), true
}

func (u *User) clone() User {
	out := *u
	out.Privileges, out.SkillAttributes = slices.Clone(u.Privileges), maps.Clone(u.SkillAttributes)

	return out
}
