package kommunicate

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// hookBody holds the fields of all hooks; each reads those it needs. A conversation is named by groupId or clientGroupId.
type hookBody struct {
	GroupID       sandbox.ID        `json:"groupId"`
	ClientGroupID sandbox.ID        `json:"clientGroupId"`
	UserID        string            `json:"userId"`
	Status        sandbox.ID        `json:"status"`
	Assignee      string            `json:"assignee"`
	TeamID        sandbox.ID        `json:"teamId"`
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
	hooks := map[string]sandbox.Hook{
		"settings":        p.hookSettings,
		"delete_message":  p.hookDeleteMessage, // key
		"auto_close":      p.hookAutoClose,     // nothing: the account's timer closes what is open
		"expire_sessions": p.hookExpire,        // nothing: tokens of register/client end
	}

	for name, change := range map[string]func(*group, hookBody) error{
		"set_status":       p.hookStatus,             // groupId, status
		"set_assignee":     p.hookAssignee,           // groupId, assignee ("" for none)
		"set_team":         p.hookTeam,               // groupId, teamId
		"set_metadata":     p.hookGroupMetadata,      // groupId, metadata, keys to drop
		"rename_group":     p.hookRename,             // groupId, name
		"set_image":        p.hookImage,              // groupId, imageUrl
		"add_member":       p.hookJoin,               // groupId, userId
		"remove_member":    p.hookLeave,              // groupId, userId
		"delete_group":     p.hookDeleteGroup,        // groupId; softly
		"purge_group":      p.hookPurge,              // groupId; without a trace
		"agent_message":    p.hookMessage(roleAgent), // groupId, message, userId if not any
		"customer_message": p.hookMessage(roleUser),  // groupId, message, userId if not any
	} {
		hooks[name] = p.onGroup(change)
	}

	for name, change := range map[string]func(*user, hookBody) error{
		"deactivate_user": p.hookDeactivate, // userId
		"activate_user":   p.hookActivate,   // userId
		"delete_user":     p.hookDeleteUser, // userId; softly
		"purge_user":      p.hookPurgeUser,  // userId; without a trace
		"set_user":        p.hookUser,       // userId, displayName, email, imageLink, phoneNumber, metadata, keys
		"set_online":      p.hookOnline,     // userId, online
		"set_limit":       p.hookLimit,      // userId of an agent, limit
		"open_widget":     p.hookWidget,     // userId, name: a customer's own conversation
	} {
		hooks[name] = p.onUser(change)
	}

	return hooks
}

// onGroup returns a hook that changes one conversation, deleted ones too.
func (p *Platform) onGroup(change func(*group, hookBody) error) sandbox.Hook {
	find := func(a hookBody) (*group, error) {
		g, ok := p.findGroup(a.GroupID, a.ClientGroupID)
		if !ok {
			return nil, fmt.Errorf("no conversation %q%q", a.GroupID, a.ClientGroupID)
		}

		return g, nil
	}

	return sandbox.HookOn(find, func(g *group, a hookBody) error {
		if err := change(g, a); err != nil {
			return err
		}

		p.touch(g)

		return nil
	}, func(g *group) any { return viewGroup(g) })
}

// onUser returns a hook that changes one user.
func (p *Platform) onUser(change func(*user, hookBody) error) sandbox.Hook {
	find := func(a hookBody) (*user, error) {
		u, ok := p.findUser(a.UserID)
		if !ok {
			return nil, fmt.Errorf("no user %q", a.UserID)
		}

		return u, nil
	}

	return sandbox.HookOn(find, change, func(u *user) any { return viewUser(u) })
}

// hookSettings changes the account's rules; a setting that the body does not name stays.
func (p *Platform) hookSettings(raw []byte) (any, error) {
	if err := sandbox.DecodeHook(raw, &p.settings); err != nil {
		return nil, err
	}

	if p.settings.HandlingLimit == nil {
		p.settings.HandlingLimit = map[string]int{}
	}

	// A copy, because it is encoded without the lock.
	out := p.settings
	out.RuleMembers, out.HandlingLimit = slices.Clone(out.RuleMembers), maps.Clone(out.HandlingLimit)

	return out, nil
}

