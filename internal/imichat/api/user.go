package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// User is a person, or a virtual agent, of the tenant. A row of the list has the fields up to ActiveChats; Listed marks
// such a row.
type User struct {
	ID, LoginID, EmailID string
	FirstName, LastName  string
	Status               string
	AcceptingChats       bool
	ActiveChats          int64
	CreatedAt, UpdatedAt time.Time
	LoggedIn             bool
	JobDescription       string
	LoginUsingEmail      bool
	RoleType             string
	SkillAttributes      map[string]string
	Privileges           []Privilege
	Listed               bool
}

// Privilege is a role in a team.
type Privilege struct {
	TeamID json.Number `json:"teamid"`
	Role   string      `json:"role"`
}

// UserRequest makes a user.
//
// Unverified: which fields are required; the page does not mark them.
type UserRequest struct {
	LoginID         string            `json:"login_id"`
	EmailID         *string           `json:"email_id,omitempty"`
	FirstName       *string           `json:"first_name,omitempty"`
	LastName        *string           `json:"last_name,omitempty"`
	Password        *string           `json:"password,omitempty"`
	JobDescription  *string           `json:"job_description,omitempty"`
	LoginUsingEmail *bool             `json:"login_using_email,omitempty"`
	Privileges      []Privilege       `json:"privileges,omitempty"`
	SkillAttributes map[string]string `json:"skill_attributes,omitempty"`
}

// UnmarshalJSON reads a whole user and a row of the list.
func (u *User) UnmarshalJSON(raw []byte) error {
	var wire struct {
		ID              wirejson.Text  `json:"id"`
		CreatedAt       wirejson.Time  `json:"created_at"`
		UpdatedAt       wirejson.Time  `json:"updated_at"`
		FirstName       wirejson.Text  `json:"first_name"`
		LastName        wirejson.Text  `json:"last_name"`
		LoginID         wirejson.Text  `json:"login_id"`
		EmailID         wirejson.Text  `json:"email_id"`
		Status          wirejson.Text  `json:"status"`
		AcceptingChats  wirejson.Flag  `json:"accepting_chats"`
		ActiveChats     wirejson.Text  `json:"active_chats"`
		LoggedIn        wirejson.Flag  `json:"logged_in"`
		JobDescription  wirejson.Text  `json:"job_description"`
		LoginUsingEmail *wirejson.Flag `json:"login_using_email"`
		RoleType        wirejson.Text  `json:"role_type"`
		SkillAttributes wirejson.Pairs `json:"skill_attributes"`
		Privileges      wirejson.Maybe[[]struct {
			TeamID wirejson.Text `json:"teamid"`
			Role   wirejson.Text `json:"role"`
		}] `json:"privileges"`
	}
	if err := json.Unmarshal(raw, &wire); err != nil {
		return err
	}

	if wire.ID == "" {
		return errors.New("a user without id")
	}

	*u = User{
		ID: string(wire.ID), LoginID: string(wire.LoginID), EmailID: string(wire.EmailID), FirstName: string(wire.FirstName),
		LastName: string(wire.LastName), Status: word(wire.Status), AcceptingChats: bool(wire.AcceptingChats),
		CreatedAt: wire.CreatedAt.Time, UpdatedAt: wire.UpdatedAt.Time, LoggedIn: bool(wire.LoggedIn),
		JobDescription: string(wire.JobDescription), RoleType: string(wire.RoleType), SkillAttributes: wire.SkillAttributes,
		Listed: wire.LoginUsingEmail == nil && wire.RoleType == "",
	}
	if count, err := json.Number(wire.ActiveChats).Int64(); err == nil {
		u.ActiveChats = count
	}

	if wire.LoginUsingEmail != nil {
		u.LoginUsingEmail = bool(*wire.LoginUsingEmail)
	}

	if wire.Privileges.Value != nil {
		for _, p := range *wire.Privileges.Value {
			u.Privileges = append(u.Privileges, Privilege{TeamID: json.Number(p.TeamID), Role: string(p.Role)})
		}
	}

	return nil
}

func (u User) key() string { return u.ID }

// CreateUser makes a customer-care user. If the answer is lost, the user is looked up by login id
// (https://docs.imi.chat/reference/create-user).
func (c *Client) CreateUser(ctx context.Context, team string, request UserRequest) (*User, error) {
	user, err := needed[User](ctx, c, inTeam(c.create(http.MethodPost, "/users"), team).WithJSON(request), "user")
	if transport.IsLost(err) {
		found, lookup := c.UserByLogin(ctx, team, request.LoginID)
		if lookup == nil && found != nil {
			return found, nil
		}
	}

	return user, err
}

// User reads a user (https://docs.imi.chat/reference/get-individual-user).
func (c *Client) User(ctx context.Context, team, id string) (*User, error) {
	return needed[User](ctx, c, inTeam(c.read(http.MethodGet, "/users/%s", id), team), "user")
}

// Users lists the users of a team that match (https://docs.imi.chat/reference/users-search).
//
// Unverified: the body of the search, whose grammar no page shows. An empty one is sent, and the users that match are chosen here.
func (c *Client) Users(ctx context.Context, team string, matches func(User) bool) ([]User, error) {
	return every(ctx, c, "users", func(ctx context.Context, query url.Values) (list[User], error) {
		call := inTeam(c.read(http.MethodPost, "/users/search"), team).WithQuery(query).WithJSON(struct{}{})
		return many[User](ctx, c, call, "user")
	}, matches)
}

// UserByLogin finds a user by login id, or nil.
//
// Unverified: whether the path of the single read takes login ids. It is tried first. If it finds no user, those of the
// team are listed, ten per request.
func (c *Client) UserByLogin(ctx context.Context, team, login string) (*User, error) {
	user, err := c.User(ctx, team, login)
	isInvalid := err != nil && transport.As(err) != nil && transport.As(err).Reason == transport.Invalid

	switch {
	case err == nil && user.LoginID == login:
		return user, nil
	case err == nil, transport.IsNotFound(err), unanswered(err), isInvalid:
	default:
		return nil, err
	}

	users, err := c.Users(ctx, team, func(user User) bool { return user.LoginID == login })
	if err != nil || len(users) == 0 {
		return nil, err
	}

	return c.User(ctx, team, users[0].ID)
}
