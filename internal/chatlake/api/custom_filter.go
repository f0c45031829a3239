package api

import (
	"context"
	"net/url"
	"slices"

	"github.com/seed-426837f5/terraform-provider-chat/internal/reads"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// CustomFilter is a saved view of the token's user; those of others are not to be seen.
type CustomFilter struct {
	ID         ID     `json:"id"`
	Name       string `json:"name"`
	FilterType string `json:"filter_type"`
	Query      Query  `json:"query"`
	CreatedAt  Time   `json:"created_at"`
}

func (x CustomFilter) identity() ID { return x.ID }

// Check refuses a row without an id.
func (x CustomFilter) Check() error { return checkID(x.ID) }

// CustomFilterRequest is what a create or an update of a custom filter sends.
type CustomFilterRequest struct {
	Name       Nullable[string] `json:"name,omitzero"`
	FilterType Nullable[string] `json:"filter_type,omitzero"`
	Query      Nullable[Object] `json:"query,omitzero"`
}

// CreateCustomFilter makes a custom filter.
//
// https://developers.chatwoot.com/api-reference/custom-filters/create-a-custom-filter
func (c *Client) CreateCustomFilter(ctx context.Context, request CustomFilterRequest) (CustomFilter, error) {
	defer c.customFilters.Drop()

	found, err := doObject[CustomFilter](ctx, c, c.create("POST", "/custom_filters").WithJSON(wrapped("custom_filter", request)))

	return found, c.need(ctx, err, "a custom filter", "1.18.0")
}

// filterKinds are the types of custom filters. A list is always of one type.
var filterKinds = []string{"conversation", "contact", "report"}

func (c *Client) newCustomFilters() *reads.By[string, *rowList[CustomFilter]] {
	return &reads.By[string, *rowList[CustomFilter]]{New: func(kind string) *rowList[CustomFilter] {
		return newRowList("custom filter", c.read("GET", "/custom_filters"), func(ctx context.Context) (wirejson.Rows[CustomFilter], error) {
			return c.listCustomFilters(ctx, kind)
		})
	}}
}

// CustomFilter reads one, from the list of its type. The empty type is one that is not known.
func (c *Client) CustomFilter(ctx context.Context, id ID, kind string) (CustomFilter, error) {
	kinds := filterKinds
	if kind != "" {
		kinds = append([]string{kind}, kinds...) // The others for one whose type was changed elsewhere.
	}

	var (
		found CustomFilter
		err   error
	)

	for _, one := range kinds {
		found, err = c.customFilters.Of(one).Get(ctx, id)
		if !transport.IsNotFound(err) {
			break
		}
	}

	return found, err
}

// CustomFilters lists all that the token's user may see.
func (c *Client) CustomFilters(ctx context.Context) ([]CustomFilter, error) {
	var all []CustomFilter

	for _, kind := range filterKinds {
		found, err := c.customFilters.Of(kind).All(ctx)
		if err != nil {
			return nil, err
		}

		all = append(all, found...)
	}

	slices.SortFunc(all, compareIDs)

	return all, nil
}

// https://developers.chatwoot.com/api-reference/custom-filters/list-all-custom-filters
func (c *Client) listCustomFilters(ctx context.Context, kind string) (wirejson.Rows[CustomFilter], error) {
	call := c.read("GET", "/custom_filters").WithQuery(url.Values{"filter_type": {kind}})
	rows, err := transport.Do[wirejson.Rows[CustomFilter]](ctx, c.sender, call)

	return byID(rows), c.need(ctx, err, "a custom filter", "1.18.0")
}

// UpdateCustomFilter changes fields of a custom filter of the given type, which may be among them. Servers before 4.2.0
// find only filters of the type that the query names; newer ones ignore it.
//
// https://developers.chatwoot.com/api-reference/custom-filters/update-a-custom-filter
func (c *Client) UpdateCustomFilter(ctx context.Context, id ID, kind string, request CustomFilterRequest) (CustomFilter, error) {
	defer c.customFilters.Drop() // Also of another type, which it may get.

	call := c.write("PATCH", "/custom_filters/%s", id.String()).WithQuery(url.Values{"filter_type": {kind}})

	found, err := doObject[CustomFilter](ctx, c, call.WithJSON(wrapped("custom_filter", request)))

	return found, c.need(ctx, err, "a custom filter", "1.18.0")
}

// DeleteCustomFilter deletes a custom filter of the given type. A server before 4.2.0 answers that a filter of another type
// does not exist.
//
// https://developers.chatwoot.com/api-reference/custom-filters/delete-a-custom-filter
func (c *Client) DeleteCustomFilter(ctx context.Context, id ID, kind string) error {
	defer c.customFilters.Drop()

	return transport.Run(ctx, c.sender, c.write("DELETE", "/custom_filters/%s", id.String()).WithQuery(url.Values{"filter_type": {kind}}))
}
