package chatlake

import (
	"cmp"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type article struct {
	id                          int64
	title, content, description *string
	slug, locale, status        string
	category                    int64 // Any id: whether there is one is not looked at. 0 is none.
	author                      *user
	position, views             *int64
	associated                  *int64
	meta                        object
	updated                     time.Time
}

var (
	articleStatuses = []string{"draft", "published", "archived"}
	reservedSlugs   = []string{"search", "articles", "categories"}
	slugGap         = regexp.MustCompile(`[^a-z0-9]+`)
)

const articlesPerPage = 25

func (p *Platform) articleJSON(r *portal, a *article) object {
	out := object{
		"id": a.id, "slug": a.slug, "title": a.title, "content": a.content, "description": a.description,
		"status": nullable(a.status), "position": a.position, "account_id": r.account, "updated_at": epoch(a.updated),
		"meta": a.meta, "views": a.views, "category": p.articleCategory(r, a), "author": p.authorJSON(r, a),
	}

	linked := []object{}

	for _, o := range r.articles.All() {
		if o.associated != nil && *o.associated == a.id {
			linked = append(linked, p.linkedArticle(r, o))
		}
	}

	if len(linked) > 0 {
		out["associated_articles"] = linked
	}

	return out
}

func (p *Platform) articleCategory(r *portal, a *article) object {
	out := object{"id": nil, "name": nil, "slug": nil, "locale": nil}

	if a.category != 0 {
		out["id"] = a.category
	}

	if p.has(categoryIconColor) {
		out["icon"], out["icon_color"] = nil, nil
	}

	k, found := r.categories.Get(a.category)
	if !found {
		return out
	}

	out["name"], out["slug"], out["locale"] = k.name, k.slug, k.locale
	if p.has(categoryIconColor) {
		out["icon"], out["icon_color"] = k.icon, k.iconColor
	}

	return out
}

// authorJSON knows less of somebody who is in no account of the portal.
func (p *Platform) authorJSON(r *portal, a *article) any {
	out := p.agentJSON(a.author, r.account)
	if a.author.memberships[r.account] != nil {
		return out
	}

	stranger := plain(out)
	stranger["availability_status"], stranger["auto_offline"], stranger["role"] = nil, nil, nil

	if p.switches.Enterprise && p.has(agentCustomRole) {
		stranger["custom_role_id"] = nil
	}

	return stranger
}

// linkedArticle is a translation inside of its root.
func (p *Platform) linkedArticle(r *portal, o *article) object {
	out := object{
		"id": o.id, "category_id": nil, "title": o.title, "content": o.content, "description": o.description,
		"status": nullable(o.status), "account_id": r.account, "portal": p.portalJSON(r, false), "views": o.views,
		"author": p.authorJSON(r, o),
	}
	if o.category != 0 {
		out["category_id"] = o.category
	}

	return out
}

func (c *call) findArticle() (*portal, *article, *sandbox.Reply) {
	r, refused := c.portalAround()
	if refused != nil {
		return nil, nil, refused
	}

	a, found := r.articles.Get(c.id("article"))
	if !found {
		reply := notFound()
		return nil, nil, &reply
	}

	return r, a, nil
}

// listArticles has the latest change first, and those of one category by position. What it counts does not depend on
// status and author.
func (p *Platform) listArticles(c *call) sandbox.Reply {
	r, refused := c.portalAround()
	if refused != nil {
		return *refused
	}

	query := c.URL.Query()
	found := r.articles.Where(func(a *article) bool { return r.fits(a, query) })
	author := leadingInteger(query.Get("author_id"))
	rows := slices.DeleteFunc(slices.Clone(found), func(a *article) bool {
		status := query.Get("status")
		isStatus := status == "" || status == a.status || status == strconv.Itoa(slices.Index(articleStatuses, a.status))

		return !isStatus || author != 0 && a.author.id != author
	})

	slices.SortStableFunc(rows, func(a, b *article) int {
		if query.Get("category_slug") != "" {
			return cmp.Compare(position(a.position), position(b.position))
		}

		return cmp.Or(b.updated.Compare(a.updated), cmp.Compare(b.id, a.id))
	})

	number, _ := c.page()

	count := func(fits func(*article) bool) int {
		return len(slices.DeleteFunc(slices.Clone(found), func(a *article) bool { return !fits(a) }))
	}
	ofStatus := func(status string) int { return count(func(a *article) bool { return a.status == status }) }

	return ok(object{
		"payload": mapped(sandbox.Page(rows, number, articlesPerPage), func(a *article) object { return p.articleJSON(r, a) }),
		"meta": object{
			"all_articles_count": r.articles.Len(), "articles_count": len(found), "current_page": c.currentPage(),
			"archived_articles_count": ofStatus("archived"), "draft_articles_count": ofStatus("draft"),
			"published_count":     ofStatus("published"),
			"mine_articles_count": count(func(a *article) bool { return a.author == c.user }),
		},
	})
}

// fits reports whether an article is of the locale, the category and the words of a query.
func (r *portal) fits(a *article, query url.Values) bool {
	text := strings.ToLower(query.Get("query"))
	k, _ := r.categories.Get(a.category)

	return (query.Get("locale") == "" || a.locale == query.Get("locale")) &&
		(query.Get("category_slug") == "" || k != nil && *k.slug == query.Get("category_slug")) &&
		(text == "" || strings.Contains(strings.ToLower(deref(a.title)+deref(a.content)), text))
}

func (p *Platform) showArticle(c *call) sandbox.Reply {
	r, a, refused := c.findArticle()
	if refused != nil {
		return *refused
	}

	return ok(underPayload(p.articleJSON(r, a)))
}

func (p *Platform) createArticle(c *call) sandbox.Reply {
	r, refused := c.portalAround()
	if refused != nil {
		return *refused
	}

	in, refused := readRoot(c.Request, "article", nil, articleFields...)
	if refused != nil {
		return *refused
	}

	a := &article{status: "draft", meta: object{}}

	linked, refused := p.assignArticle(c, r, a, in, true)
	if refused != nil {
		return *refused
	}

	a.id = p.nextID("articles")
	r.articles.Put(a.id, a)
	p.articleSlugs[a.slug] = a.id

	if !linked {
		return notFound() // The article is made all the same.
	}

	return ok(underPayload(p.articleJSON(r, a)))
}

func (p *Platform) updateArticle(c *call) sandbox.Reply {
	r, a, refused := c.findArticle()
	if refused != nil {
		return *refused
	}

	in, refused := parse(c.Request)
	if refused != nil {
		return *refused
	}

	nested, isObject := in.values["article"].(object)
	if isObject && len(nested) == 0 {
		c.Complain("an empty article changes nothing")
		return ok(underPayload(p.articleJSON(r, a)))
	}

	in, refused = readRoot(c.Request, "article", nil, articleFields...)
	if refused != nil {
		return *refused
	}

	draft := *a

	linked, refused := p.assignArticle(c, r, &draft, in, false)
	if refused != nil {
		return *refused
	}

	delete(p.articleSlugs, a.slug)
	*a = draft
	p.articleSlugs[a.slug] = a.id

	if !linked {
		return notFound()
	}

	return ok(underPayload(p.articleJSON(r, a)))
}

var articleFields = []string{
	"title", "author_id", "content", "description", "slug", "category_id", "status", "locale", "position",
	"associated_article_id", "meta{}",
}

// assignArticle reads a request onto the row. Linked is false if the article to be linked to is not in the portal, which
// the server finds out after it saved the row.
func (p *Platform) assignArticle(c *call, r *portal, a *article, in *input, fresh bool) (linked bool, refused *sandbox.Reply) {
	in.optString("content", &a.content, maxText)
	in.optString("description", &a.description, maxText)

	if fresh && !p.has(articleStatusKept) {
		status := a.status
		in.optEnum("status", articleStatuses, &status)
	} else {
		in.optEnum("status", articleStatuses, &a.status)
	}

	meta, sent := in.hash("meta")
	if sent {
		a.meta = pick(meta, "title", "description", "tags")
	}

	before := a.category
	p.assignArticleCategory(r, a, in)
	p.assignLocale(r, a, in)

	if fresh {
		a.position = p.nextPosition(r, a)
	}

	in.int4("position", &a.position)

	if !fresh && a.category != before {
		a.position = p.nextPosition(r, a)
	}

	p.assignArticleAuthor(c, a, in, fresh)
	in.optString("title", &a.title, maxString)
	p.assignSlug(a, in)
	p.validateArticle(in, a)

	a.updated = p.core.Now()

	return assignRoot(r, a, in), in.done(p)
}

func (p *Platform) validateArticle(in *input, a *article) {
	if presence(a.title) == nil {
		in.errs.add("title", "Title can't be blank")
	}

	if (a.status == "published" || !p.has(articleContentOptional)) && presence(a.content) == nil {
		in.errs.add("content", "Content can't be blank")
	}

	if p.has(articleSlugsReserved) && slices.Contains(reservedSlugs, a.slug) {
		in.errs.add("slug", "Slug is reserved")
	}

	if isTaken(p.articleSlugs, a.slug, a.id) {
		in.refused = new(internal()) // Only the index knows.
	}
}

// assignSlug makes a slug where none is sent; a blank one is kept.
func (p *Platform) assignSlug(a *article, in *input) {
	slug := &a.slug
	in.optString("slug", &slug, maxString)

	a.slug = deref(slug)
	if slug == nil || a.slug == "" && !in.has("slug") {
		words := strings.Trim(slugGap.ReplaceAllString(strings.ToLower(deref(a.title)), "-"), "-")
		a.slug = fmt.Sprintf("%d-%s", p.core.Now().Unix(), words)
	}
}

// assignRoot links an article to the one that it translates, and reports whether that is in the portal.
func assignRoot(r *portal, a *article, in *input) bool {
	if !in.has("associated_article_id") {
		return true
	}

	var id *int64
	in.whole("associated_article_id", &id)

	a.associated = nil
	if id == nil {
		return true
	}

	root, found := r.articles.Get(*id)
	if !found {
		in.req.Complain("associated_article_id %d is not in this portal: the rest is saved", *id)
		return false
	}

	a.associated = &root.id
	if root.associated != nil {
		a.associated = root.associated
	}

	return true
}

func (p *Platform) assignArticleCategory(r *portal, a *article, in *input) {
	if !in.has("category_id") {
		return
	}

	var id *int64
	in.whole("category_id", &id)

	a.category = 0
	if id == nil {
		return
	}

	a.category = *id

	_, found := r.categories.Get(*id)
	if !found {
		in.req.Complain("category_id %d is not in this portal", *id)
	}
}

// assignLocale lets the category decide, then the request, then the portal.
func (p *Platform) assignLocale(r *portal, a *article, in *input) {
	sent, _ := in.values["locale"].(string)
	if !p.has(articleLocale) {
		sent = ""
	}

	k, found := r.categories.Get(a.category)

	switch {
	case found:
		a.locale = deref(k.locale)
	case sent != "":
		a.locale = sent
	case a.locale == "":
		a.locale = r.defaultLocale()
	}
}

// nextPosition is behind all articles of the category; the article itself counts. Those without a category are counted over
// all portals of the account.
func (p *Platform) nextPosition(r *portal, a *article) *int64 {
	last := int64(0)
	if a.id != 0 && a.position != nil {
		last = *a.position
	}

	for _, other := range p.portals.Where(func(o *portal) bool { return o.account == r.account }) {
		for _, o := range other.articles.All() {
			if o.id != a.id && o.category == a.category && o.position != nil {
				last = max(last, *o.position)
			}
		}
	}

	return new(last + 10)
}

func (p *Platform) assignArticleAuthor(c *call, a *article, in *input, fresh bool) {
	if !in.has("author_id") && !fresh {
		return
	}

	var id *int64
	in.whole("author_id", &id)

	if id == nil {
		in.errs.add("author", "Author must exist")
		in.errs.add("author_id", "Author can't be blank")

		return
	}

	author, found := p.users.Get(*id)
	if !found {
		in.errs.add("author", "Author must exist")
		return
	}

	if author.memberships[c.account.id] == nil {
		in.req.Complain("author_id %d is no agent of this account", *id)
	}

	a.author = author
}

func (p *Platform) deleteArticle(c *call) sandbox.Reply {
	r, a, refused := c.findArticle()
	if refused != nil {
		return *refused
	}

	delete(p.articleSlugs, a.slug)
	r.articles.Delete(a.id)

	return empty(http.StatusOK)
}
