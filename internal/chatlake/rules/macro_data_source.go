package rules

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
	_ datasource.DataSourceWithConfigValidators = (*macroDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*macrosDataSource)(nil)
)

func newMacroDataSource() datasource.DataSource { return &macroDataSource{} }

func newMacrosDataSource() datasource.DataSource { return &macrosDataSource{} }

type macroDataSource struct{ account.DataSource }

func (d *macroDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_macro"
}

func macroDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":            attribute.Found("The macro's id."),
		"name":          attribute.Found("What the macro is called."),
		"visibility":    attribute.Found("Who sees it."),
		"actions":       attribute.Found("What is done, as JSON."),
		"created_by_id": attribute.Found("The id of the user who made it."),
	}
}

func (d *macroDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := macroDataAttributes()
	attributes["id"] = attribute.Lookup("The macro's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = attribute.Lookup("What the macro is called. It is an error if several have it.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "A macro, by id or `name`.", Attributes: attributes}
}

func (d *macroDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

func (d *macroDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config macroData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.Macros(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read macros", err)
		return
	}

	found, ok := account.FindOne(&resp.Diagnostics, account.Query{Kind: "macro", ID: config.ID, Key: config.Name, KeyName: "name"}, all, func(one api.Macro) (api.ID, string) { return one.ID, one.Name })
	if !ok {
		return
	}

	config.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type macrosDataSource struct{ account.DataSource }

func (d *macrosDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_macros"
}

func (d *macrosDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All macros of the account.",
		Attributes:          map[string]schema.Attribute{"macros": attribute.FoundList("The macros.", macroDataAttributes())},
	}
}

func (d *macrosDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.Macros(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read macros", err)
		return
	}

	all := struct {
		Macros []macroData `tfsdk:"macros"`
	}{make([]macroData, len(found))}
	for i, one := range found {
		all.Macros[i].fromAPI(one)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
