package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Macro is a list of actions that agents run on a conversation.
type Macro struct {
	ID         ID     `json:"id"`
	Name       string `json:"name"`
	Visibility string `json:"visibility"`
	Actions    Steps  `json:"actions"`
	CreatedBy  struct {
		ID ID `json:"id"`
	} `json:"created_by"`

	Files AttachedFiles `json:"files"`
}

func (x Macro) identity() ID { return x.ID }

// Check refuses a row without an id.
func (x Macro) Check() error { return checkID(x.ID) }

// MacroRequest is what a create or an update of a macro sends.
type MacroRequest struct {
	Name       Nullable[string] `json:"name,omitzero"`
	Visibility Nullable[string] `json:"visibility,omitzero"`
	Actions    Nullable[Steps]  `json:"actions,omitzero"`
}

// CreateMacro makes a macro.
//
// POST /macros is not on the vendor's pages; it is in the server since 2.8.0.
func (c *Client) CreateMacro(ctx context.Context, request MacroRequest) (Macro, error) {
	defer c.macros.Drop()

	found, err := doEnveloped[Macro](ctx, c, c.create("POST", "/macros").WithJSON(request))

	return found, c.need(ctx, err, "a macro", "2.8.0")
}

// Macro reads one, from the list; what the list does not show is asked for, for a macro without visibility is hidden.
func (c *Client) Macro(ctx context.Context, id ID) (Macro, error) {
	macro, err := c.macros.Get(ctx, id)
	if !transport.IsNotFound(err) {
		return macro, err
	}

	return doEnveloped[Macro](ctx, c, c.read("GET", "/macros/%s", id.String()))
}

// Macros lists all that the token's user may see.
func (c *Client) Macros(ctx context.Context) ([]Macro, error) { return c.macros.All(ctx) }

// GET /macros is not on the vendor's pages.
func (c *Client) listMacros(ctx context.Context) (wirejson.Rows[Macro], error) {
	found, err := payloadRows[Macro](ctx, c, c.read("GET", "/macros"))
	return byID(found), c.need(ctx, err, "a macro", "2.8.0")
}

// UpdateMacro changes fields of a macro.
//
// PATCH /macros/:id is not on the vendor's pages. An update without visibility hides the macro.
func (c *Client) UpdateMacro(ctx context.Context, id ID, request MacroRequest) (Macro, error) {
	defer c.macros.Drop()

	found, err := doEnveloped[Macro](ctx, c, c.write("PATCH", "/macros/%s", id.String()).WithJSON(request))

	return found, c.need(ctx, err, "a macro", "2.8.0")
}

// DeleteMacro deletes a macro.
//
// DELETE /macros/:id is not on the vendor's pages.
func (c *Client) DeleteMacro(ctx context.Context, id ID) error {
	defer c.macros.Drop()

	err := transport.Run(ctx, c.sender, c.write("DELETE", "/macros/%s", id.String()))

	return notFoundAfterCrash(ctx, c.macros, id, err)
}

// RunMacro runs a macro on conversations. The server does so in the background.
//
// POST /macros/:id/execute is not on the vendor's pages; it is in the server since 2.8.0.
func (c *Client) RunMacro(ctx context.Context, id ID, conversations []ID) error {
	defer c.dropConversations()

	body := struct {
		Conversations []ID `json:"conversation_ids"`
	}{conversations}
	err := transport.Run(ctx, c.sender, c.create("POST", "/macros/%s/execute", id.String()).WithJSON(body))

	return c.need(ctx, err, "running a macro", "2.8.0")
}
