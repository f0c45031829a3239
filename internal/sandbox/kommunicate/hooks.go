package kommunicate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// act is what hooks are told; each reads the fields it needs. A conversation is named by groupId or clientGroupId.
type act struct {
	GroupID       ident             `json:"groupId"`
	ClientGroupID ident             `json:"clientGroupId"`
	UserID        string            `json:"userId"`
	Status        ident             `json:"status"`
	Assignee      string            `json:"assignee"`
	TeamID        ident             `json:"teamId"`
	Name          string            `json:"name"`
	ImageURL      string            `json:"imageUrl"`
	Metadata      map[string]string `json:"metadata"`
	Keys          []string          `json:"keys"`
	Message       string            `json:"message"`
	DisplayName   *string           `json:"displayName"`
	Email         *string           `json:"email"`
	ImageLink     *string           `json:"imageLink"`
	PhoneNumber   *string           `json:"phoneNumber"`
	Online        bool              `json:"online"`
	Limit         int               `json:"limit"`
	Key           string            `json:"key"`
}

// Hooks are acts of others than the API's caller. Bodies are JSON with the fields that a hook's line names.
func (p *Platform) Hooks() map[string]sandbox.Hook {
	hooks := map[string]sandbox.Hook{"settings": p.hookSettings}
	for name, change := range map[string]func(*group, act) error{
		"set_status":       p.hookStatus,                                                         // groupId, status
		"set_assignee":     p.hookAssignee,                                                       // groupId, assignee ("" for nobody)
		"set_team":         p.hookTeam,                                                           // groupId, teamId
		"set_metadata":     func(g *group, a act) error { return p.hookMetadata(g.metadata, a) }, // groupId, metadata, keys to drop
		"rename_group":     func(g *group, a act) error { g.name = a.Name; return nil },          // groupId, name
		"set_image":        func(g *group, a act) error { g.imageURL = a.ImageURL; return nil },  // groupId, imageUrl
		"add_member":       p.hookJoin,                                                           // groupId, userId
		"remove_member":    p.hookLeave,                                                          // groupId, userId
		"delete_group":     func(g *group, _ act) error { p.remove(g); return nil },              // groupId; softly
		"purge_group":      p.hookPurge,                                                          // groupId; without a trace
		"agent_message":    p.hookMessage(roleAgent),                                             // groupId, message, userId if not any
		"customer_message": p.hookMessage(roleUser),                                              // groupId, message, userId if not any
	} {
		hooks[name] = p.onGroup(change)
	}

	for name, change := range map[string]func(*user, act) error{
		"deactivate_user": func(u *user, _ act) error { u.deactivated = true; return nil },  // userId
		"activate_user":   func(u *user, _ act) error { u.deactivated = false; return nil }, // userId
		"delete_user":     p.hookDeleteUser,                                                 // userId; softly
		"purge_user":      p.hookPurgeUser,                                                  // userId; without a trace
		"set_user":        p.hookUser,                                                       // userId, displayName, email, imageLink, phoneNumber, metadata, keys
		"set_online":      func(u *user, a act) error { u.online = a.Online; return nil },   // userId, online
		"set_limit":       p.hookLimit,                                                      // userId of an agent, limit
		"open_widget":     p.hookWidget,                                                     // userId, name: a customer's own conversation
	} {
		hooks[name] = p.onUser(change)
	}

	hooks["delete_message"] = p.hookDeleteMessage // key
	hooks["auto_close"] = p.hookAutoClose         // nothing: the account's timer closes what is open
	hooks["expire_sessions"] = p.hookExpire       // nothing: tokens of register/client end

	return hooks
}

// told reads a hook's body; none is an empty one.
func told(raw []byte, v any) error {
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}

	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()

	return decoder.Decode(v)
}

// onGroup makes a hook of a change to one conversation, deleted ones too.
func (p *Platform) onGroup(change func(*group, act) error) sandbox.Hook {
	return func(raw []byte) (any, error) {
		var a act
		if err := told(raw, &a); err != nil {
			return nil, err
		}

		g, ok := p.lookUp(a.GroupID, a.ClientGroupID)
		if !ok {
			return nil, fmt.Errorf("no conversation %q%q", a.GroupID, a.ClientGroupID)
		}

		if err := change(g, a); err != nil {
			return nil, err
		}

		p.touch(g)

		return viewGroup(g), nil
	}
}

// onUser makes a hook of a change to one user.
func (p *Platform) onUser(change func(*user, act) error) sandbox.Hook {
	return func(raw []byte) (any, error) {
		var a act
		if err := told(raw, &a); err != nil {
			return nil, err
		}

		u, ok := p.user(a.UserID)
		if !ok {
			return nil, fmt.Errorf("no user %q", a.UserID)
		}

		if err := change(u, a); err != nil {
			return nil, err
		}

		return viewUser(u), nil
	}
}

