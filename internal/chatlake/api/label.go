package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Label is a label of the account. Contacts and conversations carry its title, not its id.
type Label struct {
	ID            ID      `json:"id"`
	Title         string  `json:"title"`
	Description   *string `json:"description"`
	Color         string  `json:"color"`
	ShowOnSidebar *bool   `json:"show_on_sidebar"`
}

func (l Label) identity() ID { return l.ID }

// Check refuses a label that cannot be told from others.
func (l Label) Check() error { return checkID(l.ID) }

// LabelRequest is what a create or an update of a label sends.
type LabelRequest struct {
	Title         Nullable[string] `json:"title,omitzero"`
	Description   Nullable[string] `json:"description,omitzero"`
	Color         Nullable[string] `json:"color,omitzero"`
	ShowOnSidebar Nullable[bool]   `json:"show_on_sidebar,omitzero"`
}

// CreateLabel makes a label.
//
// https://developers.chatwoot.com/api-reference/labels/create-a-label
func (c *Client) CreateLabel(ctx context.Context, request LabelRequest) (Label, error) {
	defer c.labels.Drop()
	return doObject[Label](ctx, c, c.create("POST", "/labels").WithJSON(wrapped("label", request)))
}

// Label reads one label, from the list: agents may not read a single one.
func (c *Client) Label(ctx context.Context, id ID) (Label, error) { return c.labels.Get(ctx, id) }

// Labels lists all labels, by title.
func (c *Client) Labels(ctx context.Context) ([]Label, error) { return c.labels.All(ctx) }

// https://developers.chatwoot.com/api-reference/labels/list-all-labels
func (c *Client) listLabels(ctx context.Context) (wirejson.Rows[Label], error) {
	return payloadRows[Label](ctx, c, c.read("GET", "/labels"))
}

// UpdateLabel changes fields of a label. A new title reaches contacts and conversations some time later.
//
// https://developers.chatwoot.com/api-reference/labels/update-a-label
func (c *Client) UpdateLabel(ctx context.Context, id ID, request LabelRequest) (Label, error) {
	defer c.labels.Drop()
	return doObject[Label](ctx, c, c.write("PATCH", "/labels/%s", id.String()).WithJSON(wrapped("label", request)))
}

// DeleteLabel deletes a label. It disappears from contacts and conversations some time later.
//
// https://developers.chatwoot.com/api-reference/labels/delete-a-label
func (c *Client) DeleteLabel(ctx context.Context, id ID) error {
	defer c.labels.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/labels/%s", id.String()))
}
