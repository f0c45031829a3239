package api

import (
	"context"

	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
	"github.com/seed-426837f5/terraform-provider-chat/internal/wirejson"
)

// DashboardApp is a page of another program that agents see beside a conversation.
type DashboardApp struct {
	ID        ID               `json:"id"`
	Title     string           `json:"title"`
	Content   []DashboardFrame `json:"content"`
	CreatedAt Time             `json:"created_at"`
}

func (x DashboardApp) identity() ID { return x.ID }

// Check refuses one that cannot be told from others.
func (x DashboardApp) Check() error { return checkID(x.ID) }

// DashboardAppRequest is what a create or an update of a dashboard app sends.
type DashboardAppRequest struct {
	Title   Nullable[string]           `json:"title,omitzero"`
	Content Nullable[[]DashboardFrame] `json:"content,omitzero"`
}

// DashboardFrame is one page of a dashboard app.
type DashboardFrame struct {
	Type wirejson.Loose `json:"type"`
	URL  wirejson.Loose `json:"url"` // Other clients store numbers.
}

// NewDashboardFrame returns a page to send.
func NewDashboardFrame(kind, url string) DashboardFrame {
	return DashboardFrame{Type: wirejson.Loose(kind), URL: wirejson.Loose(url)}
}

// CreateDashboardApp makes a dashboard app.
//
// POST /dashboard_apps is not on the vendor's pages; it is in the server since 2.6.0.
func (c *Client) CreateDashboardApp(ctx context.Context, request DashboardAppRequest) (DashboardApp, error) {
	defer c.dashboardApps.Drop()

	found, err := doObject[DashboardApp](ctx, c, c.create("POST", "/dashboard_apps").WithJSON(wrapped("dashboard_app", request)))

	return found, c.need(ctx, err, "a dashboard app", "2.6.0")
}

// DashboardApp reads one, from the list.
func (c *Client) DashboardApp(ctx context.Context, id ID) (DashboardApp, error) {
	return c.dashboardApps.Get(ctx, id)
}

// DashboardApps lists all that the token's user may see.
func (c *Client) DashboardApps(ctx context.Context) ([]DashboardApp, error) {
	return c.dashboardApps.All(ctx)
}

// GET /dashboard_apps is not on the vendor's pages.
func (c *Client) listDashboardApps(ctx context.Context) (wirejson.Rows[DashboardApp], error) {
	found, err := transport.Do[wirejson.Rows[DashboardApp]](ctx, c.sender, c.read("GET", "/dashboard_apps"))
	return byID(found), c.need(ctx, err, "a dashboard app", "2.6.0")
}

// UpdateDashboardApp changes fields of a dashboard app.
//
// PATCH /dashboard_apps/:id is not on the vendor's pages.
func (c *Client) UpdateDashboardApp(ctx context.Context, id ID, request DashboardAppRequest) (DashboardApp, error) {
	defer c.dashboardApps.Drop()

	found, err := doObject[DashboardApp](ctx, c, c.write("PATCH", "/dashboard_apps/%s", id.String()).WithJSON(wrapped("dashboard_app", request)))

	return found, c.need(ctx, err, "a dashboard app", "2.6.0")
}

// DeleteDashboardApp deletes a dashboard app.
//
// DELETE /dashboard_apps/:id is not on the vendor's pages.
func (c *Client) DeleteDashboardApp(ctx context.Context, id ID) error {
	defer c.dashboardApps.Drop()
	return transport.Run(ctx, c.sender, c.write("DELETE", "/dashboard_apps/%s", id.String()))
}
