package chatlake

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// View is what the installation holds. It does no background jobs: to look must change nothing.
func (p *Platform) View() sandbox.View {
	view := sandbox.View{Name: p.Name(), Title: "Chatlake"}

	for _, a := range p.accounts.All() {
		account := sandbox.AccountView{
			ID: number(a.id), Name: a.name, People: p.peopleView(a.id), HelpCenters: p.helpCentersView(a.id), Settings: p.settingsView(a.id),
		}

		for _, conv := range p.conversations.All() {
			if conv.account == a {
				account.Conversations = append(account.Conversations, p.conversationView(conv))
			}
		}

		view.Accounts = append(view.Accounts, account)
	}

	return view
}

func number(id int64) string { return strconv.FormatInt(id, 10) }

func (p *Platform) peopleView(account int64) []sandbox.PersonView {
	var people []sandbox.PersonView

	for _, u := range p.accountUsers(account) {
		m := u.memberships[account]
		people = append(people, sandbox.PersonView{
			ID: number(u.id), Name: u.availableName(), Role: m.role, Facts: sandbox.Facts("E-mail", u.email, "Availability", m.availability),
		})
	}

	for _, bot := range p.bots.All() {
		if bot.account == account {
			people = append(people, sandbox.PersonView{
				ID: number(bot.id), Name: deref(bot.name), Role: "bot",
				Facts: sandbox.Facts("Description", deref(bot.description), "Webhook of", hostOf(deref(bot.outgoingURL))),
			})
		}
	}

	for _, x := range p.accountContacts(account, func(*contact) bool { return true }) {
		people = append(people, contactView(x))
	}

	return people
}

func contactView(x *contact) sandbox.PersonView {
	out := sandbox.PersonView{
		ID: number(x.id), Name: x.shownName(), Role: "contact", Labels: slices.Clone(x.labels),
		Facts: sandbox.Facts("E-mail", deref(x.email), "Phone", deref(x.phone), "Identifier", deref(x.identifier)),
	}
	if x.blocked {
		out.State = "blocked"
	}

	if x.company != nil {
		out.Facts = append(out.Facts, sandbox.Fact{Name: "Company", Value: deref(x.company.name)})
	}

	out.Facts = append(out.Facts, objectFacts(x.additional)...)
	out.Facts = append(out.Facts, objectFacts(x.custom)...)

	for _, n := range x.notes {
		out.Facts = append(out.Facts, sandbox.Fact{Name: "Note", Value: deref(n.content)})
	}

	return out
}

// shownName is the name, or what else tells contacts apart.
func (x *contact) shownName() string {
	for _, name := range []*string{x.name, x.email, x.phone, x.identifier} {
		if deref(name) != "" {
			return *name
		}
	}

	return "Contact " + number(x.id)
}

// objectFacts shows the keys of an object, sorted. What is not text is shown as JSON.
func objectFacts(values object) []sandbox.Fact {
	var facts []sandbox.Fact
	for _, key := range slices.Sorted(maps.Keys(values)) {
		facts = append(facts, sandbox.Facts(key, textOf(values[key]))...)
	}

	return facts
}

func textOf(value any) string {
	if value == nil {
		return ""
	}

	if text, ok := value.(string); ok {
		return text
	}

	raw, err := json.Marshal(value)
	if err != nil {
		return ""
	}

	return string(raw)
}

// hostOf hides all of an address but its host: everyone who knows the path of a webhook may post there.
func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}

	return parsed.Host
}

func (p *Platform) conversationView(conv *conversation) sandbox.ConversationView {
	out := sandbox.ConversationView{
		ID: number(conv.display), Name: conv.contact.shownName(), Status: conv.status, Labels: slices.Clone(conv.labels),
	}

	switch {
	case conv.assigneeBot != nil:
		out.Assignee = deref(conv.assigneeBot.name)
	case conv.assignee != nil:
		out.Assignee = conv.assignee.availableName()
	}

	team := ""
	if conv.team != nil {
		team = conv.team.Name
	}

	out.Facts = sandbox.Facts("Inbox", conv.inbox.name, "Team", team, "Priority", conv.priority, "Source id", conv.session.sourceID,
		"Participants", p.namesOf(conv.participants))
	out.Facts = append(out.Facts, objectFacts(conv.additional)...)
	out.Facts = append(out.Facts, objectFacts(conv.custom)...)

	for _, m := range conv.messages {
		out.Messages = append(out.Messages, m.view())
	}

	return out
}

