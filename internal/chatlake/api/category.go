package api

import (
	"context"
	"iter"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Category is a chapter of a help center in one language.
type Category struct {
	ID          ID     `json:"id"`
	Name        string `json:"name"`
	Slug        string `json:"slug"`
	Locale      string `json:"locale"`
	Description string `json:"description"`
	Position    *int64 `json:"position"`
	Icon        string `json:"icon"`
	IconColor   string `json:"icon_color"`
	Parent      struct {
		ID ID `json:"id"`
	} `json:"parent_category"`
	Root struct {
		ID ID `json:"id"`
	} `json:"root_category"`
	Related []struct {
		ID ID `json:"id"`
	} `json:"related_categories"`
}

func (k Category) identity() ID { return k.ID }

// Check refuses a row without an id.
func (k Category) Check() error { return checkID(k.ID) }

// CategoryRequest is what a create or an update of a category sends. A field that is left out stays as it is.
type CategoryRequest struct {
	Name                 Nullable[string] `json:"name,omitzero"`
	Slug                 Nullable[string] `json:"slug,omitzero"`
	Locale               Nullable[string] `json:"locale,omitzero"`
	Description          Nullable[string] `json:"description,omitzero"`
	Position             Nullable[int64]  `json:"position,omitzero"`
	Icon                 Nullable[string] `json:"icon,omitzero"`
	IconColor            Nullable[string] `json:"icon_color,omitzero"`
	ParentCategoryID     Nullable[ID]     `json:"parent_category_id,omitzero"`
	AssociatedCategoryID Nullable[ID]     `json:"associated_category_id,omitzero"`
	// RelatedCategoryIDs cannot be emptied: the server ignores an empty list.
	RelatedCategoryIDs Nullable[[]ID] `json:"related_category_ids,omitzero"`
}

// CreateCategory makes a category in a help center.
//
// https://developers.chatwoot.com/api-reference/help-center/add-a-new-category
func (c *Client) CreateCategory(ctx context.Context, portal string, request CategoryRequest) (Category, error) {
	defer c.dropParts(portal) // Articles tell their category.

	category, err := doEnveloped[Category](ctx, c, c.create("POST", "/portals/%s/categories", portal).WithJSON(wrapped("category", request)))

	return category, c.inPortal(ctx, portal, err)
}

// Category reads a category of a help center, from a page of the list if that costs less; a help center that is gone takes its
// categories with it.
//
// GET /portals/:slug/categories/:id is not on the vendor's pages.
func (c *Client) Category(ctx context.Context, portal string, id ID) (Category, error) {
	if err := c.hasPortal(ctx, portal); err != nil {
		return Category{}, err
	}

	return c.categories.Of(portal).Get(ctx, id)
}

// EachCategory lists the categories of a help center page by page, in the server's order.
//
// GET /portals/:slug/categories is not on the vendor's pages.
func (c *Client) EachCategory(ctx context.Context, portal string) iter.Seq2[Category, error] {
	return inPages[Category](ctx, c, "/portals/%s/categories", portal)
}

// Categories lists the categories of a help center by position. The server has no order for equal positions.
//
// GET /portals/:slug/categories is not on the vendor's pages.
func (c *Client) Categories(ctx context.Context, portal string) ([]Category, error) {
	categories, err := collect(c.EachCategory(ctx, portal), 0)
	sortByPosition(categories, func(k Category) *int64 { return k.Position })

	return categories, err
}

// UpdateCategory changes fields of a category. An empty list of related categories changes nothing.
//
// PATCH /portals/:slug/categories/:id is not on the vendor's pages.
func (c *Client) UpdateCategory(ctx context.Context, portal string, id ID, request CategoryRequest) (Category, error) {
	defer c.dropParts(portal) // Articles tell their category.

	call := c.write("PATCH", "/portals/%s/categories/%s", portal, id.String()).WithJSON(wrapped("category", request))
	category, err := doEnveloped[Category](ctx, c, call)

	return category, c.inPortal(ctx, portal, err)
}

// DeleteCategory deletes a category; its articles stay.
//
// DELETE /portals/:slug/categories/:id is not on the vendor's pages.
func (c *Client) DeleteCategory(ctx context.Context, portal string, id ID) error {
	defer c.dropParts(portal) // Articles tell their category.

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/portals/%s/categories/%s", portal, id.String()))

	return c.inPortal(ctx, portal, err)
}
