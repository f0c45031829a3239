package chatlake

import (
	"net/http"
	"regexp"
	"slices"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const defaultColor = "#1f93ff"

type label struct {
	ID            int64   `json:"id"`
	Title         string  `json:"title"`
	Description   *string `json:"description"`
	Color         string  `json:"color"`
	ShowOnSidebar *bool   `json:"show_on_sidebar"`

	account int64
}

// labelTitle is the pattern of titles: two characters at least.
var labelTitle = regexp.MustCompile(`\A[\p{L}\p{N}][\p{L}\p{N}_-]+\z`)

func (p *Platform) keepLabel(l *label) {
	p.labels.Put(l.ID, l)
	p.labelNames[nameKey{l.account, l.Title}] = l.ID
}

func (c *call) findLabel() (*label, *sandbox.Reply) {
	l, found := c.p.labels.Get(c.id("label"))
	if !found || l.account != c.account.id {
		reply := notFound()
		return nil, &reply
	}

	return l, nil
}

func (p *Platform) listLabels(c *call) sandbox.Reply {
	rows := p.labels.Where(func(l *label) bool { return l.account == c.account.id })
	slices.SortFunc(rows, func(a, b *label) int { return strings.Compare(a.Title, b.Title) })

	return ok(object{"payload": orEmpty(rows)})
}

func (p *Platform) showLabel(c *call) sandbox.Reply {
	l, refused := c.findLabel()
	if refused != nil {
		return *refused
	}

	return ok(l)
}

func (p *Platform) createLabel(c *call) sandbox.Reply {
	l := &label{account: c.account.id, Color: defaultColor}

	refused := p.assignLabel(c, l, true)
	if refused != nil {
		return *refused
	}

	l.ID = p.nextID("labels")
	p.keepLabel(l)

	return ok(l)
}

func (p *Platform) updateLabel(c *call) sandbox.Reply {
	l, refused := c.findLabel()
	if refused != nil {
		return *refused
	}

	draft := *l

	refused = p.assignLabel(c, &draft, false)
	if refused != nil {
		return *refused
	}

	p.changeLabel(l, draft)

	return ok(l)
}

// changeLabel renames the row at once and the tags of that name in a job.
func (p *Platform) changeLabel(l *label, draft label) {
	before := l.Title
	delete(p.labelNames, nameKey{l.account, before})
	*l = draft
	p.keepLabel(l)

	if l.Title != before {
		after := l.Title

		p.later(func() { p.retag(l.account, before, after) })
	}
}

// retag replaces a tag on everything of the account, or takes it off if after is empty.
func (p *Platform) retag(account int64, before, after string) {
	change := func(tags []string) []string {
		if !slices.Contains(tags, before) {
			return tags
		}

		tags = slices.DeleteFunc(slices.Clone(tags), func(tag string) bool { return tag == before || tag == after })
		if after == "" {
			return tags
		}

		_, kept := p.tagList([]string{after})

		return append(tags, kept...)
	}

	for _, x := range p.contacts.All() {
		if x.account == account {
			x.labels = change(x.labels)
		}
	}

	for _, conv := range p.conversations.All() {
		if conv.account.id == account {
			conv.labels = change(conv.labels)
		}
	}
}

func (p *Platform) assignLabel(c *call, l *label, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "label", nil, "title", "description", "color", "show_on_sidebar")
	if refused != nil {
		return refused
	}

	title := &l.Title
	in.optString("title", &title, maxString)
	in.optString("description", &l.Description, maxText)
	in.mustString("color", &l.Color)
	in.optFlag("show_on_sidebar", &l.ShowOnSidebar)
	l.Title = strings.ToLower(deref(title))

	other, taken := p.labelNames[nameKey{c.account.id, l.Title}]

	if strings.TrimSpace(l.Title) == "" {
		in.errs.add("title", "Title must not be blank")
	}

	if !labelTitle.MatchString(l.Title) {
		in.errs.add("title", "Title is invalid")
	}

	if taken && (fresh || other != l.ID) {
		in.errs.add("title", "Title has already been taken")
	}

	return in.done(p)
}

func (p *Platform) deleteLabel(c *call) sandbox.Reply {
	l, refused := c.findLabel()
	if refused != nil {
		return *refused
	}

	p.removeLabel(l)

	return empty(http.StatusOK)
}

func (p *Platform) removeLabel(l *label) {
	p.labels.Delete(l.ID)
	delete(p.labelNames, nameKey{l.account, l.Title})

	if p.has(labelUntags) {
		p.later(func() { p.retag(l.account, l.Title, "") })
	}
}
