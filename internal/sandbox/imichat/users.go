package imichat

import (
	"slices"
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
	ActiveChats     int
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

func (p *Platform) userByLogin(login string) (*User, bool) {
	return p.users.Find(func(u *User) bool { return u.LoginID == login })
}

func (u *User) worksIn(team int) bool {
	return slices.ContainsFunc(u.Privileges, func(p Privilege) bool { return p.TeamID == team })
}
