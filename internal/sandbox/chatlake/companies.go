package chatlake

import (
	"cmp"
	"maps"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// companiesSince is the release that has companies.
const companiesSince = "4.7.0"

// company is what contacts work for. The enterprise build makes one of each business domain that a contact has an address at.
type company struct {
	id                        int64
	name, domain, description *string
	avatar                    string // The picture's address; empty without one.
	custom                    object
	contacts                  int64 // How many.
	counted                   bool  // There was a contact. Until then, the number is null.
	created, updated          time.Time
	account                   int64
}

func (r *company) key() int64   { return r.id }
func (r *company) owner() int64 { return r.account }

// json never has additional_attributes, which the server takes.
//
// Unverified: a contact's activity is that of the company as well, as last_activity_at. The recordings have none.
func (r *company) json() object {
	out := object{
		"id": r.id, "name": r.name, "contacts_count": nil, "domain": r.domain, "description": r.description,
		"custom_attributes": r.custom, "avatar_url": r.avatar, "created_at": epoch(r.created), "updated_at": epoch(r.updated),
	}

	if r.counted {
		out["contacts_count"] = r.contacts
	}

	return out
}

func (p *Platform) companyKind() kind {
	companies := p.companyShelf()

	return kind{
		name: "companies",
		endpoints: needing("Companies are not enabled for this account", []string{"companies"}, ofEnterprise(
			get("/companies", member, p.listCompanies).takes("page sort").from(companiesSince),
			post("/companies", member, companies.create).from(companiesSince),
			get("/companies/search", member, p.searchCompanies).takes("page sort q").from(companiesSince),
			get("/companies/{company}", member, companies.show).from(companiesSince),
			patch("/companies/{company}", member, companies.update).from(companiesSince),
			remove("/companies/{company}", admin, companies.remove).from(companiesSince),
			post("/companies/{company}/destroy_custom_attributes", member, p.destroyCompanyAttributes).from(companyAttributes.since),
			get("/companies/{company}/contacts", member, p.listCompanyContacts).takes("page").from(contactCompanyID.since),
			// Unverified: that an agent may. Recorded is an administrator.
			remove("/companies/{company}/avatar", member, p.dropCompanyAvatar).from(companiesSince),
		)...),
		view: func(account int64) sandbox.TableView {
			return tableOf("Companies", companies.rows, func(r *company) (int64, []string) {
				return r.account, []string{number(r.id), deref(r.name), deref(r.domain), number(r.contacts)}
			}, account, "Id", "Name", "Domain", "Contacts")
		},
		held: func(c *call) []map[string]any { return held(c, companies) },
	}
}

func (p *Platform) companyShelf() *shelf[*company] {
	return shelf[*company]{
		p: p, param: "company", rows: rowsOf[*company](p, "companies"),
		fresh:  func(c *call) *company { return &company{account: c.account.id, custom: object{}} },
		assign: p.assignCompany,
		keep: func(r *company) {
			r.updated = p.core.Now()
			if r.id == 0 {
				r.id, r.created = p.nextID("companies"), r.updated
			}

			if r.domain != nil {
				p.companyDomains[nameKey{r.account, *r.domain}] = r.id
			}
		},
		drop: func(r *company) {
			if r.domain != nil {
				delete(p.companyDomains, nameKey{r.account, *r.domain})
			}
		},
		copy: func(r *company) *company {
			draft := *r
			draft.custom = cloneObject(r.custom)

			return &draft
		},
		commit:  func(into, draft *company) { *into = *draft },
		gone:    p.leaveCompany,
		shape:   func(_ *call, r *company) any { return r.json() },
		wrap:    underPayload,
		wrapOne: underPayload,
	}.with()
}

// companyDomain is a host name with a dot.
var companyDomain = regexp.MustCompile(`\A[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(\.[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?)+\z`)

// assignCompany merges custom attributes, and so never empties them.
func (p *Platform) assignCompany(c *call, r *company, _ bool) *sandbox.Reply {
	const longestName, longestDescription = 100, 1000

	in, refused := readRoot(c.Request, "company", nil, "name", "domain", "description", "custom_attributes{}", "additional_attributes{}", "avatar")
	if refused != nil {
		return refused
	}

	if in.has("additional_attributes") {
		in.req.Complain("additional_attributes is taken and never shown")
	}

	in.optString("name", &r.name, longestName)

	if presence(r.name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	in.optString("domain", &r.domain, maxString)
	p.checkDomain(in, r)
	in.optString("description", &r.description, longestDescription)

	custom, sent := in.hash("custom_attributes")

	switch {
	case sent && !p.has(companyAttributes):
		in.req.Complain("companies have no custom_attributes before %s", companyAttributes.since)
	case sent:
		maps.Copy(r.custom, custom)
	}

	validateAttributes(&in.errs, "custom_attributes", r.custom)
	p.assignAvatar(c.Request, in, &r.avatar)

	return in.done(p)
}

// checkDomain refuses what is no domain, and one that another company has. Only the index counts "", so that a second one fails.
func (p *Platform) checkDomain(in *input, r *company) {
	if r.domain == nil {
		return
	}

	isOther := isTaken(p.companyDomains, nameKey{r.account, *r.domain}, r.id)

	switch {
	case presence(r.domain) == nil:
		if in.has("domain") {
			in.req.Complain(`domain is "": only one company can have that; null clears it`)
		}

		if isOther {
			in.refuseColumn("another company has the domain %q", *r.domain)
		}
	case !companyDomain.MatchString(*r.domain):
		in.errs.addEnglish("domain", "Domain must be a valid domain name")
	case isOther:
		in.errs.add("domain", "Domain has already been taken")
	}
}

// companySorts are what a list can be ordered by.
var companySorts = map[string]func(a, b *company) int{
	"name":       func(a, b *company) int { return strings.Compare(deref(a.name), deref(b.name)) },
	"domain":     func(a, b *company) int { return strings.Compare(deref(a.domain), deref(b.domain)) },
	"created_at": func(a, b *company) int { return cmp.Or(a.created.Compare(b.created), cmp.Compare(a.id, b.id)) },
	// All are equal: no answer has it, as json says.
	"last_activity_at": func(*company, *company) int { return 0 },
	"contacts_count":   func(a, b *company) int { return cmp.Compare(a.contacts, b.contacts) },
}

func (p *Platform) listCompanies(c *call) sandbox.Reply {
	return p.companyPage(c, func(*company) bool { return true })
}

// searchCompanies finds what is in a name or a domain.
//
// Unverified: the sentence of the refusal.
func (p *Platform) searchCompanies(c *call) sandbox.Reply {
	query := strings.ToLower(strings.TrimSpace(c.URL.Query().Get("q")))
	if query == "" {
		c.Complain("search without q")

		return *refuse(http.StatusUnprocessableEntity, "Specify search string with parameter q")
	}

	pattern := likePattern(query)

	return p.companyPage(c, func(r *company) bool {
		return pattern.MatchString(deref(r.name)) || pattern.MatchString(deref(r.domain))
	})
}

// companyPage is a page of the companies that fit. They have no order unless one is asked for.
func (p *Platform) companyPage(c *call, fits func(*company) bool) sandbox.Reply {
	rows := p.companyShelf().rows.Where(func(r *company) bool { return r.account == c.account.id && fits(r) })
	if p.switches.ShuffleUnsorted {
		p.core.Shuffle(len(rows), func(i, j int) { rows[i], rows[j] = rows[j], rows[i] })
	}

	column, descending := strings.CutPrefix(c.URL.Query().Get("sort"), "-")

	order := companySorts[column]
	if order != nil {
		slices.SortStableFunc(rows, func(a, b *company) int { return direction(order(a, b), descending) })
	} else {
		c.Complain("companies sorted by %q: they have no order", column)
	}

	return countedPage(c, mapped(rows, (*company).json))
}

// listCompanyContacts is a page of those who have the company.
//
// Unverified: the rows, and the release. Recorded is an unknown company only; measured are 15 a page.
func (p *Platform) listCompanyContacts(c *call) sandbox.Reply {
	r, refused := p.companyShelf().find(c)
	if refused != nil {
		return *refused
	}

	rows := p.accountContacts(r.account, func(x *contact) bool { return x.company == r })
	slices.SortStableFunc(rows, func(a, b *contact) int {
		return cmp.Or(strings.Compare(deref(a.name), deref(b.name)), cmp.Compare(a.id, b.id))
	})

	number, _ := c.page()

	return ok(object{
		"meta": object{"total_count": len(rows), "page": c.currentPage()},
		"payload": mapped(sandbox.Page(rows, number, contactsPerPage), func(x *contact) any {
			return struct {
				contactJSON

				Linked  bool   `json:"linked_to_current_company"`
				Company object `json:"company"`
			}{p.contactJSON(x, false), true, r.json()}
		}),
	})
}

// destroyCompanyAttributes takes keys out.
//
// Unverified: the answer, and the refusal of what is no list. A contact's call answers with the contact.
func (p *Platform) destroyCompanyAttributes(c *call) sandbox.Reply {
	companies := p.companyShelf()

	r, refused := companies.find(c)
	if refused != nil {
		return *refused
	}

	in, refused := read(c.Request, "custom_attributes*")
	if refused != nil {
		return *refused
	}

	keys, isList := in.values["custom_attributes"].([]any)
	if !isList {
		c.Complain("custom_attributes is no list of keys")

		return missingParam("custom_attributes")
	}

	for _, key := range keys {
		delete(r.custom, scalarText(key))
	}

	companies.keep(r)

	return ok(underPayload(r.json()))
}

// dropCompanyAvatar takes the picture off, also where there is none.
func (p *Platform) dropCompanyAvatar(c *call) sandbox.Reply {
	r, refused := p.companyShelf().find(c)
	if refused != nil {
		return *refused
	}

	r.avatar = ""

	return ok(underPayload(r.json()))
}

// companyOf returns the company that a contact is to have. What the account's features, the edition or the release do not allow is not
// looked at.
func (p *Platform) companyOf(in *input, x *contact) (*company, *sandbox.Reply) {
	value, sent := in.values["company_id"]

	row, found := p.accounts.Get(x.account)
	isOn := p.switches.Enterprise && p.has(contactCompanyID) && found && row.features["companies"]

	switch {
	case !sent:
		return x.company, nil
	case !isOn:
		in.req.Complain("company_id is not taken: it needs the enterprise edition, the feature companies and %s", contactCompanyID.since)

		return x.company, nil
	case isBlank(value):
		return nil, nil
	case !isScalar(value):
		refused := crash(in.req, "company_id is no scalar")

		return nil, &refused
	}

	r, found := p.companyShelf().rows.Get(castInteger(value))
	if !found || r.account != x.account {
		refused := notFound()

		return nil, &refused
	}

	return r, nil
}

// join gives a contact a company, or none. Its name is that of the contact's company from then on, whatever was sent with it.
func (p *Platform) join(x *contact, to *company) {
	if x.company == to {
		return
	}

	x.company = to

	switch {
	case !p.has(contactCompanyName):
	case to == nil:
		delete(x.additional, "company_name")
	default:
		x.additional["company_name"] = deref(to.name)
	}
}

// recount counts a contact that went from one company to another.
func recount(from, to *company) {
	if from == to {
		return
	}

	if from != nil {
		from.contacts--
	}

	if to != nil {
		to.contacts, to.counted = to.contacts+1, true
	}
}

// leaveCompany frees the contacts of a company that is gone. They keep its name.
func (p *Platform) leaveCompany(r *company) {
	for _, x := range p.accountContacts(r.account, func(x *contact) bool { return x.company == r }) {
		x.company = nil
	}
}

// freeMail are the providers whose addresses make no company. Subdomains of them do.
var freeMail = []string{
	"gmail.com", "googlemail.com", "yahoo.com", "yahoo.es", "yahoo.it", "yahoo.de", "yahoo.fr", "yahoo.in", "yahoo.ca",
	"yahoo.com.br", "yahoo.com.au", "yahoo.com.ar", "yahoo.com.mx", "yahoo.com.sg", "yahoo.co.id", "yahoo.co.in",
	"yahoo.co.jp", "yahoo.co.uk", "fastmail.com", "fastmail.fm", "protonmail.com", "protonmail.ch", "pm.me", "icloud.com",
	"me.com", "mac.com", "mail.ru", "bk.ru", "inbox.ru", "list.ru", "aol.com", "zohomail.com", "zoho.com", "bol.com.br",
	"uol.com.br", "outlook.com", "hotmail.com", "hey.com", "yandex.com", "tutanota.com", "tutanota.de", "tutamail.com",
	"tuta.io", "keemail.me", "gmx.com", "gmx.us",
}

// throwAway are a few of the domains that the server's list of short-lived addresses has.
var throwAway = []string{"test.com", "mailinator.com", "guerrillamail.com", "10minutemail.com", "yopmail.com", "temp-mail.org"}

// businessDomain returns the domain of an address that makes a company, or "".
func businessDomain(address string) string {
	_, domain, _ := strings.Cut(address, "@")
	_, parent, _ := strings.Cut(domain, ".")

	isThrowAway := slices.Contains(throwAway, domain) || slices.Contains(throwAway, parent)
	if !isMailAddress(address) || isThrowAway || slices.Contains(freeMail, domain) {
		return ""
	}

	return domain
}

// linkCompany gives a contact the company of its domain. The first contact of a domain names it.
func (p *Platform) linkCompany(x *contact) {
	domain := businessDomain(*x.email)
	if domain == "" || x.company != nil {
		return
	}

	companies := p.companyShelf()

	r, found := companies.rows.Get(p.companyDomains[nameKey{x.account, domain}])
	if !found {
		r = &company{account: x.account, name: new(companyName(x, domain)), domain: &domain, custom: object{}}
		companies.keep(r)
		companies.rows.Put(r.id, r)
	}

	p.join(x, r)
	recount(nil, r)
}

func companyName(x *contact, domain string) string {
	own, _ := x.additional["company_name"].(string)
	if strings.TrimSpace(own) != "" {
		return own
	}

	label, _, _ := strings.Cut(domain, ".")

	words := strings.Split(label, "-")
	for i := range words {
		words[i] = capitalize(words[i])
	}

	return strings.Join(words, " ")
}
