package imichat

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// View is what the tenant holds.
func (p *Platform) View() sandbox.View {
	account := sandbox.AccountView{ID: Domain, Name: "Tenant " + Domain}

	for _, u := range p.users.All() {
		account.People = append(account.People, p.viewUser(u))
	}

	for _, chat := range p.chats.All() {
		account.Conversations = append(account.Conversations, p.viewChat(chat))
	}

	teams := sandbox.TableView{Title: "Teams", Columns: []string{"Id", "Name", "Shared with the API key"}}
	for _, t := range p.teams.All() {
		shared := "no"
		if t.Shared {
			shared = "yes"
		}

		teams.Rows = append(teams.Rows, []string{strconv.Itoa(t.ID), t.Name, shared})
	}

	assets := sandbox.TableView{Title: "Assets", Columns: []string{"Channel", "Id"}}

	for _, channel := range Channels() {
		for _, id := range append([]string{AssetID(channel)}, p.assets[channel]...) {
			assets.Rows = append(assets.Rows, []string{channel, id})
		}
	}

	account.Settings = []sandbox.TableView{teams, assets}

	return sandbox.View{Name: p.Name(), Title: "IMIchat", Accounts: []sandbox.AccountView{account}}
}

func (p *Platform) viewUser(u *User) sandbox.PersonView {
	roles := []string{}

	for _, privilege := range u.Privileges {
		name := strconv.Itoa(privilege.TeamID)
		if team, ok := p.teams.Get(privilege.TeamID); ok {
			name = team.Name
		}

		roles = append(roles, privilege.Role+" of "+name)
	}

	out := sandbox.PersonView{
		ID: strconv.Itoa(u.ID), Name: strings.TrimSpace(u.FirstName + " " + u.LastName), Role: strings.Join(roles, ", "),
		Facts: sandbox.Facts("Login id", u.LoginID, "E-mail", u.Email, "Description", u.JobDescription),
	}
	if u.Inactive {
		out.State = "inactive"
	}

	for _, name := range slices.Sorted(maps.Keys(u.SkillAttributes)) {
		out.Facts = append(out.Facts, sandbox.Fact{Name: "Skill " + name, Value: u.SkillAttributes[name]})
	}

	return out
}

func (p *Platform) viewChat(chat *Chat) sandbox.ConversationView {
	out := sandbox.ConversationView{
		ID: chat.ID, Name: chat.CustomerName, Status: chat.Status, Assignee: chat.Assignee, Labels: slices.Clone(chat.Tags),
	}
	if out.Name == "" {
		out.Name = chat.DestinationID
	}

	team := ""
	if t, ok := p.teams.Get(chat.TeamID); ok {
		team = t.Name
	}

	out.Facts = sandbox.Facts("Channel", chat.Channel, "Customer", chat.DestinationID, "Asset", chat.AssetID, "Alias", chat.Alias,
		"Team", team, "Skill", chat.Skill, "Flag", chat.Flag, "Outcome", chat.Outcome, "Subject", chat.Subject, "Thread", chat.ThreadID)
	for _, more := range []map[string]string{chat.RouteParams, chat.OtherDetails} {
		for _, name := range slices.Sorted(maps.Keys(more)) {
			out.Facts = append(out.Facts, sandbox.Fact{Name: name, Value: more[name]})
		}
	}

	for i, m := range chat.Messages {
		out.Messages = append(out.Messages, m.view(chat.ID+"-"+strconv.Itoa(i+1), out.Name))
	}

	return out
}

// view shows the message. It has no id and no sender on the platform.
func (m *Message) view(id, customer string) sandbox.MessageView {
	out := sandbox.MessageView{ID: id, Side: sandbox.SideTeam, Sender: "Team", Text: m.Text}

	switch m.Type {
	case inbound:
		out.Side, out.Sender = sandbox.SideCustomer, customer
	case announcement:
		out.Side, out.Sender = sandbox.SidePlatform, ""
	}

	at, err := time.Parse(time.RFC3339, m.Timestamp)
	if err == nil {
		out.Time = at
	}

	add := func(kind string, parts ...sandbox.Part) {
		out.Kind = kind
		out.Parts = append(out.Parts, parts...)
	}

	if m.Attachment != nil {
		add("attachment", sandbox.Part{Kind: sandbox.PartFile, Title: m.Attachment.URL, Text: m.Attachment.Type})
	}

	if m.TemplateName != "" {
		add("template", sandbox.Part{Kind: sandbox.PartCard, Title: m.TemplateName, Text: "A template, which the platform fills in."})
	}

	if m.QuickReplies != nil {
		for _, option := range m.QuickReplies.Options {
			add("quick replies", sandbox.Part{Kind: sandbox.PartButton, Title: option.Title, Text: option.Payload})
		}
	}

	if m.QuickReplyResponse != nil {
		for _, option := range m.QuickReplyResponse.Options {
			add("quick reply", sandbox.Part{Kind: sandbox.PartOption, Title: option.Title})
		}
	}

	for _, choice := range m.ListPickerResponse {
		add("list picker", sandbox.Part{Kind: sandbox.PartOption, Title: choice})
	}

	if m.TimePickerResponse != "" {
		add("time picker", sandbox.Part{Kind: sandbox.PartOption, Title: m.TimePickerResponse})
	}

	return out
}
