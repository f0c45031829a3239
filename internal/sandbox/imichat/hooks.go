package imichat

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// chatAct is the body of the hooks that act on a chat, which goes by chat_id or alias_id. Each reads what it needs.
type chatAct struct {
	ChatID   string   `json:"chat_id"`
	AliasID  string   `json:"alias_id"`
	Assignee string   `json:"assignee"` // pick: the first agent if empty.
	Outcome  string   `json:"outcome"`  // close.
	Tags     []string `json:"tags"`     // tag: the tags from now on.
	Flag     string   `json:"flag"`     // flag.
	TeamID   int      `json:"team_id"`  // transfer.
	Skill    string   `json:"skill"`    // transfer.
	Text     string   `json:"text"`     // inbound, reply: a text of now,
	Message  *Message `json:"message"`  // or any message as it is.
}

// Hooks are what agents, timers, customers and administrators do, and what happens to the service:
//
//	pick release hold close tag flag transfer inbound reply purge_chat   {"chat_id": ...} or {"alias_id": ...}, and more
//	remove_team share_team unshare_team                                  {"team_id": 101}
//	remove_user edit_user                                                {"user": id or login id}, edit_user with more
//	expire_token                                                         {}: every token is known, and expired: 2004
//	forget_token                                                         {}: no token is known: 2003
//	exhaust_quota                                                        {}: no request is left today
//	set_quota                                                            {"remaining": 3}
//	fail                                                                 a failure, see there
func (p *Platform) Hooks() map[string]sandbox.Hook {
	return map[string]sandbox.Hook{
		"pick": p.onChat(func(c *Chat, a chatAct) {
			c.Assignee = a.Assignee
			if c.Assignee == "" {
				c.Assignee = Agent
			}

			c.Status = picked
		}),
		"release": p.onChat(func(c *Chat, _ chatAct) { p.release(c) }),
		"hold":    p.onChat(func(c *Chat, _ chatAct) { c.Status = onhold }),
		"close":   p.onChat(func(c *Chat, a chatAct) { c.Status, c.Outcome = closed, a.Outcome }),
		"tag":     p.onChat(func(c *Chat, a chatAct) { c.Tags = uniqueTags(a.Tags) }),
		"flag":    p.onChat(func(c *Chat, a chatAct) { c.Flag = a.Flag }),
		"transfer": p.onChat(func(c *Chat, a chatAct) {
			p.transfer(c, a.TeamID, a.Skill)
		}),
		"inbound":       p.onChat(func(c *Chat, a chatAct) { c.Messages = append(c.Messages, p.newMessage(inbound, a)) }),
		"reply":         p.onChat(func(c *Chat, a chatAct) { c.Messages = append(c.Messages, p.newMessage(outbound, a)) }),
		"purge_chat":    p.onChat(func(c *Chat, _ chatAct) { p.chats.Delete(c.ID) }),
		"remove_team":   p.onTeam(func(t *Team) { p.teams.Delete(t.ID) }),
		"share_team":    p.onTeam(func(t *Team) { t.Shared = true }),
		"unshare_team":  p.onTeam(func(t *Team) { t.Shared = false }),
		"remove_user":   p.onUser(func(u *User, _ userAct) { p.users.Delete(u.ID) }),
		"edit_user":     p.onUser(editUser),
		"expire_token":  func([]byte) (any, error) { return p.expireTokens(), nil },
		"forget_token":  func([]byte) (any, error) { return p.forgetTokens(), nil },
		"exhaust_quota": func([]byte) (any, error) { return p.setRemaining(0), nil },
		"set_quota":     p.setQuota,
		"fail":          p.fail,
	}
}

// onChat returns a hook that changes one chat.
func (p *Platform) onChat(change func(*Chat, chatAct)) sandbox.Hook {
	find := func(a chatAct) (*Chat, error) {
		chat, ok := p.chats.Get(a.ChatID)
		if a.ChatID == "" {
			chat, ok = p.chats.Find(func(c *Chat) bool { return c.Alias != "" && c.Alias == a.AliasID })
		}

		if !ok {
			return nil, fmt.Errorf("no chat with chat_id %q or alias_id %q", a.ChatID, a.AliasID)
		}

		return chat, nil
	}

	return sandbox.HookOn(find, func(c *Chat, a chatAct) error {
		change(c, a)
		p.touch(c)

		return nil
	}, func(c *Chat) any { return p.chatObject(c) })
}

// newMessage returns the message that a hook adds to a chat.
func (p *Platform) newMessage(direction string, a chatAct) Message {
	if a.Message != nil {
		return *a.Message
	}

	return Message{Type: direction, Text: a.Text, Timestamp: p.core.Now().Format(stamp)}
}

// teamAct is the body of the hooks that act on a team.
type teamAct struct {
	TeamID int `json:"team_id"`
}