// hookSettings changes the account's rules; what is not named stays.
func (p *Platform) hookSettings(raw []byte) (any, error) {
	if err := told(raw, &p.settings); err != nil {
		return nil, err
	}

	if p.settings.HandlingLimit == nil {
		p.settings.HandlingLimit = map[string]int{}
	}
	// A copy, for it is encoded after the lock is gone.
	out := p.settings
	out.RuleMembers, out.HandlingLimit = slices.Clone(out.RuleMembers), maps.Clone(out.HandlingLimit)

	return out, nil
}

func (p *Platform) hookStatus(g *group, a act) error {
	if _, err := strconv.Atoi(string(a.Status)); err != nil {
		return fmt.Errorf("no status %q", a.Status)
	}

	g.metadata[keyStatus] = string(a.Status)

	return nil
}

func (p *Platform) hookAssignee(g *group, a act) error {
	if a.Assignee == "" {
		unassign(g)
		return nil
	}

	if _, ok := p.user(a.Assignee); !ok {
		return fmt.Errorf("no user %q", a.Assignee)
	}

	p.assign(g, a.Assignee)

	return nil
}

func (p *Platform) hookTeam(g *group, a act) error {
	g.metadata[keyTeam] = string(a.TeamID)
	p.handToTeam(g, string(a.TeamID))

	return nil
}

func (p *Platform) hookMetadata(values map[string]string, a act) error {
	metadata{values: a.Metadata}.merge(values)

	for _, key := range a.Keys {
		delete(values, key)
	}

	return nil
}

func (p *Platform) hookJoin(g *group, a act) error {
	if a.UserID == "" {
		return errors.New("no userId")
	}

	p.join(g, p.ensureUser(a.UserID))

	return nil
}

func (p *Platform) hookLeave(g *group, a act) error {
	if !p.leave(g, a.UserID) {
		return fmt.Errorf("%q is no member", a.UserID)
	}

	return nil
}

func (p *Platform) hookPurge(g *group, _ act) error {
	for _, m := range g.messages {
		delete(p.messages, m.key)
	}

	delete(p.aliases, g.alias)
	p.groups.Delete(g.id)

	return nil
}

// hookMessage posts in the name of userId, or of the first member of the role.
func (p *Platform) hookMessage(role int) func(*group, act) error {
	return func(g *group, a act) error {
		sender, ok := p.user(a.UserID)
		for _, m := range g.members {
			if a.UserID == "" && !ok && m.user.role == role {
				sender, ok = m.user, true
			}
		}

		if !ok || sender.role != role {
			return fmt.Errorf("no such sender %q", a.UserID)
		}

		p.post(g, &message{sender: sender, text: a.Message, source: 1})

		return nil
	}
}

func (p *Platform) hookDeleteUser(u *user, _ act) error {
	u.deactivated, u.deletedAt = true, p.tick()
	return nil
}

func (p *Platform) hookPurgeUser(u *user, _ act) error {
	for _, g := range p.groups.All() {
		p.leave(g, u.id)
	}

	p.users.Delete(u.id)

	return nil
}

func (p *Platform) hookUser(u *user, a act) error {
	set(&u.displayName, a.DisplayName)
	set(&u.email, a.Email)
	set(&u.imageLink, a.ImageLink)
	set(&u.phone, a.PhoneNumber)

	return p.hookMetadata(u.metadata, a)
}

func (p *Platform) hookLimit(u *user, a act) error {
	if u.role != roleAgent {
		return fmt.Errorf("%q is no agent", u.id)
	}

	p.settings.HandlingLimit[u.id] = a.Limit

	return nil
}

// hookWidget starts a conversation as a customer's widget does: by the rules, and not yet open.
func (p *Platform) hookWidget(u *user, a act) error {
	g := p.newGroup(a.Name, "", []string{u.id})
	g.metadata[keyStatus] = statusInitial
	p.route(g)

	return nil
}

func (p *Platform) hookDeleteMessage(raw []byte) (any, error) {
	var a act
	if err := told(raw, &a); err != nil {
		return nil, err
	}

	m, ok := p.messages[a.Key]
	if !ok {
		return nil, fmt.Errorf("no message %q", a.Key)
	}

	m.deleted, m.gone = true, true

	return viewMessage(m), nil
}

func (p *Platform) hookAutoClose([]byte) (any, error) {
	closed := 0

	for _, g := range p.groups.All() {
		if g.deletedAt == 0 && g.metadata[keyStatus] == statusOpen {
			g.metadata[keyStatus] = statusResolved
			p.touch(g)

			closed++
		}
	}

	return closed, nil
}

func (p *Platform) hookExpire([]byte) (any, error) {
	ended := len(p.tokens)
	clear(p.tokens)

	return ended, nil
}