func (p *Platform) namesOf(users []int64) string {
	var names []string

	for _, id := range users {
		if u, ok := p.users.Get(id); ok {
			names = append(names, u.availableName())
		}
	}

	return strings.Join(names, ", ")
}

func (m *message) view() sandbox.MessageView {
	out := sandbox.MessageView{
		ID: number(m.id), Side: sandbox.SideTeam, Private: m.private, Deleted: m.attributes["deleted"] == true, Text: deref(m.content),
		Time: m.created,
	}

	switch {
	case m.user != nil:
		out.Sender = m.user.availableName()
	case m.bot != nil:
		out.Side, out.Sender = sandbox.SideBot, deref(m.bot.name)
	case m.contact != nil:
		out.Side, out.Sender = sandbox.SideCustomer, m.contact.shownName()
	case m.kind == incoming:
		out.Side = sandbox.SideCustomer
	case m.kind == activity || m.kind == template:
		out.Side = sandbox.SidePlatform
	}

	if m.contentType != "" && m.contentType != "text" {
		out.Kind = strings.ReplaceAll(m.contentType, "_", " ")
	}

	items, _ := m.attributes["items"].([]any)
	for _, item := range items {
		if row, ok := item.(object); ok {
			out.Parts = append(out.Parts, itemView(m.contentType, row))
		}
	}

	for _, a := range m.attachments {
		out.Parts = append(out.Parts, sandbox.Part{
			Kind: sandbox.PartFile, Title: a.blob.file.name, Text: fmt.Sprintf("%s, %d bytes", a.blob.file.contentType, len(a.blob.file.data)),
		})
	}

	return out
}

// itemView draws one element of a rich message, as the vendor's widget does.
func itemView(contentType string, item object) sandbox.Part {
	first := func(names ...string) string {
		for _, name := range names {
			text := textOf(item[name])
			if text != "" {
				return text
			}
		}

		return ""
	}

	switch contentType {
	case "cards":
		part := sandbox.Part{Kind: sandbox.PartCard, Title: first("title"), Text: first("description"), Picture: first("media_url")}

		actions, _ := item["actions"].([]any)
		for _, action := range actions {
			if act, ok := action.(object); ok {
				part.Parts = append(part.Parts, sandbox.Part{
					Kind: sandbox.PartButton, Title: textOf(act["text"]), Text: textOf(act["uri"]) + textOf(act["payload"]),
				})
			}
		}

		return part
	case "form":
		part := sandbox.Part{Kind: sandbox.PartField, Title: first("label", "name"), Text: first("type")}

		options, _ := item["options"].([]any)
		for _, option := range options {
			if one, ok := option.(object); ok {
				part.Parts = append(part.Parts, sandbox.Part{Kind: sandbox.PartOption, Title: textOf(one["label"])})
			}
		}

		return part
	case "article":
		return sandbox.Part{Kind: sandbox.PartRow, Title: first("title"), Text: first("description", "link")}
	case "input_select":
		return sandbox.Part{Kind: sandbox.PartOption, Title: first("title", "value")}
	}

	return sandbox.Part{Kind: sandbox.PartText, Text: textOf(item)}
}

func (p *Platform) helpCentersView(account int64) []sandbox.HelpCenterView {
	var centers []sandbox.HelpCenterView

	for _, r := range p.portals.All() {
		if r.account != account {
			continue
		}

		center := sandbox.HelpCenterView{
			Name: deref(r.name), Facts: sandbox.Facts("Slug", deref(r.slug), "Domain", deref(r.domain), "Home page", deref(r.home),
				"Heading", deref(r.header), "Locales", strings.Join(r.locales("allowed_locales"), ", ")),
		}

		for _, a := range r.articles.All() {
			category := ""
			if k, ok := r.categories.Get(a.category); ok {
				category = deref(k.name)
			}

			center.Articles = append(center.Articles, sandbox.ArticleView{
				ID: number(a.id), Title: deref(a.title), Category: category, Locale: a.locale, Status: a.status, Text: deref(a.content),
			})
		}

		centers = append(centers, center)
	}

	return centers
}