func (p *Platform) hookStatus(g *group, a hookBody) error {
	if _, err := strconv.Atoi(string(a.Status)); err != nil {
		return fmt.Errorf("no status %q", a.Status)
	}

	g.metadata[keyStatus] = string(a.Status)

	return nil
}

func (p *Platform) hookAssignee(g *group, a hookBody) error {
	if a.Assignee == "" {
		unassign(g)
		return nil
	}

	if _, ok := p.findUser(a.Assignee); !ok {
		return fmt.Errorf("no user %q", a.Assignee)
	}

	p.assign(g, a.Assignee)

	return nil
}

func (p *Platform) hookTeam(g *group, a hookBody) error {
	g.metadata[keyTeam] = string(a.TeamID)
	p.handToTeam(g, string(a.TeamID))

	return nil
}

// changeMetadata stores the metadata that a hook gives and drops the keys that it names.
func changeMetadata(values map[string]string, a hookBody) {
	metadata{values: a.Metadata}.merge(values)

	for _, key := range a.Keys {
		delete(values, key)
	}
}

func (p *Platform) hookGroupMetadata(g *group, a hookBody) error {
	changeMetadata(g.metadata, a)
	return nil
}

func (p *Platform) hookRename(g *group, a hookBody) error {
	g.name = a.Name
	return nil
}

func (p *Platform) hookImage(g *group, a hookBody) error {
	g.imageURL = a.ImageURL
	return nil
}

func (p *Platform) hookDeleteGroup(g *group, _ hookBody) error {
	p.remove(g)
	return nil
}

func (p *Platform) hookJoin(g *group, a hookBody) error {
	if a.UserID == "" {
		return errors.New("no userId")
	}

	p.join(g, p.ensureUser(a.UserID))

	return nil
}

func (p *Platform) hookLeave(g *group, a hookBody) error {
	if !p.leave(g, a.UserID) {
		return fmt.Errorf("%q is no member", a.UserID)
	}

	return nil
}

func (p *Platform) hookPurge(g *group, _ hookBody) error {
	for _, m := range g.messages {
		delete(p.messages, m.key)
	}

	delete(p.aliases, g.alias)
	p.groups.Delete(g.id)

	return nil
}

// hookMessage posts in the name of userId, or of the first member of the role.
func (p *Platform) hookMessage(role int) func(*group, hookBody) error {
	return func(g *group, a hookBody) error {
		sender, ok := p.findUser(a.UserID)
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

func (p *Platform) hookDeactivate(u *user, _ hookBody) error {
	u.deactivated = true
	return nil
}

func (p *Platform) hookActivate(u *user, _ hookBody) error {
	u.deactivated = false
	return nil
}

func (p *Platform) hookOnline(u *user, a hookBody) error {
	u.online = a.Online
	return nil
}

func (p *Platform) hookDeleteUser(u *user, _ hookBody) error {
	u.deactivated, u.deletedAt = true, p.tick()
	return nil
}

func (p *Platform) hookPurgeUser(u *user, _ hookBody) error {
	p.purgeUser(u)
	return nil
}

func (p *Platform) hookUser(u *user, a hookBody) error {
	sandbox.Assign(&u.displayName, a.DisplayName)
	sandbox.Assign(&u.email, a.Email)
	sandbox.Assign(&u.imageLink, a.ImageLink)
	sandbox.Assign(&u.phone, a.PhoneNumber)

	changeMetadata(u.metadata, a)

	return nil
}

func (p *Platform) hookLimit(u *user, a hookBody) error {
	if u.role != roleAgent {
		return fmt.Errorf("%q is no agent", u.id)
	}

	p.settings.HandlingLimit[u.id] = a.Limit

	return nil
}

// hookWidget starts a conversation as a customer's widget does: by the rules, and not yet open.
func (p *Platform) hookWidget(u *user, a hookBody) error {
	g := p.newGroup(a.Name, "", []string{u.id})
	g.metadata[keyStatus] = statusInitial
	p.route(g)

	return nil
}

func (p *Platform) hookDeleteMessage(raw []byte) (any, error) {
	var a hookBody
	if err := sandbox.DecodeHook(raw, &a); err != nil {
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
