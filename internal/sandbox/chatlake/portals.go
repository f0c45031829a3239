package chatlake

import (
	"maps"
	"net/http"
	"net/url"
	"regexp"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

// portal is a help centre, addressed by its slug.
type portal struct {
	id, account                       int64
	name, slug                        *string
	color, domain, header, home, page *string
	archived                          bool
	config                            object
	inbox                             *inbox
	logo                              *blob
	categories                        sandbox.Collection[int64, *category]
	articles                          sandbox.Collection[int64, *article]
}

var portalColor = regexp.MustCompile(`\A#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z`)

var portalConfig = []string{
	"default_locale", "allowed_locales", "draft_locales", "layout", "social_profiles", "locale_translations",
}

func (r *portal) locales(key string) []string {
	var out []string

	rows, _ := r.config[key].([]any)
	for _, value := range rows {
		out = append(out, scalarText(value))
	}

	return out
}

func (r *portal) allowedLocales() []string {
	allowed := r.locales("allowed_locales")
	if len(allowed) > 0 {
		return allowed
	}

	return []string{r.defaultLocale()}
}

func (r *portal) defaultLocale() string {
	locale, _ := r.config["default_locale"].(string)
	if locale != "" {
		return locale
	}

	return "en"
}

// portalJSON shows locales as objects, though strings came in.
func (p *Platform) portalJSON(r *portal, administrator bool) object {
	drafts := r.locales("draft_locales")
	allowed := mapped(r.allowedLocales(), func(code string) object {
		return object{
			"code":           code,
			"articles_count": len(r.articles.Where(func(a *article) bool { return a.locale == code })),
			"categories_count": len(r.categories.Where(func(k *category) bool {
				return k.locale == code
			})),
			"draft": slices.Contains(drafts, code),
		}
	})

	layout, social, translations := r.config["layout"], r.config["social_profiles"], r.config["locale_translations"]
	if layout == nil {
		layout = "classic"
	}

	if social == nil {
		social = object{}
	}

	if translations == nil {
		translations = object{}
	}

	color := defaultColor
	if presence(r.color) != nil {
		color = *r.color
	}

	out := object{
		"id": r.id, "archived": r.archived, "color": color, "custom_domain": r.domain, "header_text": r.header,
		"homepage_link": r.home, "name": r.name, "page_title": r.page, "slug": r.slug, "account_id": r.account,
		"config": object{
			"allowed_locales": allowed, "default_locale": r.defaultLocale(), "layout": layout, "social_profiles": social,
			"locale_translations": translations,
		},
		"meta": r.meta(), "ssl_settings": object{"status": nil, "verification_errors": nil},
	}
	if r.inbox != nil {
		out["inbox"] = p.inboxJSON(r.inbox, administrator)
	}

	if r.logo != nil {
		out["logo"] = object{
			"id": r.logo.id, "portal_id": r.id, "file_type": r.logo.file.contentType, "account_id": r.account,
			"file_url": p.blobURL(r.logo), "blob_id": signedID(r.logo), "filename": r.logo.file.name,
		}
	}

	return out
}

func (r *portal) meta() object {
	count := func(status string) int {
		return len(r.articles.Where(func(a *article) bool { return a.status == status }))
	}

	return object{
		"all_articles_count": r.articles.Len(), "archived_articles_count": count("archived"),
		"published_count": count("published"), "draft_articles_count": count("draft"),
		"categories_count": r.categories.Len(), "default_locale": r.defaultLocale(),
	}
}

// findPortal stumbles over a slug that is not there.
func (c *call) findPortal() (*portal, *sandbox.Reply) {
	id, known := c.p.portalSlugs[c.PathValue("portal")]

	r, found := c.p.portals.Get(id)
	if !known || !found || r.account != c.account.id {
		reply := crash(c.Request, "portal %q is not there: the server stumbles, so look for it in the list", c.PathValue("portal"))
		return nil, &reply
	}

	return r, nil
}

func (p *Platform) listPortals(c *call) sandbox.Reply {
	rows := p.portals.Where(func(r *portal) bool { return r.account == c.account.id })

	return ok(object{
		"payload": mapped(rows, func(r *portal) object { return p.portalJSON(r, c.isAdmin()) }),
		"meta":    object{"current_page": c.currentPage(), "portals_count": len(rows)},
	})
}

func (p *Platform) showPortal(c *call) sandbox.Reply {
	r, refused := c.findPortal()
	if refused != nil {
		return *refused
	}

	return ok(p.portalJSON(r, c.isAdmin()))
}

func (p *Platform) createPortal(c *call) sandbox.Reply {
	r := &portal{account: c.account.id, config: object{}}

	refused := p.assignPortalFields(c, r, true)
	if refused != nil {
		return *refused
	}

	r.id = p.nextID("portals")
	p.keepPortal(r)

	return ok(p.portalJSON(r, true))
}

func (p *Platform) updatePortal(c *call) sandbox.Reply {
	r, refused := c.findPortal()
	if refused != nil {
		return *refused
	}

	draft := *r

	draft.config = maps.Clone(r.config)
	if refused := p.assignPortalFields(c, &draft, false); refused != nil {
		return *refused
	}

	p.dropPortalKeys(r)
	*r = draft
	p.keepPortal(r)

	return ok(p.portalJSON(r, true))
}

func (p *Platform) keepPortal(r *portal) {
	p.portals.Put(r.id, r)

	p.portalSlugs[*r.slug] = r.id
	if presence(r.domain) != nil {
		p.portalDomains[*r.domain] = r.id
	}
}

func (p *Platform) dropPortalKeys(r *portal) {
	delete(p.portalSlugs, *r.slug)
	delete(p.portalDomains, deref(r.domain))
}

func (p *Platform) assignPortalFields(c *call, r *portal, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "portal", []string{"inbox_id", "blob_id"}, "name", "slug", "color", "custom_domain",
		"header_text", "homepage_link", "page_title", "archived", "config*")
	if refused != nil {
		return refused
	}

	for key, into := range map[string]**string{
		"name": &r.name, "slug": &r.slug, "color": &r.color, "custom_domain": &r.domain, "header_text": &r.header,
		"homepage_link": &r.home, "page_title": &r.page,
	} {
		in.optString(key, into, maxString)
	}

	in.flag("archived", &r.archived)

	if fresh && presence(r.domain) != nil {
		if address, err := url.Parse(*r.domain); err == nil && address.Host != "" {
			r.domain = &address.Host
		}
	}

	config := in.sub("config")
	if config != nil {
		config.keep(mapped(portalConfig, func(key string) string { return key + "*" }))
		maps.Copy(r.config, config.values)
	}

	p.attachToPortal(c, r, in)
	p.validatePortal(&in.errs, r)

	return in.done(p)
}

