package chatlake

import (
	"encoding/json"
	"maps"
	"slices"
)

// What the account AccountID holds, for tests to compare with a configuration. A view takes the lock, lets due jobs run
// first and copies; rows come oldest first.

// Contact is a view of a contact. Strings are empty where the row has null.
type Contact struct {
	ID                                     int64
	Name, Email, PhoneNumber, Identifier   string
	Blocked                                bool
	Thumbnail                              string
	CustomAttributes, AdditionalAttributes map[string]any
	Labels                                 []string
	Sessions                               []Session
	Conversations                          []int64
}

// Session is a view of a contact inbox.
type Session struct {
	InboxID, ContactID int64
	SourceID           string
	HMACVerified       bool
}

// Conversation is a view of a conversation.
type Conversation struct {
	ID, InboxID, ContactID                 int64
	UUID, SourceID, Status, Priority       string
	AssigneeID, AssigneeBotID, TeamID      int64
	Labels                                 []string
	CustomAttributes, AdditionalAttributes map[string]any
	Messages                               int
	Participants                           []int64
}

// Message is a view of a message.
type Message struct {
	ID, ConversationID                      int64
	Content, MessageType, ContentType       string
	Status, SourceID                        string
	Private, Deleted                        bool
	SenderType                              string
	SenderID                                int64
	ContentAttributes, AdditionalAttributes map[string]any
	Attachments                             []string // File names.
}

// Inbox is a view of an inbox and its channel; Settings and Channel are by column.
type Inbox struct {
	ID                int64
	Name, ChannelType string
	Settings, Channel map[string]any
	MemberIDs         []int64
	AgentBotID        int64
}

// Agent is a view of a membership of the account.
type Agent struct {
	ID                              int64
	Name, Email, Role, Availability string
	AutoOffline                     bool
	CustomRoleID                    *int64
}

// Team is a view of a team.
type Team struct {
	ID                int64
	Name, Description string
	AllowAutoAssign   bool
	MemberIDs         []int64
}

// Label is a view of a label.
type Label struct {
	ID                        int64
	Title, Description, Color string
	ShowOnSidebar             *bool
}

// look runs a view under the lock.
func look[V any](p *Platform, view func() V) V {
	p.Lock()
	defer p.Unlock()

	p.runJobs()

	return view()
}

// Contacts views all contacts.
func (p *Platform) Contacts() []Contact {
	return look(p, func() []Contact {
		return mapped(p.accountContacts(AccountID, func(*contact) bool { return true }), viewContact)
	})
}

func viewContact(x *contact) Contact {
	return Contact{
		ID: x.id, Name: deref(x.name), Email: deref(x.email), PhoneNumber: deref(x.phone), Identifier: deref(x.identifier),
		Blocked: x.blocked, Thumbnail: x.avatar, CustomAttributes: maps.Clone(x.custom),
		AdditionalAttributes: maps.Clone(x.additional), Labels: slices.Clone(x.labels),
		Sessions: mapped(x.sessions, viewSession), Conversations: mapped(x.conversations, func(conv *conversation) int64 { return conv.display }),
	}
}

func viewSession(s *session) Session {
	return Session{InboxID: s.inbox.id, ContactID: s.contact.id, SourceID: s.sourceID, HMACVerified: s.hmacVerified}
}

// Sessions views all sessions of present contacts.
func (p *Platform) Sessions() []Session {
	return look(p, func() []Session {
		var rows []Session
		for _, x := range p.accountContacts(AccountID, func(*contact) bool { return true }) {
			rows = append(rows, mapped(x.sessions, viewSession)...)
		}

		return rows
	})
}

// Conversations views all conversations.
func (p *Platform) Conversations() []Conversation {
	return look(p, func() []Conversation {
		return mapped(p.conversations.Where(func(conv *conversation) bool { return conv.account.id == AccountID }), viewConversation)
	})
}

func viewConversation(conv *conversation) Conversation {
	out := Conversation{
		ID: conv.display, InboxID: conv.inbox.id, ContactID: conv.contact.id, UUID: conv.uuid,
		SourceID: conv.session.sourceID, Status: conv.status, Priority: conv.priority, Labels: slices.Clone(conv.labels),
		CustomAttributes: maps.Clone(conv.custom), AdditionalAttributes: maps.Clone(conv.additional),
		Messages: len(conv.messages), Participants: slices.Clone(conv.participants),
	}
	if conv.assignee != nil {
		out.AssigneeID = conv.assignee.id
	}

	if conv.assigneeBot != nil {
		out.AssigneeBotID = conv.assigneeBot.id
	}

	if conv.team != nil {
		out.TeamID = conv.team.ID
	}

	return out
}

// Messages views the messages of a conversation, the server's own included.
func (p *Platform) Messages(conversationID int64) []Message {
	return look(p, func() []Message {
		conv, found := p.conversations.Get(conversationKey{AccountID, conversationID})
		if !found {
			return nil
		}

		return mapped(conv.messages, viewMessage)
	})
}

