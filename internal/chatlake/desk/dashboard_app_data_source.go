package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*dashboardAppDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*dashboardAppsDataSource)(nil)
)

func newDashboardAppDataSource() datasource.DataSource { return &dashboardAppDataSource{} }

func newDashboardAppsDataSource() datasource.DataSource { return &dashboardAppsDataSource{} }

type dashboardAppDataSource struct{ account.DataSource }

func (d *dashboardAppDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_dashboard_app"
}

func dashboardAppDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":         attribute.Found("The app's id."),
		"title":      attribute.Found("What the app is called."),
		"content":    attribute.FoundList("The pages.", map[string]schema.Attribute{"type": attribute.Found("How the page is shown."), "url": attribute.Found("The page's address.")}),
		"created_at": attribute.Found("When it was made. RFC 3339, in UTC."),
	}
}

func (d *dashboardAppDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := dashboardAppDataAttributes()
	attributes["id"] = attribute.Lookup("The dashboard app's id. Exactly one of `id` and `title` is needed.", attribute.IntegerID())
	attributes["title"] = attribute.Lookup("What the app is called. It is an error if several have it.", attribute.NotEmpty())
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

	all, err := d.Client.DashboardApps(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read dashboard apps", err)
		return
	}

	found, ok := account.FindOne(&resp.Diagnostics, account.Query{Kind: "dashboard_app", ID: config.ID, Key: config.Title, KeyName: "title"}, all, func(one api.DashboardApp) (api.ID, string) { return one.ID, one.Title })
	if !ok {
		return
	}

	config.fromAPI(found, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type dashboardAppsDataSource struct{ account.DataSource }

func (d *dashboardAppsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_dashboard_apps"
}

func (d *dashboardAppsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All dashboard apps of the account.",
		Attributes:          map[string]schema.Attribute{"dashboard_apps": attribute.FoundList("The dashboard apps.", dashboardAppDataAttributes())},
	}
}

func (d *dashboardAppsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.DashboardApps(ctx)
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
