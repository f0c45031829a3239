package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Article is a page of a help center. Its language is not in the answer, but for that of its category.
type Article struct {
	ID          ID     `json:"id"`
	Title       string `json:"title"`
	Slug        string `json:"slug"`
	Content     string `json:"content"`
	Description string `json:"description"`
	Status      string `json:"status"`
	Position    int64  `json:"position"`
	Views       int64  `json:"views"`
	UpdatedAt   Time   `json:"updated_at"`
	Meta        struct {
		Title       string   `json:"title"`
		Description string   `json:"description"`
		Tags        []string `json:"tags"`
	} `json:"meta"`
	Category struct {
		ID     ID     `json:"id"`
		Locale string `json:"locale"`
	} `json:"category"`
	Author struct {
		ID ID `json:"id"`
	} `json:"author"`
}

func (a Article) identity() ID { return a.ID }

// CreateArticle writes an article in a help center.
//
// https://developers.chatwoot.com/api-reference/help-center/add-a-new-article
func (c *Client) CreateArticle(ctx context.Context, portal string, fields Fields) (Article, error) {
	article, err := doEnveloped[Article](ctx, c, c.create("POST", "/portals/%s/articles", portal).WithJSON(Fields{"article": fields}))
	return article, c.inPortal(ctx, portal, err)
}

// Article reads an article of a help center; one that is gone takes its articles with it.
//
// GET /portals/:slug/articles/:id is not on the vendor's pages.
func (c *Client) Article(ctx context.Context, portal string, id ID) (Article, error) {
	if err := c.hasPortal(ctx, portal); err != nil {
		return Article{}, err
	}

	return doEnveloped[Article](ctx, c, c.read("GET", "/portals/%s/articles/%s", portal, id.String()))
}

// Articles lists the articles of a help center, in their order.
//
// GET /portals/:slug/articles is not on the vendor's pages.
func (c *Client) Articles(ctx context.Context, portal string) ([]Article, error) {
	return inPages[Article](ctx, c, "/portals/%s/articles", portal, 25)
}

// UpdateArticle changes fields of an article.
//
// PATCH /portals/:slug/articles/:id is not on the vendor's pages.
func (c *Client) UpdateArticle(ctx context.Context, portal string, id ID, fields Fields) (Article, error) {
	call := c.write("PATCH", "/portals/%s/articles/%s", portal, id.String()).WithJSON(Fields{"article": fields})
	article, err := doEnveloped[Article](ctx, c, call)

	return article, c.inPortal(ctx, portal, err)
}

// DeleteArticle deletes an article.
//
// DELETE /portals/:slug/articles/:id is not on the vendor's pages.
func (c *Client) DeleteArticle(ctx context.Context, portal string, id ID) error {
	err := transport.Run(ctx, c.sender, c.write("DELETE", "/portals/%s/articles/%s", portal, id.String()))
	return c.inPortal(ctx, portal, err)
}
