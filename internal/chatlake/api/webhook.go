package api

import (
	"context"
	"errors"
	"net/http"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// Webhook is where the platform posts what happens in the account.
type Webhook struct {
	ID            ID       `json:"id"`
	Name          string   `json:"name"`
	URL           string   `json:"url"`
	Subscriptions []string `json:"subscriptions"`
	Secret        string   `json:"secret"`
	Inbox         struct {
		ID ID `json:"id"`
	} `json:"inbox"`
}

func (w Webhook) identity() ID { return w.ID }

type webhookAnswer struct {
	Payload struct {
		Webhook  Webhook    `json:"webhook"`
		Webhooks *[]Webhook `json:"webhooks"`
	} `json:"payload"`
}

func (c *Client) webhookCall(ctx context.Context, call transport.Call) (Webhook, error) {
	answer, err := transport.Do[webhookAnswer](ctx, c.sender, call)
	return checkObject(call, answer.Payload.Webhook, err)
}

// CreateWebhook makes a webhook.
//
// https://developers.chatwoot.com/api-reference/webhooks/add-a-webhook
func (c *Client) CreateWebhook(ctx context.Context, fields Fields) (Webhook, error) {
	defer c.webhooks.Drop()
	return c.webhookCall(ctx, c.create("POST", "/webhooks").WithJSON(Fields{"webhook": fields}))
}

// Webhook reads one webhook, from the list: the platform has no other read.
func (c *Client) Webhook(ctx context.Context, id ID) (Webhook, error) { return c.webhooks.Get(ctx, id) }

// Webhooks lists all webhooks.
func (c *Client) Webhooks(ctx context.Context) ([]Webhook, error) { return c.webhooks.All(ctx) }

// https://developers.chatwoot.com/api-reference/webhooks/list-all-webhooks
func (c *Client) listWebhooks(ctx context.Context) ([]Webhook, error) {
	call := c.read("GET", "/webhooks")

	answer, err := transport.Do[webhookAnswer](ctx, c.sender, call)
	if err != nil {
		return nil, err
	}

	if answer.Payload.Webhooks == nil {
		return nil, &transport.Error{
			Platform: "Chatlake", Method: call.Method, Path: call.Path, Status: http.StatusOK, Reason: transport.Unusable,
			Err: errors.New("the answer is not the list that was expected: it has no webhooks"),
		}
	}

	return *answer.Payload.Webhooks, nil
}

// UpdateWebhook changes fields of a webhook.
//
// https://developers.chatwoot.com/api-reference/webhooks/update-a-webhook-object
func (c *Client) UpdateWebhook(ctx context.Context, id ID, fields Fields) (Webhook, error) {
	defer c.webhooks.Drop()
	return c.webhookCall(ctx, c.write("PATCH", "/webhooks/%s", id.String()).WithJSON(Fields{"webhook": fields}))
}

// DeleteWebhook deletes a webhook.
//
// https://developers.chatwoot.com/api-reference/webhooks/delete-a-webhook
func (c *Client) DeleteWebhook(ctx context.Context, id ID) error {
	defer c.webhooks.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/webhooks/%s", id.String()))
}