func viewMessage(m *message) Message {
	out := Message{
		ID: m.id, ConversationID: m.conversation.display, Content: deref(m.content), MessageType: messageKinds[m.kind],
		ContentType: m.contentType, Status: m.status, SourceID: deref(m.sourceID), Private: m.private,
		Deleted: m.attributes["deleted"] == true, ContentAttributes: maps.Clone(m.attributes),
		AdditionalAttributes: maps.Clone(m.additional),
	}

	out.SenderType, _ = m.senderType().(string)
	switch {
	case m.user != nil:
		out.SenderID = m.user.id
	case m.bot != nil:
		out.SenderID = m.bot.id
	case m.contact != nil:
		out.SenderID = m.contact.id
	}

	for _, a := range m.attachments {
		out.Attachments = append(out.Attachments, a.blob.file.name)
	}

	return out
}

// Inboxes views all inboxes.
func (p *Platform) Inboxes() []Inbox {
	return look(p, func() []Inbox {
		return mapped(p.inboxes.Where(func(i *inbox) bool { return i.account == AccountID }), func(i *inbox) Inbox {
			out := Inbox{
				ID: i.id, Name: i.name, ChannelType: i.channel.kind, Settings: i.settings(p),
				Channel: maps.Clone(i.channel.fields), MemberIDs: slices.Clone(i.members),
			}

			out.Settings["working_hours"] = i.hours
			if i.bot != nil {
				out.AgentBotID = i.bot.id
			}

			return out
		})
	})
}

// Agents views the members of the account.
func (p *Platform) Agents() []Agent {
	return look(p, func() []Agent {
		return mapped(p.accountUsers(AccountID), func(u *user) Agent {
			m := u.memberships[AccountID]

			return Agent{
				ID: u.id, Name: u.name, Email: u.email, Role: m.role, Availability: m.availability,
				AutoOffline: m.autoOffline, CustomRoleID: m.customRoleID,
			}
		})
	})
}

// Teams views all teams.
func (p *Platform) Teams() []Team {
	return look(p, func() []Team {
		return mapped(p.teams.Where(func(t *team) bool { return t.AccountID == AccountID }), func(t *team) Team {
			return Team{
				ID: t.ID, Name: t.Name, Description: deref(t.Description), AllowAutoAssign: t.AllowAutoAssign != nil && *t.AllowAutoAssign,
				MemberIDs: slices.Clone(t.members),
			}
		})
	})
}

// Labels views all labels.
func (p *Platform) Labels() []Label {
	return look(p, func() []Label {
		return mapped(p.labels.Where(func(l *label) bool { return l.account == AccountID }), func(l *label) Label {
			return Label{
				ID: l.ID, Title: l.Title, Description: deref(l.Description), Color: l.Color, ShowOnSidebar: l.ShowOnSidebar,
			}
		})
	})
}

// Objects views small configuration objects as an administrator would read them: "canned_responses", "webhooks",
// "custom_attribute_definitions", "automation_rules", "macros", "agent_bots", "custom_filters", "dashboard_apps",
// "assignment_policies", "integrations/hooks", "campaigns", "portals", "categories", "articles", "notes" or the name of a kind; nil for
// another one. Macros and filters of all people are there.
func (p *Platform) Objects(kind string) []map[string]any {
	return look(p, func() []map[string]any {
		c := &call{p: p, member: &membership{role: roleAdministrator}}
		c.account, _ = p.accounts.Get(AccountID)

		for _, k := range p.kinds() {
			if k.name == kind {
				return k.held(c)
			}
		}

		switch kind {
		case "canned_responses":
			return held(c, p.cannedShelf())
		case "webhooks":
			return held(c, p.webhookShelf())
		case "custom_attribute_definitions":
			return held(c, p.definitionShelf())
		case "automation_rules":
			return held(c, p.ruleShelf())
		case "macros":
			return held(c, p.macroShelf())
		case "agent_bots":
			return held(c, p.botShelf())
		case "custom_filters":
			return held(c, p.filterShelf())
		case "dashboard_apps":
			return held(c, p.appShelf())
		case "assignment_policies":
			return held(c, p.policyShelf())
		case "integrations/hooks":
			return held(c, p.integrationShelf())
		case "campaigns":
			return held(c, p.campaignShelf())
		case "notes":
			var rows []map[string]any
			for _, x := range p.accountContacts(AccountID, func(*contact) bool { return true }) {
				rows = append(rows, mapped(x.notes, func(n *note) map[string]any { return plain(c.noteJSON(n)) })...)
			}

			return rows
		}

		return p.helpCentre(kind)
	})
}

func (p *Platform) helpCentre(kind string) []map[string]any {
	var rows []map[string]any

	for _, r := range p.portals.Where(func(r *portal) bool { return r.account == AccountID }) {
		switch kind {
		case "portals":
			rows = append(rows, plain(p.portalJSON(r, true)))
		case "categories":
			for _, k := range r.categories.All() {
				rows = append(rows, plain(p.categoryJSON(r, k)))
			}
		case "articles":
			for _, a := range r.articles.All() {
				rows = append(rows, plain(p.articleJSON(r, a)))
			}
		}
	}

	return rows
}

func held[R row](c *call, s *shelf[R]) []map[string]any {
	rows := s.rows.Where(func(r R) bool { return r.owner() == AccountID })
	return mapped(rows, func(r R) map[string]any { return plain(s.shape(c, r)) })
}

// plain is a copy through JSON.
func plain(body any) map[string]any {
	raw, err := json.Marshal(body)
	if err != nil {
		panic("chatlake: a view cannot be encoded: " + err.Error())
	}

	var out map[string]any
	if err := json.Unmarshal(raw, &out); err != nil {
		panic("chatlake: a view is no object: " + err.Error())
	}

	return out
}