// settingsView lists the rest of the account. Credentials of channels and integrations stay out.
func (p *Platform) settingsView(account int64) []sandbox.TableView {
	inboxes := tableOf("Inboxes", &p.inboxes, func(i *inbox) (int64, []string) {
		return i.account, []string{number(i.id), i.name, strings.TrimPrefix(i.channel.kind, "Channel::"), p.namesOf(i.members)}
	}, account, "Id", "Name", "Channel", "Members")
	teams := tableOf("Teams", &p.teams, func(t *team) (int64, []string) {
		return t.AccountID, []string{number(t.ID), t.Name, deref(t.Description), p.namesOf(t.members)}
	}, account, "Id", "Name", "Description", "Members")
	labels := tableOf("Labels", &p.labels, func(l *label) (int64, []string) {
		return l.account, []string{number(l.ID), l.Title, deref(l.Description), l.Color}
	}, account, "Id", "Title", "Description", "Color")
	canned := tableOf("Canned responses", &p.canned, func(r *cannedResponse) (int64, []string) {
		return r.AccountID, []string{number(r.ID), deref(r.ShortCode), deref(r.Content)}
	}, account, "Id", "Short code", "Content")
	definitions := tableOf("Custom attributes", &p.definitions, func(r *definition) (int64, []string) {
		return r.account, []string{number(r.ID), deref(r.Key), deref(r.DisplayName), r.DisplayType, strings.TrimSuffix(r.Model, "_attribute")}
	}, account, "Id", "Key", "Name", "Type", "Of")
	rules := tableOf("Automation rules", &p.rules, func(r *rule) (int64, []string) {
		return r.AccountID, []string{number(r.ID), r.Name, r.EventName, strconv.FormatBool(r.Active)}
	}, account, "Id", "Name", "Event", "Active")
	macros := tableOf("Macros", &p.macros, func(r *macro) (int64, []string) {
		return r.account, []string{number(r.id), r.name, r.visibility}
	}, account, "Id", "Name", "Visibility")
	filters := tableOf("Custom filters", &p.filters, func(r *savedFilter) (int64, []string) {
		return r.account, []string{number(r.ID), deref(r.Name), r.FilterType}
	}, account, "Id", "Name", "Of")
	hooks := tableOf("Webhooks", &p.webhooks, func(r *webhook) (int64, []string) {
		return r.account, []string{number(r.id), deref(r.name), hostOf(deref(r.url)), strings.Join(r.subscriptions, ", ")}
	}, account, "Id", "Name", "Host", "Events")
	apps := tableOf("Dashboard apps", &p.apps, func(r *dashboardApp) (int64, []string) {
		return r.account, []string{number(r.ID), deref(r.Title)}
	}, account, "Id", "Title")
	policies := tableOf("Assignment policies", &p.policies, func(r *policy) (int64, []string) {
		return r.account, []string{number(r.ID), deref(r.Name), r.AssignmentOrder}
	}, account, "Id", "Name", "Order")
	campaigns := tableOf("Campaigns", &p.campaigns, func(r *campaign) (int64, []string) {
		return r.account, []string{number(r.display), deref(r.title), r.inbox.name, r.status}
	}, account, "Id", "Title", "Inbox", "Status")
	integrations := tableOf("Integrations", &p.hooks, func(r *integration) (int64, []string) {
		return r.account, []string{number(r.id), r.app, r.status}
	}, account, "Id", "App", "Status")

	tables := []sandbox.TableView{
		inboxes, teams, labels, canned, definitions, rules, macros, filters, hooks, apps, policies, campaigns, integrations,
	}

	for _, k := range p.kinds() {
		if k.view != nil {
			tables = append(tables, k.view(account))
		}
	}

	return slices.DeleteFunc(tables, func(t sandbox.TableView) bool { return len(t.Rows) == 0 })
}

// tableOf lists the rows that belong to the account.
func tableOf[R any](
	title string, rows *sandbox.Collection[int64, R], show func(R) (int64, []string), account int64, columns ...string,
) sandbox.TableView {
	table := sandbox.TableView{Title: title, Columns: columns}

	for _, r := range rows.All() {
		owner, cells := show(r)
		if owner == account {
			table.Rows = append(table.Rows, cells)
		}
	}

	return table
}
