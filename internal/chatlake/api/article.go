package api

import (
	"context"
	"iter"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Article is a page of a help center. Its language is not in the answer, but for that of its category.
type Article struct {
	ID          ID     `json:"id"`
	Title       string `json:"title"`
	Slug        string `json:"slug"`
	Content     string `json:"content"`
	Description string `json:"description"`
	Status      string `json:"status"`
	Position    *int64 `json:"position"`
	Views       *int64 `json:"views"`
	UpdatedAt   Time   `json:"updated_at"`
	Meta        struct {
		Title       wirejson.Loose `json:"title"`
		Description wirejson.Loose `json:"description"`
		Tags        wirejson.Texts `json:"tags"`
	} `json:"meta"`
	Category struct {
		ID     ID     `json:"id"`
		Name   string `json:"name"` // Empty if there is no such category: the server keeps any id.
		Locale string `json:"locale"`
	} `json:"category"`
	Author struct {
		ID ID `json:"id"`
	} `json:"author"`
}

func (a Article) identity() ID { return a.ID }

// Check refuses a row without an id.
func (a Article) Check() error { return checkID(a.ID) }

// ArticleRequest is what a create or an update of an article sends. A field that is left out stays as it is.
type ArticleRequest struct {
	Title               Nullable[string]      `json:"title,omitzero"`
	AuthorID            Nullable[ID]          `json:"author_id,omitzero"`
	Slug                Nullable[string]      `json:"slug,omitzero"`
	Content             Nullable[string]      `json:"content,omitzero"`
	Description         Nullable[string]      `json:"description,omitzero"`
	Status              Nullable[string]      `json:"status,omitzero"`
	CategoryID          Nullable[ID]          `json:"category_id,omitzero"`
	Locale              Nullable[string]      `json:"locale,omitzero"`
	Position            Nullable[int64]       `json:"position,omitzero"`
	AssociatedArticleID Nullable[ID]          `json:"associated_article_id,omitzero"`
	Meta                Nullable[ArticleMeta] `json:"meta,omitzero"`
}

// ArticleMeta is what search engines are told. It replaces the stored one as a whole.
type ArticleMeta struct {
	Title       *string  `json:"title,omitempty"`
	Description *string  `json:"description,omitempty"`
	Tags        []string `json:"tags,omitempty"`
}

// CreateArticle writes an article in a help center.
//
// https://developers.chatwoot.com/api-reference/help-center/add-a-new-article
func (c *Client) CreateArticle(ctx context.Context, portal string, request ArticleRequest) (Article, error) {
	defer c.articles.Forget(portal)

	article, err := doEnveloped[Article](ctx, c, c.create("POST", "/portals/%s/articles", portal).WithJSON(wrapped("article", request)))

	return article, c.inPortal(ctx, portal, err)
}

// Article reads an article of a help center, from a page of the list if that costs less; a help center that is gone takes its
// articles with it.
//
// GET /portals/:slug/articles/:id is not on the vendor's pages.
func (c *Client) Article(ctx context.Context, portal string, id ID) (Article, error) {
	if err := c.hasPortal(ctx, portal); err != nil {
		return Article{}, err
	}

	return c.articles.Of(portal).Get(ctx, id)
}

// EachArticle lists the articles of a help center page by page, in the server's order.
//
// GET /portals/:slug/articles is not on the vendor's pages.
func (c *Client) EachArticle(ctx context.Context, portal string) iter.Seq2[Article, error] {
	return inPages[Article](ctx, c, "/portals/%s/articles", portal)
}

// Articles lists the articles of a help center by position. The server sends those that were changed last first.
//
// GET /portals/:slug/articles is not on the vendor's pages.
func (c *Client) Articles(ctx context.Context, portal string) ([]Article, error) {
	articles, err := collect(c.EachArticle(ctx, portal), 0)
	sortByPosition(articles, func(a Article) *int64 { return a.Position })

	return articles, err
}

// UpdateArticle changes fields of an article.
//
// PATCH /portals/:slug/articles/:id is not on the vendor's pages.
func (c *Client) UpdateArticle(ctx context.Context, portal string, id ID, request ArticleRequest) (Article, error) {
	defer c.articles.Forget(portal)

	call := c.write("PATCH", "/portals/%s/articles/%s", portal, id.String()).WithJSON(wrapped("article", request))
	article, err := doEnveloped[Article](ctx, c, call)

	return article, c.inPortal(ctx, portal, err)
}

// DeleteArticle deletes an article.
//
// DELETE /portals/:slug/articles/:id is not on the vendor's pages.
func (c *Client) DeleteArticle(ctx context.Context, portal string, id ID) error {
	defer c.articles.Forget(portal)

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/portals/%s/articles/%s", portal, id.String()))

	return c.inPortal(ctx, portal, err)
}
