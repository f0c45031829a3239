package chatlake

import (
	"cmp"
	"net/http"
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
	refused := p.sortContacts(c, rows)
	if refused != nil {
		return *refused
	}

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
func (p *Platform) sortContacts(c *call, rows []*contact) *sandbox.Reply {
	if p.switches.ShuffleUnsorted {
		p.core.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}

	sort := c.URL.Query().Get("sort")
	if sort == "" {
		_, paged := c.page()
		if paged {
			c.Complain("a page of contacts without sort: they have no order")
		}

		return nil
	}

	column, descending := strings.CutPrefix(sort, "-")
	if !slices.Contains(contactSorts, column) {
		c.Complain("sort by %q: one of %s", sort, strings.Join(contactSorts, ", "))

		if p.switches.InvalidSort == "error" {
			reply := internal()
			return &reply
		}

		return nil
	}

	slices.SortStableFunc(rows, func(a, b *contact) int {
		order := compareContacts(column, a, b, descending)
		return order
	})

	return nil
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
		return ok(object{"meta": object{"count": nil, "current_page": nil}, "payload": []any{}})
	}

	lower := strings.ToLower(query)
	rows := p.accountContacts(c.account.id, func(x *contact) bool {
		if !p.since("4.11.0") && !x.resolved() {
			return false
		}

		hit := strings.Contains(strings.ToLower(deref(x.name)), lower) ||
			strings.Contains(deref(x.email), lower) ||
			strings.Contains(strings.ToLower(deref(x.phone)), lower) ||
			strings.Contains(deref(x.identifier), query)
		if !p.since("4.11.0") {
			hit = hit || strings.Contains(strings.ToLower(contactColumn(x, "company_name")), lower)
		}

		return hit
	})

	refused := p.sortContacts(c, rows)
	if refused != nil {
		return *refused
	}

	number, _ := c.page()
	page := sandbox.Page(rows, number, contactsPerPage)

	meta := object{"count": len(page), "current_page": c.currentPage()}
	if p.since("4.11.0") {
		meta["has_more"] = number*contactsPerPage < len(rows)
	} else {
		meta["count"] = len(rows)
	}

	return ok(object{"meta": meta, "payload": p.contactRows(c, page)})
}

var contactFilter = filterKeys{
	"name": filterText, "phone_number": filterExactText, "email": filterText, "identifier": filterText,
	"country_code": filterText, "city": filterText, "company_name": filterText, "labels": filterLabels,
	"created_at": filterDate, "last_activity_at": filterDate, "blocked": filterChoice,
}

func (p *Platform) filterContacts(c *call) sandbox.Reply {
	filter, refused := p.readFilter(c, contactFilter, "contact_attribute")
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

	rows := []any{}
	for _, conv := range slices.Backward(x.conversations) {
		if len(rows) < 20 && c.seesInbox(conv.inbox) {
			rows = append(rows, p.conversationJSON(conv))
		}
	}

	return answer(http.StatusOK, object{"payload": rows})
}
