package chatlake

import (
	"cmp"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/seed-426837f5/terraform-provider-chat/internal/sandbox"
)

type category struct {
	id              int64
	name, slug      *string
	locale          *string
	description     *string
	position        *int64
	icon, iconColor *string
	parent          *int64
	associated      *int64
	related         []int64
}

type categoryKey struct {
	portal       int64
	locale, slug string
}

var categoryFields = []string{
	"name", "slug", "locale", "description", "position", "icon", "icon_color", "parent_category_id",
	"associated_category_id", "related_category_ids[]",
}

// categoryJSON leaves out relatives that are not there.
func (p *Platform) categoryJSON(r *portal, k *category) object {
	out := k.slim(r)
	articles := r.articles.Where(func(a *article) bool { return a.category == k.id })

	out["icon"] = k.icon
	if p.has(categoryIconColor) {
		out["icon_color"] = k.iconColor
	}

	out["meta"] = object{"articles_count": len(articles)}

	if k.parent != nil {
		parent, found := r.categories.Get(*k.parent)
		if found {
			out["parent_category"] = parent.slim(r)
		}
	}

	if k.associated != nil {
		root, found := r.categories.Get(*k.associated)
		if found {
			out["root_category"] = root.slim(r)
		}
	}

	if len(k.related) > 0 {
		related := []object{}

		for _, id := range k.related {
			other, found := r.categories.Get(id)
			if found {
				related = append(related, other.slim(r))
			}
		}

		if len(related) > 0 {
			out["related_categories"] = related
		}
	}

	return out
}

// slim is the category without its pictures, as its relatives show it.
func (k *category) slim(r *portal) object {
	return object{
		"id": k.id, "name": k.name, "slug": k.slug, "locale": k.locale, "description": k.description,
		"position": k.position, "account_id": r.account,
	}
}

// portalOfCategories is portalAround, which fails on older releases.
func (c *call) portalOfCategories() (*portal, *sandbox.Reply) {
	if c.p.has(categoriesOfNothing) {
		return c.portalAround()
	}

	return c.findPortal()
}

// lookAtCategories is what an agent hears before being refused.
func (c *call) lookAtCategories() *sandbox.Reply {
	if c.p.has(helpAgents) && !c.p.has(categoriesOfNothing) {
		return nil
	}

	if !c.p.has(helpAgents) {
		reply := internal()
		return &reply
	}

	_, refused := c.portalAround()

	return refused
}

// lookAtArticles is the same for articles.
func (c *call) lookAtArticles() *sandbox.Reply {
	_, refused := c.portalAround()
	if refused == nil && !c.p.has(helpAgents) && c.Method == http.MethodPost {
		reply := internal()
		return &reply
	}

	return refused
}

func (c *call) findCategory() (*portal, *category, *sandbox.Reply) {
	r, refused := c.portalOfCategories()
	if refused != nil {
		return nil, nil, refused
	}

	k, found := r.categories.Get(c.id("category"))
	if !found {
		reply := notFound()
		return nil, nil, &reply
	}

	return r, k, nil
}

// listCategories counts the categories of the page, not all of them.
func (p *Platform) listCategories(c *call) sandbox.Reply {
	r, refused := c.portalOfCategories()
	if refused != nil {
		return *refused
	}

	locale := c.URL.Query().Get("locale")
	rows := r.categories.Where(func(k *category) bool { return locale == "" || deref(k.locale) == locale })
	slices.SortStableFunc(rows, func(a, b *category) int { return cmp.Compare(position(a.position), position(b.position)) })

	size := 1000
	if !p.has(categoryPages) {
		size = 25
	}

	number, _ := c.page()
	page := sandbox.Page(rows, number, size)

	return ok(object{
		"payload": mapped(page, func(k *category) object { return p.categoryJSON(r, k) }),
		"meta":    object{"current_page": c.currentPage(), "categories_count": len(page)},
	})
}

// position puts what has none last.
func position(n *int64) int64 {
	if n == nil {
		return 1 << 40
	}

	return *n
}

func (p *Platform) showCategory(c *call) sandbox.Reply {
	r, k, refused := c.findCategory()
	if refused != nil {
		return *refused
	}

	return ok(underPayload(p.categoryJSON(r, k)))
}

func (p *Platform) createCategory(c *call) sandbox.Reply {
	r, refused := c.portalOfCategories()
	if refused != nil {
		return *refused
	}

	k := &category{locale: new("en"), icon: new(""), iconColor: new("")}

	refused = p.assignCategory(c, r, k, true)
	if refused != nil {
		return *refused
	}

	k.id = p.nextID("categories")
	p.keepCategory(r, k)

	return ok(underPayload(p.categoryJSON(r, k)))
}

