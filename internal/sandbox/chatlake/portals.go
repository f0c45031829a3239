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
	archived                          *bool
	config                            object
	inbox                             *inbox
	logo                              *blob
	categories                        sandbox.Collection[int64, *category]
	articles                          sandbox.Collection[int64, *article]
}

var portalColor = regexp.MustCompile(`\A#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})\z`)

func (r *portal) locales(key string) []string {
	var out []string

	rows, _ := r.config[key].([]any)
	for _, value := range rows {
		out = append(out, scalarText(value))
	}

	return out
}

// allowedLocales are nil for a portal that an older release has broken.
func (r *portal) allowedLocales() []string { return r.locales("allowed_locales") }

func (r *portal) defaultLocale() string {
	locale, _ := r.config["default_locale"].(string)
	if locale != "" {
		return locale
	}

	return "en"
}

// isBroken reports whether the server cannot show the portal: its configuration has no locales. Such a portal spoils the
// list of all portals, too.
func (r *portal) isBroken() bool { return r.config["allowed_locales"] == nil }

// portalJSON shows locales as objects, though strings came in.
func (p *Platform) portalJSON(r *portal, administrator bool) object {
	color := r.color
	if presence(color) == nil && p.has(portalColorShown) {
		color = new(defaultColor)
	}

	out := object{
		"id": r.id, "archived": r.archived, "color": color, "custom_domain": r.domain, "header_text": r.header,
		"homepage_link": r.home, "name": r.name, "page_title": r.page, "slug": r.slug, "account_id": r.account,
		"config": p.portalConfigJSON(r), "meta": r.emptyMeta(),
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

func (p *Platform) portalConfigJSON(r *portal) object {
	drafts := r.locales("draft_locales")
	allowed := mapped(r.allowedLocales(), func(code string) object {
		locale := object{
			"code":             code,
			"articles_count":   len(r.articles.Where(func(a *article) bool { return a.locale == code })),
			"categories_count": len(r.categories.Where(func(k *category) bool { return deref(k.locale) == code })),
		}
		if p.has(portalDrafts) {
			locale["draft"] = slices.Contains(drafts, code)
		}

		return locale
	})

	out := object{"allowed_locales": allowed}

	if p.has(portalMerges) {
		out["default_locale"], out["layout"] = r.defaultLocale(), orElse(r.config["layout"], "classic")
		out["social_profiles"] = orElse(r.config["social_profiles"], object{})
	}

	if p.has(portalTranslations) {
		out["locale_translations"] = orElse(r.config["locale_translations"], object{})
	}

	return out
}

func orElse(value, other any) any {
	if value == nil {
		return other
	}

	return value
}

// emptyMeta is what all answers but the one of GET tell: they do not count the articles.
func (r *portal) emptyMeta() object {
	return object{
		"all_articles_count": 0, "archived_articles_count": nil, "published_count": nil, "draft_articles_count": nil,
		"categories_count": r.categories.Len(), "default_locale": r.defaultLocale(),
	}
}

// meta counts the articles; those of the reader if there are any at all.
func (r *portal) meta(reader *user) object {
	count := func(status string) int {
		return len(r.articles.Where(func(a *article) bool { return a.status == status }))
	}

	out := object{
		"all_articles_count": r.articles.Len(), "archived_articles_count": count("archived"),
		"published_count": count("published"), "draft_articles_count": count("draft"),
		"categories_count": r.categories.Len(), "default_locale": r.defaultLocale(),
	}

	if r.articles.Len() > 0 {
		out["mine_articles_count"] = len(r.articles.Where(func(a *article) bool { return a.author == reader }))
	}

	return out
}

// findPortal fails with 500 for a slug that is not there.
func (c *call) findPortal() (*portal, *sandbox.Reply) {
	r := c.portal()
	if r == nil {
		reply := crash(c.Request, "portal %q is not there: the server fails with 500, so look for it in the list", c.PathValue("portal"))
		return nil, &reply
	}

	return r, nil
}

// portal is nil for a slug that is not there.
func (c *call) portal() *portal {
	id, known := c.p.portalSlugs[c.PathValue("portal")]

	r, found := c.p.portals.Get(id)
	if !known || !found || r.account != c.account.id {
		return nil
	}

	return r
}

// portalAround is the portal of categories or articles, which the server looks up in another way.
func (c *call) portalAround() (*portal, *sandbox.Reply) {
	r := c.portal()
	if r == nil {
		reply := notFound()
		return nil, &reply
	}

	return r, nil
}

// showPortalRow answers with a portal, if the server can show it.
func (c *call) showPortalRow(r *portal) sandbox.Reply {
	if r.isBroken() {
		return crash(c.Request, "portal %s has a configuration without locales", *r.slug)
	}

	return ok(c.p.portalJSON(r, c.isAdmin()))
}

func (p *Platform) listPortals(c *call) sandbox.Reply {
	rows := p.portals.Where(func(r *portal) bool { return r.account == c.account.id })
	if slices.ContainsFunc(rows, (*portal).isBroken) {
		return internal()
	}

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

	if r.isBroken() {
		return internal()
	}

	out := p.portalJSON(r, c.isAdmin())
	out["meta"] = r.meta(c.user)

	return ok(out)
}

func (p *Platform) createPortal(c *call) sandbox.Reply {
	r := &portal{account: c.account.id, archived: new(false), config: object{"allowed_locales": []any{"en"}}}

	refused := p.assignPortalFields(c, r, true)
	if refused != nil {
		return *refused
	}

	r.id = p.nextID("portals")
	p.keepPortal(r)

	return c.showPortalRow(r)
}

func (p *Platform) updatePortal(c *call) sandbox.Reply {
	refused := p.missingInbox(c)
	if refused != nil {
		return *refused
	}

	r, refused := c.findPortal()
	if refused != nil {
		return *refused
	}

	draft := *r

	draft.config = maps.Clone(r.config)

	refused = p.assignPortalFields(c, &draft, false)
	if refused != nil {
		return *refused
	}

	p.dropPortalKeys(r)
	*r = draft
	p.keepPortal(r)

	return c.showPortalRow(r)
}

// missingInbox is the look-up of the inbox, which comes before the one of the portal.
func (p *Platform) missingInbox(c *call) *sandbox.Reply {
	in, refused := parse(c.Request)
	if refused != nil {
		return refused
	}

	if isBlank(in.values["portal"]) || !in.notBlank("inbox_id") || !p.has(portalRefusals) {
		return nil
	}

	i, found := p.inboxes.Get(castInteger(in.values["inbox_id"]))
	if !found || i.account != c.account.id {
		reply := notFound()
		return &reply
	}

	return nil
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
	in, refused := p.readPortal(c, fresh)
	if in == nil {
		alone, _ := parse(c.Request)
		if refused == nil && alone != nil {
			p.assignLogo(c, r, alone.values["blob_id"])
		}

		return refused
	}

	p.readPortalTexts(in, r)
	in.optFlag("archived", &r.archived)

	if fresh && r.domain == nil && !in.has("custom_domain") || in.isNull("custom_domain") && fresh {
		if !p.has(portalNoDomain) {
			in.fail(crash(c.Request, "a portal without custom_domain"))
		}
	}

	r.domain, r.home = presence(r.domain), presence(r.home)

	if fresh && r.domain != nil {
		if address, err := url.Parse(*r.domain); err == nil && address.Host != "" {
			r.domain = &address.Host
		}
	}

	p.assignPortalConfig(in, r)
	p.attachToPortal(c, r, in)
	p.validatePortal(&in.errs, r)

	if in.failed == nil && in.errs.any() && !fresh && !p.has(portalRefusals) {
		reply := answer(http.StatusUnprocessableEntity, object{"error": in.errs.byColumn()})
		return &reply
	}

	return in.done(p)
}

// readPortal reads a portal's fields. An update without any is fine and changes nothing but the logo: nil is returned for it.
func (p *Platform) readPortal(c *call, fresh bool) (*input, *sandbox.Reply) {
	fields := []string{
		"name", "slug", "color", "custom_domain", "header_text", "homepage_link", "page_title", "archived", "config*",
	}

	in, refused := parse(c.Request)
	if refused != nil {
		return nil, refused
	}

	nested, refused := underRoot(c.Request, in.values, "portal", []string{"inbox_id", "blob_id"}, fields)
	if refused != nil || !fresh && len(nested) == 0 {
		return nil, refused
	}

	return readRoot(c.Request, "portal", []string{"inbox_id", "blob_id"}, fields...)
}

func (p *Platform) readPortalTexts(in *input, r *portal) {
	for _, field := range []struct {
		key   string
		into  **string
		limit int
	}{
		{"name", &r.name, maxString},
		{"slug", &r.slug, maxString},
		{"color", &r.color, maxString},
		{"custom_domain", &r.domain, maxString},
		{"header_text", &r.header, maxText},
		{"homepage_link", &r.home, maxString},
		{"page_title", &r.page, maxString},
	} {
		in.optString(field.key, field.into, field.limit)
	}
}

// assignPortalConfig reads config as the release does: it is merged into the stored one; before that it replaced all but
// the drafts, with locales made up; and before that it replaced all, and without locales the portal was broken.
func (p *Platform) assignPortalConfig(in *input, r *portal) {
	config := in.sub("config")
	if config == nil {
		return
	}

	known := []string{"default_locale", "allowed_locales[]"}
	if p.has(portalDrafts) {
		known = append(known, "draft_locales[]")
	}

	if p.has(portalMerges) {
		known = append(known, "layout", "social_profiles{}")
	}

	if p.has(portalTranslations) {
		known = append(known, "locale_translations{}")
	}

	config.keep(known)

	switch {
	case p.has(portalMerges):
		p.mergePortalConfig(in, r, config.values)
	case p.has(portalDrafts):
		kept := r.config["draft_locales"]
		r.config = config.values
		r.config["draft_locales"] = orElse(r.config["draft_locales"], kept)
	default:
		r.config = config.values
		return
	}

	r.completeLocales(p.has(portalMerges))

	if slices.Contains(r.locales("draft_locales"), r.defaultLocale()) {
		in.errs.addEnglish("config", "Config default locale cannot be drafted.")
	}
}

var (
	socialProfiles = []string{"facebook", "x", "instagram", "linkedin", "youtube", "tiktok", "github", "whatsapp"}
	portalLayouts  = []string{"classic", "documentation"}
)

func (p *Platform) mergePortalConfig(in *input, r *portal, values object) {
	limitPortalConfig(values)

	layout, sent := values["layout"]
	if sent && layout != nil && !slices.Contains(portalLayouts, scalarText(layout)) {
		in.errs.addEnglish("layout", "Layout must be of type enum")
	}

	maps.Copy(r.config, values)
}

// limitPortalConfig leaves the keys that the server knows.
func limitPortalConfig(values object) {
	social, sent := values["social_profiles"].(object)
	if sent {
		values["social_profiles"] = pick(social, socialProfiles...)
	}

	translations, sent := values["locale_translations"].(object)
	if sent {
		kept := object{}

		for locale, texts := range translations {
			fields, _ := texts.(object)
			kept[locale] = pick(fields, "name", "page_title", "header_text")
		}

		values["locale_translations"] = kept
	}
}

// completeLocales makes up what is missing. Merged tells that the locales need not hold the default one.
func (r *portal) completeLocales(merged bool) {
	allowed := r.allowedLocales()
	fallback := any("en")

	if !merged {
		fallback = orElse(r.config["default_locale"], "en")
	}

	if len(allowed) == 0 {
		r.config["allowed_locales"] = []any{fallback}
	}

	if isBlank(r.config["default_locale"]) {
		r.config["default_locale"] = r.allowedLocales()[0]
	}
}

// attachToPortal reads what stands beside the portal's own fields.
func (p *Platform) attachToPortal(c *call, r *portal, in *input) {
	if in.has("inbox_id") && p.has(portalInbox) {
		p.attachInbox(c, r, in)
	}

	p.assignLogo(c, r, in.values["blob_id"])
}

// assignLogo takes an upload, of any type, as the logo. About anything else nothing is said.
func (p *Platform) assignLogo(c *call, r *portal, id any) {
	if isBlank(id) {
		return
	}

	_, isText := id.(string)

	b, found := p.findBlob(id)
	if !found || p.isGone(b) || isText != p.has(uploadSigned) { // Unverified: a number before 4.9.0. The server's source says so.
		c.Complain("blob_id %v is no upload: the server ignores it", id)
		return
	}

	b.held, r.logo = true, b
}

// deleteLogo takes the logo off, also where there is none.
func (p *Platform) deleteLogo(c *call) sandbox.Reply {
	r, refused := c.findPortal()
	if refused != nil {
		return *refused
	}

	r.logo = nil

	return empty(http.StatusOK)
}

// attachInbox takes a web widget; of another channel nothing is said.
func (p *Platform) attachInbox(c *call, r *portal, in *input) {
	if !in.notBlank("inbox_id") {
		if p.has(portalDetaches) {
			r.inbox = nil
		}

		return
	}

	i, found := p.inboxes.Get(castInteger(in.values["inbox_id"]))

	switch {
	case (!found || i.account != c.account.id) && p.has(portalRefusals):
		in.fail(notFound())
	case !found || i.account != c.account.id:
		in.fail(answer(http.StatusUnprocessableEntity, object{"error": object{}}))
	case i.channel.kind != "Channel::WebWidget":
		c.Complain("inbox %d is no web widget: the server ignores it", i.id)
	default:
		r.inbox = i
	}
}

func (p *Platform) validatePortal(v *invalid, r *portal) {
	if presence(r.name) == nil {
		v.add("name", "Name can't be blank")
	}

	if presence(r.slug) == nil {
		v.add("slug", "Slug can't be blank")
	} else if isTaken(p.portalSlugs, *r.slug, r.id) {
		v.add("slug", "Slug has already been taken")
	}

	if presence(r.domain) != nil {
		if isTaken(p.portalDomains, *r.domain, r.id) {
			v.add("custom_domain", "Custom domain has already been taken")
		}
	}

	if p.has(portalColorCheck) && presence(r.color) != nil && !portalColor.MatchString(*r.color) {
		v.add("color", "Color is invalid")
	}
}

// deletePortal takes the portal at once and what is in it in a job, which no request shows.
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
