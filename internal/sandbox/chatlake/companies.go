package chatlake

import (
	"slices"
	"strings"
)

// company is what the enterprise build makes of a business domain: one for each domain of an account, named once.
type company struct {
	id   int64
	name string
}

type companyKey struct {
	account int64
	domain  string
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

	key := companyKey{x.account, domain}
	if p.companies[key] == nil {
		p.companies[key] = &company{p.nextID("companies"), companyName(x, domain)}
	}

	x.company = p.companies[key]

	if p.has(contactCompanyName) {
		x.additional["company_name"] = x.company.name
	}
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
