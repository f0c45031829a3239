package api

import "context"

// Portal is a help center.
type Portal struct {
	ID   ID     `json:"id"`
	Slug string `json:"slug"`
}

func (p Portal) identity() ID { return p.ID }

// Portals lists all help centers.
func (c *Client) Portals(ctx context.Context) ([]Portal, error) { return c.portals.All(ctx) }

// https://developers.chatwoot.com/api-reference/help-center/list-all-portals-in-an-account
func (c *Client) listPortals(ctx context.Context) ([]Portal, error) {
	return rows[Portal](ctx, c, c.read("GET", "/portals"))
}
