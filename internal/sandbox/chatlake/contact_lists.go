package chatlake

import (
	"cmp"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

const contactsPerPage = 15

var contactSorts = []string{
	"name", "email", "phone_number", "last_activity_at", "created_at", "company_name", "city", "country",
}

// accountContacts lists an account's contacts that fit.
func (p *Platform) accountContacts(account int64, fits func(*contact) bool) []*contact {
	return p.contacts.Where(func(x *contact) bool { return x.account == account && fits(x) })
}

func (p *Platform) listContacts(c *call) sandbox.Reply {
	labels := c.URL.Query()["labels[]"]
	rows := p.accountContacts(c.account.id, func(x *contact) bool {
		return x.resolved() && (len(labels) == 0 || slices.ContainsFunc(x.labels, func(l string) bool {
			return slices.Contains(labels, l)
		}))
	})

	return p.contactPage(c, rows)
}

func (p *Platform) activeContacts(c *call) sandbox.Reply {
	return p.contactPage(c, p.accountContacts(c.account.id, p.contactOnline))
}

// contactPage sorts, cuts and counts.
func (p *Platform) contactPage(c *call, rows []*contact) sandbox.Reply {
	p.sortContacts(c, rows)

	page, _ := c.page()

	return ok(object{
		"meta":    object{"count": len(rows), "current_page": c.currentPage()},
		"payload": p.contactRows(c, sandbox.Page(rows, page, contactsPerPage)),
	})
}

func (p *Platform) contactRows(c *call, rows []*contact) []contactJSON {
	return mapped(rows, func(x *contact) contactJSON { return p.contactJSON(x, c.withInboxes()) })
}

// sortContacts puts rows in the order asked for. There is no order unless one is asked for, nor among equals.
func (p *Platform) sortContacts(c *call, rows []*contact) {
	if p.switches.ShuffleUnsorted {
		p.core.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}

	sort := c.URL.Query().Get("sort")
	if sort == "" {
		_, paged := c.page()
		if paged {
			c.Complain("a page of contacts without sort: they have no order")
		}

		return
	}

	column, descending := strings.CutPrefix(sort, "-")
	if !slices.Contains(contactSorts, column) {
		c.Complain("sort by %q: one of %s", sort, strings.Join(contactSorts, ", "))
		return
	}

	slices.SortStableFunc(rows, func(a, b *contact) int {
		return compareContacts(column, a, b, descending)
	})
}

// compareContacts orders two contacts; what is not set comes last in both directions.
func compareContacts(column string, a, b *contact, descending bool) int {
	if column == "created_at" || column == "last_activity_at" {
		at := func(x *contact) time.Time {
			if column == "created_at" {
				return x.created
			}

			return x.lastActivity
		}
		if at(a).IsZero() != at(b).IsZero() {
			return cmp.Compare(boolInt(at(a).IsZero()), boolInt(at(b).IsZero()))
		}

		order := at(a).Compare(at(b))
		if order == 0 && column == "created_at" { // Microseconds on the real server: hardly ever equal.
			order = cmp.Compare(a.id, b.id)
		}

		return direction(order, descending)
	}

	left, right := contactColumn(a, column), contactColumn(b, column)
	if (left == "") != (right == "") {
		return cmp.Compare(boolInt(left == ""), boolInt(right == ""))
	}

	return direction(strings.Compare(strings.ToLower(left), strings.ToLower(right)), descending)
}

func direction(order int, descending bool) int {
	if descending {
		return -order
	}

	return order
}

func boolInt(b bool) int {
	if b {
		return 1
	}

	return 0
}

// contactColumn is a textual column or additional attribute.
func contactColumn(x *contact, column string) string {
	switch column {
	case "name":
		return deref(x.name)
	case "email":
		return deref(x.email)
	case "phone_number":
		return deref(x.phone)
	case "identifier":
		return deref(x.identifier)
	}

	text, _ := x.additional[column].(string)

	return text
}

// searchContacts finds substrings. Without q the server means to refuse and answers an empty list.
func (p *Platform) searchContacts(c *call) sandbox.Reply {
	query := strings.TrimSpace(c.URL.Query().Get("q"))
	if query == "" {
		c.Complain("search without q")

		meta := object{"count": nil, "current_page": 1}
		if p.has(searchHasMore) {
			meta["has_more"] = nil
		}

		return ok(object{"meta": meta, "payload": []any{}})
	}

	if p.has(searchHasMore) && c.URL.Query().Has("page") && leadingInteger(c.URL.Query().Get("page")) < 1 {
		return crash(c.Request, "search: page %q", c.URL.Query().Get("page"))
	}

	rows := p.accountContacts(c.account.id, func(x *contact) bool { return p.isFound(x, query) })

	p.sortContacts(c, rows)

	number, _ := c.page()
	page := sandbox.Page(rows, number, contactsPerPage)

	meta := object{"count": len(page), "current_page": c.currentPage()}
	if p.has(searchHasMore) {
		meta["has_more"] = number*contactsPerPage < len(rows)
	} else {
		meta["count"] = len(rows)
	}

	return ok(object{"meta": meta, "payload": p.contactRows(c, page)})
}

var contactFilter = filterKeys{
	{"name", filterText, containment},
	{"phone_number", filterPhone, phoneWords},
	{"email", filterText, containment},
	{"identifier", filterText, equality},
	{"country_code", filterText, equality},
	{"city", filterText, containment},
	{"company_name", filterText, containment},
	{"labels", filterLabels, presences},
	{"created_at", filterDate, dateWords},
	{"last_activity_at", filterDate, dateWords},
	{"blocked", filterChoice, equality},
}

// contactFilter are the keys of the release.
func (p *Platform) contactFilter() filterKeys {
	if p.has(filterCompanyName) {
		return contactFilter
	}

	return contactFilter.rename("company_name", "company")
}

// isFound reports whether a search finds the contact. The query is a pattern: % and _ are wildcards.
func (p *Platform) isFound(x *contact, query string) bool {
	pattern := likePattern(query)
	texts := []string{deref(x.name), deref(x.email), deref(x.phone), deref(x.identifier)}

	if !p.has(searchHasMore) {
		texts = append(texts, contactColumn(x, "company_name"))
	}

	return (p.has(searchHasMore) || x.resolved()) && slices.ContainsFunc(texts, pattern.MatchString)
}

// likePattern is the database's case-insensitive pattern of a text somewhere in another one.
func likePattern(query string) *regexp.Regexp {
	var out strings.Builder

	out.WriteString("(?is)")

	for _, r := range query {
		switch r {
		case '%':
			out.WriteString(".*")
		case '_':
			out.WriteString(".")
		default:
			out.WriteString(regexp.QuoteMeta(string(r)))
		}
	}

	return regexp.MustCompile(out.String())
}

func (p *Platform) filterContacts(c *call) sandbox.Reply {
	filter, refused := p.readFilter(c, p.contactFilter(), "contact_attribute")
	if refused != nil {
		return *refused
	}

	rows := p.accountContacts(c.account.id, func(x *contact) bool {
		return x.resolved() && filter.fits(func(key string) any { return contactFilterValue(x, key) })
	})

	return p.contactPage(c, rows)
}

func contactFilterValue(x *contact, key string) any {
	switch key {
	case "labels":
		return x.labels
	case "created_at":
		return x.created
	case "last_activity_at":
		return x.lastActivity
	case "blocked":
		return x.blocked
	}

	text := contactColumn(x, key)
	if text != "" {
		return text
	}

	return x.custom[key]
}

// contactConversations lists the newest of a contact's conversations, those that the caller may see.
func (p *Platform) contactConversations(c *call) sandbox.Reply {
	x, refused := c.findContact()
	if refused != nil {
		return *refused
	}

	rows := slices.DeleteFunc(slices.Clone(x.conversations), func(conv *conversation) bool { return !c.seesInbox(conv.inbox) })
	slices.SortStableFunc(rows, func(a, b *conversation) int {
		return cmp.Or(b.lastActivity.Compare(a.lastActivity), cmp.Compare(b.id, a.id))
	})

	return ok(object{"payload": p.conversationRows(rows[:min(20, len(rows))])})
}
