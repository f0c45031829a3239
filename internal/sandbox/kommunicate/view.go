package kommunicate

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// View is what the application holds.
func (p *Platform) View() sandbox.View {
	account := sandbox.AccountView{ID: ApplicationID, Name: "Application " + ApplicationID}

	for _, u := range p.users.All() {
		account.People = append(account.People, u.view())
	}

	for _, g := range p.groups.All() {
		account.Conversations = append(account.Conversations, p.viewGroup(g))
	}

	teams := sandbox.TableView{Title: "Teams", Columns: []string{"Id", "Name", "Members"}}
	for _, t := range p.teams {
		teams.Rows = append(teams.Rows, []string{t.key(), t.name, strings.Join(t.members, ", ")})
	}

	account.Settings = []sandbox.TableView{teams}

	return sandbox.View{Name: p.Name(), Title: "Kommunicate", Accounts: []sandbox.AccountView{account}}
}

func (u *user) view() sandbox.PersonView {
	out := sandbox.PersonView{ID: u.id, Name: u.displayName, Role: roleWords[u.role]}

	switch {
	case u.deletedAt > 0:
		out.State = "deleted"
	case u.deactivated:
		out.State = "deactivated"
	}

	out.Facts = sandbox.Facts("E-mail", u.email, "Phone", u.phone, "Picture", u.imageLink, "Status message", u.statusMessage)
	for _, key := range slices.Sorted(maps.Keys(u.metadata)) {
		out.Facts = append(out.Facts, sandbox.Fact{Name: key, Value: u.metadata[key]})
	}

	return out
}

// roleWords are for people to read.
var roleWords = map[int]string{roleBot: "bot", roleUser: "user", roleAgent: "agent"}

// statusNames are the words of the dashboard and of the SDKs' enums.
var statusNames = map[string]string{
	"-1": "initial", "0": "open", "1": "in progress", "2": "resolved", "3": "spam", "4": "duplicate", "5": "archived",
	"6": "unresponded", "7": "waiting",
}

func (p *Platform) viewGroup(g *group) sandbox.ConversationView {
	out := sandbox.ConversationView{
		ID: strconv.FormatInt(g.id, 10), Name: g.name, Status: statusNames[g.metadata[keyStatus]], Assignee: g.metadata[keyAssignee],
	}

	if g.deletedAt > 0 {
		out.Status = "deleted"
	}

	members := []string{}
	for _, m := range g.members {
		members = append(members, m.user.id)
	}

	team := g.metadata[keyTeam]
	if known, ok := p.team(team); ok {
		team = known.name
	}

	out.Facts = sandbox.Facts("Client group id", g.alias, "Members", strings.Join(members, ", "), "Team", team, "Picture", g.imageURL)

	for _, key := range slices.Sorted(maps.Keys(g.metadata)) {
		switch key {
		case keyStatus, keyAssignee, keyAssigneeKey, keyTeam:
		default:
			out.Facts = append(out.Facts, sandbox.Fact{Name: key, Value: g.metadata[key]})
		}
	}

	for _, m := range g.messages {
		if !m.gone {
			out.Messages = append(out.Messages, m.view())
		}
	}

	return out
}

func (m *message) view() sandbox.MessageView {
	out := sandbox.MessageView{
		ID: m.key, Sender: m.sender.displayName, Side: sandbox.SideTeam, Deleted: m.deleted, Text: m.text, Time: time.UnixMilli(m.createdAt).UTC(),
	}

	switch {
	case m.contentType == contentTypeAction:
		out.Side, out.Sender = sandbox.SidePlatform, ""
	case m.sender.role == roleUser:
		out.Side = sandbox.SideCustomer
	case m.sender.role == roleBot:
		out.Side = sandbox.SideBot
	}

	file := m.fileMeta
	if file != nil {
		size := ""
		if file.Size > 0 {
			size = fmt.Sprintf("%d bytes", file.Size)
		}

		out.Kind = "attachment"
		out.Parts = append(out.Parts, sandbox.Part{
			Kind: sandbox.PartFile, Title: file.Name, Text: joined(file.ContentType, size, file.URL),
		})
	}

	if m.metadata["contentType"] == "300" {
		out.Kind = richNames[m.metadata["templateId"]]
		if out.Kind == "" {
			out.Kind = "rich message " + m.metadata["templateId"]
		}

		out.Parts = append(out.Parts, viewRich(m.metadata["templateId"], m.metadata["payload"])...)
	}

	return out
}

// joined puts what is there into one text.
func joined(texts ...string) string {
	return strings.Join(slices.DeleteFunc(texts, func(text string) bool { return text == "" }), ", ")
}