func (p *Platform) keepCategory(r *portal, k *category) {
	r.categories.Put(k.id, k)
	p.categorySlugs[categoryKey{r.id, deref(k.locale), *k.slug}] = k.id
}

func (p *Platform) updateCategory(c *call) sandbox.Reply {
	r, k, refused := c.findCategory()
	if refused != nil {
		return *refused
	}

	draft := *k

	refused = p.assignCategory(c, r, &draft, false)
	if refused != nil {
		return *refused
	}

	delete(p.categorySlugs, categoryKey{r.id, deref(k.locale), *k.slug})
	*k = draft
	p.keepCategory(r, k)

	return ok(underPayload(p.categoryJSON(r, k)))
}

func (p *Platform) assignCategory(c *call, r *portal, k *category, fresh bool) *sandbox.Reply {
	in, refused := readRoot(c.Request, "category", nil, categoryFields...)
	if refused != nil {
		return refused
	}

	top, _ := parse(c.Request)
	if in.has("related_category_ids") && top.sub("category") == nil {
		c.Complain("related_category_ids outside of an explicit category object is dropped")
		delete(in.values, "related_category_ids")
	}

	in.optString("name", &k.name, maxString)
	in.optString("slug", &k.slug, maxString)
	in.optString("locale", &k.locale, maxString)
	in.optString("description", &k.description, maxText)
	in.int4("position", &k.position)

	if p.has(categoryIcon) {
		in.optString("icon", &k.icon, maxString)
	}

	if p.has(categoryIconColor) {
		in.optString("icon_color", &k.iconColor, maxString)
	}

	in.whole("parent_category_id", &k.parent)
	in.whole("associated_category_id", &k.associated)

	rows, sent := in.list("related_category_ids")
	if sent && (fresh || len(rows) > 0) {
		k.related = nil

		for _, row := range rows {
			number, _ := row.(json.Number)
			id, _ := number.Int64()
			k.related = append(k.related, id)
		}
	} else if sent && len(rows) == 0 && !fresh {
		c.Complain("empty related_category_ids does not clear")
	}

	if presence(k.name) == nil {
		in.errs.add("name", "Name can't be blank")
	}

	if presence(k.slug) == nil {
		in.errs.add("slug", "Slug can't be blank")
	} else if isTaken(p.categorySlugs, categoryKey{r.id, deref(k.locale), *k.slug}, k.id) {
		in.errs.addEnglish("locale", "Locale should be unique in the category and portal")
	}

	if r.isBroken() {
		in.fail(crash(c.Request, "the portal's configuration has no locales"))
		return in.failed
	}

	if !slices.Contains(r.allowedLocales(), deref(k.locale)) {
		in.errs.addEnglish("locale", fmt.Sprintf("Locale %s of category is not part of portal's [%s].", deref(k.locale),
			strings.Join(mapped(r.allowedLocales(), strconv.Quote), ", ")))
	}

	return in.done(p)
}

// deleteCategory detaches its articles.
func (p *Platform) deleteCategory(c *call) sandbox.Reply {
	r, k, refused := c.findCategory()
	if refused != nil {
		return *refused
	}

	for _, a := range r.articles.All() {
		if a.category == k.id {
			a.category = 0
		}
	}

	delete(p.categorySlugs, categoryKey{r.id, deref(k.locale), *k.slug})
	r.categories.Delete(k.id)

	return empty(http.StatusOK)
}

// reorder sets positions by id, up to the first one that is not there.
func (p *Platform) reorder(place func(r *portal, id, position int64) bool) func(*call) sandbox.Reply {
	return func(c *call) sandbox.Reply {
		r, refused := c.portalAround()
		if refused != nil {
			return *refused
		}

		in, refused := read(c.Request, "positions_hash*")
		if refused != nil {
			return *refused
		}

		positions, _ := in.hash("positions_hash")
		for key, value := range positions {
			if !place(r, leadingInteger(key), castInteger(value)) {
				return notFound()
			}
		}

		return empty(http.StatusOK)
	}
}

func placeCategory(r *portal, id, n int64) bool {
	k, found := r.categories.Get(id)
	if found {
		k.position = &n
	}

	return found
}

func placeArticle(r *portal, id, n int64) bool {
	a, found := r.articles.Get(id)
	if found {
		a.position = &n
	}

	return found
}