// onTeam returns a hook that changes one team.
func (p *Platform) onTeam(change func(*Team)) sandbox.Hook {
	find := func(a teamAct) (*Team, error) {
		team, ok := p.teams.Get(a.TeamID)
		if !ok {
			return nil, fmt.Errorf("no team %d", a.TeamID)
		}

		return team, nil
	}

	return sandbox.HookOn(find, func(t *Team, _ teamAct) error {
		change(t)
		return nil
	}, func(*Team) any { return "ok" })
}

// userAct is the body of the hooks that act on a user; fields left out stay as they are.
type userAct struct {
	User           string  `json:"user"`
	FirstName      *string `json:"first_name"`
	LastName       *string `json:"last_name"`
	JobDescription *string `json:"job_description"`
	Active         *bool   `json:"active"`
	AcceptingChats *bool   `json:"accepting_chats"`
	LoggedIn       *bool   `json:"logged_in"`
}

// onUser returns a hook that changes one user.
func (p *Platform) onUser(change func(*User, userAct)) sandbox.Hook {
	find := func(a userAct) (*User, error) {
		user, ok := p.findUser(a.User)
		if !ok {
			return nil, fmt.Errorf("no user %q", a.User)
		}

		return user, nil
	}

	return sandbox.HookOn(find, func(u *User, a userAct) error {
		change(u, a)
		u.Updated = p.core.Now()

		return nil
	}, func(u *User) any { return p.userObject(u) })
}

func editUser(u *User, a userAct) {
	sandbox.Assign(&u.FirstName, a.FirstName)
	sandbox.Assign(&u.LastName, a.LastName)
	sandbox.Assign(&u.JobDescription, a.JobDescription)
	sandbox.Assign(&u.AcceptingChats, a.AcceptingChats)
	sandbox.Assign(&u.LoggedIn, a.LoggedIn)

	if a.Active != nil {
		u.Inactive = !*a.Active
	}
}

// expireTokens ends the life of every token and counts them.
func (p *Platform) expireTokens() int {
	for token := range p.tokens {
		p.tokens[token] = time.Time{}
	}

	return len(p.tokens)
}

// forgetTokens drops every token, and counts them.
func (p *Platform) forgetTokens() int {
	known := len(p.tokens)
	clear(p.tokens)

	return known
}

// setRemaining sets how many requests the tenant has left today.
func (p *Platform) setRemaining(remaining int) int {
	p.day, p.used = p.today(), p.switches.Quota-remaining
	return remaining
}

func (p *Platform) setQuota(body []byte) (any, error) {
	var a struct {
		Remaining int `json:"remaining"`
	}
	if err := sandbox.DecodeHook(body, &a); err != nil {
		return nil, err
	}

	if a.Remaining < 0 || a.Remaining > p.switches.Quota {
		return nil, fmt.Errorf("remaining is between 0 and the switch quota, %d", p.switches.Quota)
	}

	return p.setRemaining(a.Remaining), nil
}

// Failure scripts one of the vendor's own errors, envelope and headers included, as a fault of the sandbox.
type Failure struct {
	Code   int    `json:"code"`
	Times  int    `json:"times"` // 0 means one, -1 all.
	Skip   int    `json:"skip"`
	Method string `json:"method"` // Empty is any.
	Path   string `json:"path"`   // A path.Match pattern, as "/v3.1/chats/*"; empty is any.
	After  bool   `json:"after"`  // The platform does its work first.
}

// failures returns the errors of the vendor's table.
func failures() []responseCode {
	return []responseCode{
		headerMissing, tokenInvalid, tokenExpired, serverError, teamUnknown, chatUnknown, methodNotAllowed,
		userUnknown, userUnavailable, chatUnavailable, bodyInvalid, quotaExceeded,
	}
}

func (p *Platform) fail(body []byte) (any, error) {
	var failure Failure
	if err := sandbox.DecodeHook(body, &failure); err != nil {
		return nil, err
	}

	for _, v := range failures() {
		if v.code != failure.Code {
			continue
		}

		reply := p.refuse(v)

		raw, err := json.Marshal(reply.Body)
		if err != nil {
			return nil, err
		}

		fault := sandbox.Fault{
			Name: fmt.Sprintf("imichat %d", v.code), Platform: p.Name(), Method: failure.Method, Path: failure.Path,
			Skip: failure.Skip, Times: failure.Times, After: failure.After,
			Status: v.status, Body: string(raw), Header: map[string]string{"Content-Type": "application/json; charset=utf-8"},
		}
		for name := range reply.Header {
			fault.Header[name] = reply.Header.Get(name)
		}

		p.core.Faults.Add(fault)

		return fault.Name, nil
	}

	return nil, fmt.Errorf("no code %d", failure.Code)
}
