package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// CannedResponse is a text that agents insert by its short code.
type CannedResponse struct {
	ID        ID     `json:"id"`
	ShortCode string `json:"short_code"`
	Content   string `json:"content"`
	CreatedAt Time   `json:"created_at"`
}

func (r CannedResponse) identity() ID { return r.ID }

// Check refuses a canned response that cannot be told from others.
func (r CannedResponse) Check() error { return checkID(r.ID) }

// CannedResponseRequest is what a create or an update of a canned response sends.
type CannedResponseRequest struct {
	ShortCode Nullable[string] `json:"short_code,omitzero"`
	Content   Nullable[string] `json:"content,omitzero"`
}

// CreateCannedResponse makes a canned response.
//
// https://developers.chatwoot.com/api-reference/canned-responses/add-a-new-canned-response
func (c *Client) CreateCannedResponse(ctx context.Context, request CannedResponseRequest) (CannedResponse, error) {
	defer c.cannedResponses.Drop()
	return doObject[CannedResponse](ctx, c, c.create("POST", "/canned_responses").WithJSON(wrapped("canned_response", request)))
}

// CannedResponse reads one canned response, from the list: the platform has no other read.
func (c *Client) CannedResponse(ctx context.Context, id ID) (CannedResponse, error) {
	return c.cannedResponses.Get(ctx, id)
}

// CannedResponses lists all canned responses.
//
// https://developers.chatwoot.com/api-reference/canned-responses/list-all-canned-responses-in-an-account
func (c *Client) CannedResponses(ctx context.Context) ([]CannedResponse, error) {
	return c.cannedResponses.All(ctx)
}

// UpdateCannedResponse changes fields of a canned response.
//
// https://developers.chatwoot.com/api-reference/canned-responses/update-a-canned-response
func (c *Client) UpdateCannedResponse(ctx context.Context, id ID, request CannedResponseRequest) (CannedResponse, error) {
	defer c.cannedResponses.Drop()
	return doObject[CannedResponse](ctx, c, c.write("PATCH", "/canned_responses/%s", id.String()).WithJSON(wrapped("canned_response", request)))
}

// DeleteCannedResponse deletes a canned response.
//
// https://developers.chatwoot.com/api-reference/canned-responses/remove-a-canned-response-from-account
func (c *Client) DeleteCannedResponse(ctx context.Context, id ID) error {
	defer c.cannedResponses.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/canned_responses/%s", id.String()))
}
