package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// dashboardAppSources are the data sources chatlake_dashboard_app and chatlake_dashboard_apps.
var dashboardAppSources = lookup.Sources[api.Client, api.DashboardApp, dashboardAppData]{
	Type: "chatlake_dashboard_app", Plural: "chatlake_dashboard_apps", ListName: "dashboard_apps",
	Description:       "A dashboard app, by id or `title`.",
	PluralDescription: "All dashboard apps of the account.",
	ListDescription:   "The dashboard apps.",
	Attributes: map[string]schema.Attribute{
		"id":         attribute.Found("The app's id."),
		"title":      attribute.Found("What the app is called."),
		"content":    attribute.FoundList("The pages.", map[string]schema.Attribute{"type": attribute.Found("How the page is shown."), "url": attribute.Found("The page's address.")}),
		"created_at": attribute.Found("When it was made. RFC 3339, in UTC."),
	},
	Keys: []lookup.Key[api.DashboardApp]{
		{
			Name: "id", Attribute: attribute.Lookup("The dashboard app's id. Exactly one of `id` and `title` is needed.", attribute.IntegerID()),
			Of: func(found api.DashboardApp) string { return found.ID.String() },
		},
		{
			Name: "title", Attribute: attribute.Lookup("The app's title. It is an error if several have it.", attribute.NotEmpty()),
			Of: func(found api.DashboardApp) string { return found.Title },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.DashboardApp, error) {
		return client.DashboardApps(ctx)
	},
	Model: func(found api.DashboardApp, _ string) dashboardAppData {
		var m dashboardAppData
		m.fromAPI(found)

		return m
	},
}
