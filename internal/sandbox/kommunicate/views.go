package kommunicate

import (
	"maps"
	"slices"
	"strconv"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// GroupView is what the platform holds of one conversation, for tests that compare it with a configuration.
type GroupView struct {
	ID            string            `json:"id"`
	ClientGroupID string            `json:"clientGroupId"`
	Name          string            `json:"name"`
	ImageURL      string            `json:"imageUrl"`
	AdminID       string            `json:"adminId"`
	Members       []string          `json:"members"` // Sorted.
	Metadata      map[string]string `json:"metadata"`
	Status        string            `json:"status"`
	Assignee      string            `json:"assignee"`
	TeamID        string            `json:"teamId"`
	CreatedAt     int64             `json:"createdAt"`
	Deleted       bool              `json:"deleted"`
	// SwitchAssignee is what the last change of the assignee said: true, false, or nothing.
	SwitchAssignee string `json:"switchAssignee"`
}

// UserView is what the platform holds of one user, agent or bot.
type UserView struct {
	ID          string            `json:"id"`
	DisplayName string            `json:"displayName"`
	Email       string            `json:"email"`
	PhoneNumber string            `json:"phoneNumber"`
	ImageLink   string            `json:"imageLink"`
	Password    string            `json:"password"`
	Metadata    map[string]string `json:"metadata"`
	RoleType    int               `json:"roleType"`
	CreatedAt   int64             `json:"createdAt"`
	Deactivated bool              `json:"deactivated"`
	Deleted     bool              `json:"deleted"`
}

// MessageView is what the platform holds of one message.
type MessageView struct {
	Key         string            `json:"key"`
	GroupID     string            `json:"groupId"`
	From        string            `json:"from"`
	Text        string            `json:"text"`
	ContentType int               `json:"contentType"`
	Metadata    map[string]string `json:"metadata"`
	FileName    string            `json:"fileName"`
	FileURL     string            `json:"fileUrl"`
	BlobKey     string            `json:"blobKey"`
	CreatedAt   int64             `json:"createdAt"`
	Deleted     bool              `json:"deleted"` // For all.
}

// FileView is one upload.
type FileView struct {
	Key         string
	Name        string
	ContentType string
	Content     []byte
}

func viewGroup(g *group) GroupView {
	out := GroupView{
		ID: strconv.FormatInt(g.id, 10), ClientGroupID: g.alias, Name: g.name, ImageURL: g.imageURL, AdminID: g.admin,
		Metadata: maps.Clone(g.metadata), Status: g.metadata[keyStatus], Assignee: g.metadata[keyAssignee],
		TeamID: g.metadata[keyTeam], CreatedAt: g.createdAt, Deleted: g.deletedAt > 0, SwitchAssignee: g.switchAssignee,
	}
	for _, m := range g.members {
		out.Members = append(out.Members, m.user.id)
	}

	slices.Sort(out.Members)

	return out
}

func viewUser(u *user) UserView {
	return UserView{
		ID: u.id, DisplayName: u.displayName, Email: u.email, PhoneNumber: u.phone, ImageLink: u.imageLink,
		Password: u.password, Metadata: maps.Clone(u.metadata), RoleType: u.role, CreatedAt: u.createdAt,
		Deactivated: u.deactivated, Deleted: u.deletedAt > 0,
	}
}

func viewMessage(m *message) MessageView {
	out := MessageView{
		Key: m.key, GroupID: strconv.FormatInt(m.group.id, 10), From: m.sender.id, Text: m.text,
		ContentType: m.contentType, Metadata: maps.Clone(m.metadata), CreatedAt: m.createdAt, Deleted: m.deleted,
	}
	if m.fileMeta != nil {
		out.FileName, out.FileURL, out.BlobKey = m.fileMeta.Name, m.fileMeta.URL, m.fileMeta.BlobKey
	}

	return out
}

// SetSwitches changes switches under the lock, for tests in the same process.
func (p *Platform) SetSwitches(change func(*Switches)) {
	p.Lock()
	defer p.Unlock()

	change(&p.switches)
}

// ChangeSettings changes the account's rules and limits under the lock.
func (p *Platform) ChangeSettings(change func(*Settings)) {
	p.Lock()
	defer p.Unlock()

	change(&p.settings)
}

// Group finds a conversation by groupId, deleted ones too.
func (p *Platform) Group(id string) (GroupView, bool) { return p.viewOf(sandbox.ID(id), "") }

// GroupByClientID finds a conversation by clientGroupId, deleted ones too.
func (p *Platform) GroupByClientID(id string) (GroupView, bool) { return p.viewOf("", sandbox.ID(id)) }

func (p *Platform) viewOf(id, alias sandbox.ID) (GroupView, bool) {
	p.Lock()
	defer p.Unlock()

	g, ok := p.findGroup(id, alias)
	if !ok {
		return GroupView{}, false
	}

	return viewGroup(g), true
}

// Groups lists all conversations, oldest first, deleted ones too.
func (p *Platform) Groups() []GroupView {
	p.Lock()
	defer p.Unlock()

	out := []GroupView{}
	for _, g := range p.groups.All() {
		out = append(out, viewGroup(g))
	}

	return out
}

// User finds a user, agent or bot.
func (p *Platform) User(id string) (UserView, bool) {
	p.Lock()
	defer p.Unlock()

	u, ok := p.users.Get(id)
	if !ok {
		return UserView{}, false
	}

	return viewUser(u), true
}

// Users lists end users, oldest first, deactivated and deleted ones too; agents and bots are not among them.
func (p *Platform) Users() []UserView {
	p.Lock()
	defer p.Unlock()

	out := []UserView{}

	for _, u := range p.users.All() {
		if u.role == roleUser {
			out = append(out, viewUser(u))
		}
	}

	return out
}

// Messages lists a conversation's messages, oldest first, deleted ones and the platform's own (content type 10) too.
func (p *Platform) Messages(groupID string) []MessageView {
	p.Lock()
	defer p.Unlock()

	out := []MessageView{}

	if g, ok := p.findGroup(sandbox.ID(groupID), ""); ok {
		for _, m := range g.messages {
			out = append(out, viewMessage(m))
		}
	}

	return out
}

// Message finds a message by key.
func (p *Platform) Message(key string) (MessageView, bool) {
	p.Lock()
	defer p.Unlock()

	m, ok := p.messages[key]
	if !ok {
		return MessageView{}, false
	}

	return viewMessage(m), true
}

// Files lists the uploads, by key.
func (p *Platform) Files() []FileView {
	p.Lock()
	defer p.Unlock()

	out := []FileView{}

	for _, key := range slices.Sorted(maps.Keys(p.files)) {
		f := p.files[key]
		out = append(out, FileView{Key: f.key, Name: f.name, ContentType: f.contentType, Content: slices.Clone(f.content)})
	}

	return out
}
