package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*dashboardAppDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*dashboardAppsDataSource)(nil)
)

func newDashboardAppDataSource() datasource.DataSource { return &dashboardAppDataSource{} }

func newDashboardAppsDataSource() datasource.DataSource { return &dashboardAppsDataSource{} }

type dashboardAppDataSource struct{ configuredDataSource }

func (d *dashboardAppDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_dashboard_app"
}

func dashboardAppDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":         foundText("The app's id."),
		"title":      foundText("What the app is called."),
		"content":    foundList("The pages.", map[string]schema.Attribute{"type": foundText("How the page is shown."), "url": foundText("The page's address.")}),
		"created_at": foundText("When it was made. RFC 3339, in UTC."),
	}
}

func (d *dashboardAppDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := dashboardAppDataAttributes()
	attributes["id"] = lookup("The dashboard app's id. Exactly one of `id` and `title` is needed.", attribute.IntegerID())
	attributes["title"] = lookup("What the app is called. It is an error if several have it.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "A dashboard app, by id or `title`.", Attributes: attributes}
}

func (d *dashboardAppDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("title"))}
}

func (d *dashboardAppDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config dashboardAppData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.client.DashboardApps(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read dashboard apps", err)
		return
	}

	found, ok := theOne(&resp.Diagnostics, asked{"dashboard_app", config.ID, config.Title, "title"}, all, func(one api.DashboardApp) (api.ID, string) { return one.ID, one.Title })
	if !ok {
		return
	}

	config.fromAPI(found, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type dashboardAppsDataSource struct{ configuredDataSource }

func (d *dashboardAppsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_dashboard_apps"
}

func (d *dashboardAppsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All dashboard apps of the account.",
		Attributes:          map[string]schema.Attribute{"dashboard_apps": foundList("The dashboard apps.", dashboardAppDataAttributes())},
	}
}

func (d *dashboardAppsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.client.DashboardApps(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read dashboard apps", err)
		return
	}

	all := struct {
		DashboardApps []dashboardAppData `tfsdk:"dashboard_apps"`
	}{make([]dashboardAppData, len(found))}
	for i, one := range found {
		all.DashboardApps[i].fromAPI(one, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