// richNames are the templates of https://docs.kommunicate.io/docs/message-types.
var richNames = map[string]string{
	"3": "link buttons", "6": "suggested replies", "7": "list", "9": "images", "10": "cards", "11": "buttons", "12": "form",
	"14": "video",
}

// rich is an element of any template's payload: the templates use the same names for the same things.
type rich struct {
	Title       string          `json:"title"`
	Subtitle    string          `json:"subtitle"`
	TitleExt    string          `json:"titleExt"`
	Description string          `json:"description"`
	Name        string          `json:"name"`
	Label       string          `json:"label"`
	Caption     string          `json:"caption"`
	Type        string          `json:"type"`
	URL         string          `json:"url"`
	ImgSrc      string          `json:"imgSrc"`
	HeaderText  string          `json:"headerText"`
	HeaderImg   string          `json:"headerImgSrc"`
	FormAction  string          `json:"formAction"`
	Message     json.RawMessage `json:"message"`
	Placeholder string          `json:"placeholder"`
	Header      *struct {
		ImgSrc  string `json:"imgSrc"`
		Overlay string `json:"overlayText"`
	} `json:"header"`
	Action   *rich  `json:"action"`
	Payload  *rich  `json:"payload"`
	Data     *rich  `json:"data"`
	Elements []rich `json:"elements"`
	Buttons  []rich `json:"buttons"`
	Options  []rich `json:"options"`
}

// viewRich draws a payload, and shows one that it does not understand as it is.
func viewRich(template, payload string) []sandbox.Part {
	var elements []rich

	err := json.Unmarshal([]byte(payload), &elements)
	if err != nil {
		var single rich

		err = json.Unmarshal([]byte(payload), &single)
		elements = []rich{single}
	}

	if err != nil {
		return []sandbox.Part{{Kind: sandbox.PartText, Text: payload}}
	}

	var parts []sandbox.Part

	for _, element := range elements {
		switch template {
		case "3", "6", "11":
			parts = append(parts, element.button())
		case "7":
			parts = append(parts, element.list())
		case "9", "14":
			parts = append(parts, sandbox.Part{Kind: sandbox.PartPicture, Title: element.Caption, Text: element.URL})
		case "10":
			parts = append(parts, element.card())
		case "12":
			parts = append(parts, element.field())
		default:
			return []sandbox.Part{{Kind: sandbox.PartText, Text: payload}}
		}
	}

	return parts
}

// button tells what a button is called and what it does.
func (r rich) button() sandbox.Part {
	part := sandbox.Part{Kind: sandbox.PartButton, Title: r.Name}
	if part.Title == "" {
		part.Title = r.Title
	}

	for _, at := range []*rich{&r, r.Action, r.Payload, nestedPayload(r.Action)} {
		if at != nil && part.Text == "" {
			part.Text = joined(at.URL, at.FormAction, plainText(at.Message))
		}
	}

	return part
}

func nestedPayload(action *rich) *rich {
	if action == nil {
		return nil
	}

	return action.Payload
}

// plainText returns a JSON string's text, or nothing: other templates have objects there.
func plainText(raw json.RawMessage) string {
	var text string

	err := json.Unmarshal(raw, &text)
	if err != nil {
		return ""
	}

	return text
}

func (r rich) list() sandbox.Part {
	part := sandbox.Part{Kind: sandbox.PartCard, Title: r.HeaderText, Picture: r.HeaderImg}
	for _, element := range r.Elements {
		part.Parts = append(part.Parts, sandbox.Part{
			Kind: sandbox.PartRow, Title: element.Title, Text: element.Description, Picture: element.ImgSrc,
		})
	}

	return r.withButtons(part)
}

func (r rich) card() sandbox.Part {
	part := sandbox.Part{Kind: sandbox.PartCard, Title: joined(r.Title, r.TitleExt), Text: joined(r.Subtitle, r.Description)}
	if r.Header != nil {
		part.Picture = joined(r.Header.Overlay, r.Header.ImgSrc)
	}

	return r.withButtons(part)
}

func (r rich) withButtons(part sandbox.Part) sandbox.Part {
	for _, button := range r.Buttons {
		part.Parts = append(part.Parts, button.button())
	}

	return part
}

// field is one element of a form.
func (r rich) field() sandbox.Part {
	data := r.Data
	if data == nil {
		data = &rich{}
	}

	if r.Type == "submit" {
		return sandbox.Part{Kind: sandbox.PartButton, Title: data.Name}
	}

	title := data.Label
	if title == "" {
		title = joined(data.Title)
	}

	if title == "" {
		title = data.Name
	}

	part := sandbox.Part{Kind: sandbox.PartField, Title: title, Text: joined(r.Type, data.Placeholder)}
	for _, option := range data.Options {
		part.Parts = append(part.Parts, sandbox.Part{Kind: sandbox.PartOption, Title: option.Label})
	}

	return part
}
