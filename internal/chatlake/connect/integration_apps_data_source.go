package connect

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

// integrationAppsKind is the data source chatlake_integration_apps. Nothing makes an app.
func integrationAppsKind() account.Kind {
	return account.Kind{DataSources: []func() datasource.DataSource{newIntegrationAppsDataSource}}
}

var _ datasource.DataSourceWithConfigure = (*integrationAppsDataSource)(nil)

func newIntegrationAppsDataSource() datasource.DataSource { return &integrationAppsDataSource{} }

type integrationAppsDataSource struct{ account.DataSource }

type integrationAppsModel struct {
	Apps []integrationAppModel `tfsdk:"integration_apps"`
}

type integrationAppModel struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Enabled     types.Bool   `tfsdk:"enabled"`
	HookType    types.String `tfsdk:"hook_type"`
	AllowsMany  types.Bool   `tfsdk:"allow_multiple_hooks"`
	Schema      types.String `tfsdk:"settings_json_schema"`
	Visible     types.Set    `tfsdk:"visible_properties"`
	HookIDs     types.Set    `tfsdk:"hook_ids"`
}

func (d *integrationAppsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_integration_apps"
}

func (d *integrationAppsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The apps of other vendors that the account can use with `chatlake_integration_hook`. The server leaves out apps that the installation or the account is not set up for, such as `slack`.",
		Attributes: map[string]schema.Attribute{
			"integration_apps": attribute.FoundList("The apps, in the server's order.", map[string]schema.Attribute{
				"id":                   attribute.Found("The app's id: `app_id` of a hook."),
				"name":                 attribute.Found("What the app is called, in the language of the token's user."),
				"description":          attribute.Found("What the app does, in that language."),
				"enabled":              attribute.FoundFlag("Whether the account uses it."),
				"hook_type":            attribute.Found("What uses the app: `account`, or `inbox` for one that needs an `inbox_id`. Null for an agent's token, as what follows is."),
				"allow_multiple_hooks": attribute.FoundFlag("Whether there may be several hooks of it."),
				"settings_json_schema": attribute.Found("Which settings it takes, as a JSON schema; null if it takes any."),
				"visible_properties":   attribute.FoundIDs("The settings that the server shows: those of `settings`. All others are those of `settings_wo`."),
				"hook_ids":             attribute.FoundIDs("The ids of its hooks."),
			}),
		},
	}
}

func (d *integrationAppsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.IntegrationApps(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the list of integration apps", err)
		return
	}

	model := integrationAppsModel{Apps: []integrationAppModel{}}
	for _, app := range found {
		model.Apps = append(model.Apps, appModel(app))
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, model)...)
}

func appModel(app api.IntegrationApp) integrationAppModel {
	ids := make([]api.ID, len(app.Hooks.Good))
	for i, hook := range app.Hooks.Good {
		ids[i] = hook.ID
	}

	return integrationAppModel{
		ID: types.StringValue(app.ID), Name: types.StringValue(app.Name), Description: types.StringValue(app.Description),
		Enabled: types.BoolValue(app.Enabled), HookType: account.TextOrNull(&app.HookType), AllowsMany: types.BoolPointerValue(app.AllowsMany),
		Schema: account.JSONText(app.Schema), Visible: account.TextSetOrNull(app.Visible), HookIDs: account.IDSet(ids).SetValue,
	}
}