// attachToPortal reads what stands beside the portal's own fields.
func (p *Platform) attachToPortal(c *call, r *portal, in *input) {
	if in.has("inbox_id") {
		var id *int64
		in.whole("inbox_id", &id)

		r.inbox = nil

		if id != nil {
			i, found := p.inboxes.Get(*id)
			if !found || i.account != c.account.id {
				in.fail(notFound())
				return
			}

			r.inbox = i
		}
	}

	text, isText := in.values["blob_id"].(string)
	if isText && text != "" {
		b, found := p.signedBlob(text)
		if !found {
			in.fail(crash(c.Request, "blob_id %q is no signed id", text))
			return
		}

		r.logo = b
	}
}

func (p *Platform) validatePortal(v *invalid, r *portal) {
	if presence(r.name) == nil {
		v.add("name", "Name can't be blank")
	}

	if presence(r.slug) == nil {
		v.add("slug", "Slug can't be blank")
	} else if other, taken := p.portalSlugs[*r.slug]; taken && other != r.id {
		v.add("slug", "Slug has already been taken")
	}

	if presence(r.domain) != nil {
		other, taken := p.portalDomains[*r.domain]
		if taken && other != r.id {
			v.add("custom_domain", "Custom domain has already been taken")
		}
	}

	if presence(r.color) != nil && !portalColor.MatchString(*r.color) {
		v.add("color", "Color is invalid") // Unverified: whether the colour is refused, and how.
	}
}

// deletePortal takes the portal at once and what is in it in a job, which nobody can see from outside.
func (p *Platform) deletePortal(c *call) sandbox.Reply {
	r, refused := c.findPortal()
	if refused != nil {
		return *refused
	}

	p.dropPortalKeys(r)
	p.portals.Delete(r.id)

	for _, i := range p.inboxes.All() {
		if i.portal == r {
			i.portal = nil
		}
	}

	p.later(func() {
		for _, a := range r.articles.All() {
			delete(p.articleSlugs, a.slug)
		}
	})

	return empty(http.StatusOK)
}
