package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// Webhook is where the platform posts what happens in the account.
type Webhook struct {
	ID            ID             `json:"id"`
	Name          string         `json:"name"`
	URL           string         `json:"url"`
	Subscriptions wirejson.Texts `json:"subscriptions"`
	Secret        string         `json:"secret"`
	// Inbox is nil if the webhook names none, or one that does not exist.
	Inbox *struct {
		ID ID `json:"id"`
	} `json:"inbox"`
}

func (w Webhook) identity() ID { return w.ID }

// Check refuses a webhook that cannot be told from others.
func (w Webhook) Check() error { return checkID(w.ID) }

// InboxID returns the id of the webhook's inbox; 0 is none.
func (w Webhook) InboxID() ID {
	if w.Inbox == nil {
		return 0
	}

	return w.Inbox.ID
}

// WebhookRequest is what a create or an update of a webhook sends.
type WebhookRequest struct {
	URL           Nullable[string]   `json:"url,omitzero"`
	Name          Nullable[string]   `json:"name,omitzero"`
	Subscriptions Nullable[[]string] `json:"subscriptions,omitzero"`
	InboxID       Nullable[ID]       `json:"inbox_id,omitzero"`
}

type webhookAnswer struct {
	Payload struct {
		Webhook  Webhook                 `json:"webhook"`
		Webhooks *wirejson.Rows[Webhook] `json:"webhooks"`
	} `json:"payload"`
}

func (c *Client) webhookCall(ctx context.Context, call transport.Call) (Webhook, error) {
	answer, err := transport.Do[webhookAnswer](ctx, c.sender, call)
	return checkObject(call, answer.Payload.Webhook, err)
}

// CreateWebhook makes a webhook.
//
// https://developers.chatwoot.com/api-reference/webhooks/add-a-webhook
func (c *Client) CreateWebhook(ctx context.Context, request WebhookRequest) (Webhook, error) {
	defer c.webhooks.Drop()
	return c.webhookCall(ctx, c.create("POST", "/webhooks").WithJSON(wrapped("webhook", request)))
}

// Webhook reads one webhook, from the list: the platform has no other read.
func (c *Client) Webhook(ctx context.Context, id ID) (Webhook, error) { return c.webhooks.Get(ctx, id) }

// Webhooks lists all webhooks.
func (c *Client) Webhooks(ctx context.Context) ([]Webhook, error) { return c.webhooks.All(ctx) }

// https://developers.chatwoot.com/api-reference/webhooks/list-all-webhooks
func (c *Client) listWebhooks(ctx context.Context) (wirejson.Rows[Webhook], error) {
	call := c.read("GET", "/webhooks")

	answer, err := transport.Do[webhookAnswer](ctx, c.sender, call)
	if err != nil {
		return wirejson.Rows[Webhook]{}, err
	}

	if answer.Payload.Webhooks == nil {
		return wirejson.Rows[Webhook]{}, unusable(call, "the answer is not the list that was expected: it has no webhooks")
	}

	return byID(*answer.Payload.Webhooks), nil
}

// UpdateWebhook changes fields of a webhook.
//
// https://developers.chatwoot.com/api-reference/webhooks/update-a-webhook-object
func (c *Client) UpdateWebhook(ctx context.Context, id ID, request WebhookRequest) (Webhook, error) {
	defer c.webhooks.Drop()
	return c.webhookCall(ctx, c.write("PATCH", "/webhooks/%s", id.String()).WithJSON(wrapped("webhook", request)))
}

// DeleteWebhook deletes a webhook.
//
// https://developers.chatwoot.com/api-reference/webhooks/delete-a-webhook
func (c *Client) DeleteWebhook(ctx context.Context, id ID) error {
	defer c.webhooks.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/webhooks/%s", id.String()))
}
