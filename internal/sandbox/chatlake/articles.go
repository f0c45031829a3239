package chatlake

import (
	"cmp"
	"fmt"
	"net/http"
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
	category                    *category
	author                      *user
	position, views             int64
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
		"status": a.status, "position": a.position, "account_id": r.account, "updated_at": epoch(a.updated), "meta": a.meta,
		"views": a.views, "category": object{"id": nil, "name": nil, "slug": nil, "locale": nil, "icon": nil, "icon_color": nil},
		"author": p.agentJSON(a.author, r.account),
	}
	if a.category != nil {
		out["category"] = a.category.slim()
	}

	linked := []object{}

	for _, o := range r.articles.All() {
		if o.associated != nil && *o.associated == a.id {
			linked = append(linked, object{"id": o.id, "slug": o.slug, "title": o.title})
		}
	}

	if len(linked) > 0 {
		out["associated_articles"] = linked
	}

	return out
}

func (c *call) findArticle() (*portal, *article, *sandbox.Reply) {
	r, refused := c.findPortal()
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

func (p *Platform) listArticles(c *call) sandbox.Reply {
	r, refused := c.findPortal()
	if refused != nil {
		return *refused
	}

	query := c.URL.Query()
	author, _ := strconv.ParseInt(query.Get("author_id"), 10, 64)
	text := strings.ToLower(query.Get("query"))
	rows := r.articles.Where(func(a *article) bool {
		status := slices.Index(articleStatuses, a.status)

		return (query.Get("locale") == "" || a.locale == query.Get("locale")) &&
			(query.Get("status") == "" || query.Get("status") == a.status || query.Get("status") == strconv.Itoa(status)) &&
			(query.Get("category_slug") == "" || a.category != nil && *a.category.slug == query.Get("category_slug")) &&
			(author == 0 || a.author.id == author) &&
			(text == "" || strings.Contains(strings.ToLower(deref(a.title)+deref(a.content)), text))
	})
	slices.SortStableFunc(rows, func(a, b *article) int { return cmp.Compare(a.position, b.position) })

	number, _ := c.page()
	meta := r.meta()
	meta["current_page"], meta["articles_count"] = c.currentPage(), len(rows)

	return ok(object{
		"payload": mapped(sandbox.Page(rows, number, articlesPerPage), func(a *article) object { return p.articleJSON(r, a) }),
		"meta":    meta,
	})
}

func (p *Platform) showArticle(c *call) sandbox.Reply {
	r, a, refused := c.findArticle()
	if refused != nil {
		return *refused
	}

	return ok(underPayload(p.articleJSON(r, a)))
}

func (p *Platform) createArticle(c *call) sandbox.Reply {
	r, refused := c.findPortal()
	if refused != nil {
		return *refused
	}

	a := &article{status: "draft", meta: object{}}
	if refused := p.assignArticle(c, r, a, true); refused != nil {
		return *refused
	}

	a.id = p.nextID("articles")
	r.articles.Put(a.id, a)
	p.articleSlugs[a.slug] = a.id

	return ok(underPayload(p.articleJSON(r, a)))
}

func (p *Platform) updateArticle(c *call) sandbox.Reply {
	r, a, refused := c.findArticle()
	if refused != nil {
		return *refused
	}

	draft := *a
	if refused := p.assignArticle(c, r, &draft, false); refused != nil {
		return *refused
	}

	delete(p.articleSlugs, a.slug)
	*a = draft
	p.articleSlugs[a.slug] = a.id

	return ok(underPayload(p.articleJSON(r, a)))
}

func (p *Platform) assignArticle(c *call, r *portal, a *article, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "article", nil, "title", "author_id", "content", "description", "slug", "category_id",
		"status", "locale", "position", "associated_article_id", "meta{}")
	if refused != nil {
		return refused
	}

	in.optString("title", &a.title, maxString)
	in.optString("content", &a.content, maxText)
	in.optString("description", &a.description, maxText)
	in.enum("status", articleStatuses, &a.status)
	in.whole("associated_article_id", &a.associated)

	meta, sent := in.hash("meta")
	if sent {
		a.meta = meta
	}

	before := a.category
	p.assignArticleCategory(r, a, in)
	p.assignLocale(r, a, in)

	if fresh || a.category != before {
		a.position = r.nextPosition(a)
	}

	in.number("position", &a.position)
	p.assignArticleAuthor(c, a, in, fresh)
	slug := &a.slug
	in.optString("slug", &slug, maxString)

	a.slug = deref(slug)
	if strings.TrimSpace(a.slug) == "" {
		words := strings.Trim(slugGap.ReplaceAllString(strings.ToLower(deref(a.title)), "-"), "-")
		a.slug = fmt.Sprintf("%d-%s", p.core.Now().UnixMilli(), words)
	}

	if presence(a.title) == nil {
		in.errs.add("title", "Title can't be blank")
	}

	if a.status == "published" && presence(a.content) == nil {
		in.errs.add("content", "Content can't be blank")
	}

	if slices.Contains(reservedSlugs, a.slug) {
		in.errs.add("slug", "Slug is reserved")
	}

	other, taken := p.articleSlugs[a.slug]
	if taken && other != a.id && !in.errs.any() {
		in.fail(internal()) // Only the index knows.
	}

	a.updated = p.core.Now()

	return in.done(p)
}

func (p *Platform) assignArticleCategory(r *portal, a *article, in *input) {
	if !in.has("category_id") {
		return
	}

	var id *int64
	in.whole("category_id", &id)

	a.category = nil
	if id != nil {
		a.category, _ = r.categories.Get(*id)
		if a.category == nil {
			in.req.Complain("category_id %d is not in this portal", *id)
		}
	}
}

// assignLocale lets the category decide, then the request, then the portal.
func (p *Platform) assignLocale(r *portal, a *article, in *input) {
	sent, _ := in.values["locale"].(string)
	switch {
	case a.category != nil:
		a.locale = a.category.locale
	case sent != "":
		a.locale = sent
	case a.locale == "":
		a.locale = r.defaultLocale()
	}

	if a.category == nil && !slices.Contains(r.allowedLocales(), a.locale) {
		in.errs.addEnglish("locale", "Locale "+a.locale+" is not part of the portal")
	}
}

func (r *portal) nextPosition(a *article) int64 {
	last := int64(0)

	for _, o := range r.articles.All() {
		if o.id != a.id && o.category == a.category {
			last = max(last, o.position)
		}
	}

	return last + 10
}

func (p *Platform) assignArticleAuthor(c *call, a *article, in *input, fresh bool) {
	if !in.has("author_id") && !fresh {
		return
	}

	var id *int64
	in.whole("author_id", &id)

	if id == nil {
		in.errs.add("author_id", "Author can't be blank")
		return
	}

	author, found := p.users.Get(*id)
	if !found {
		in.errs.add("author", "Author must exist")
		return
	}

	if author.memberships[c.account.id] == nil {
		in.req.Complain("author_id %d is nobody of this account", *id)
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
