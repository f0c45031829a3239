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
	_ datasource.DataSourceWithConfigValidators = (*filterDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*filtersDataSource)(nil)
)

func newCustomFilterDataSource() datasource.DataSource { return &filterDataSource{} }

func newCustomFiltersDataSource() datasource.DataSource { return &filtersDataSource{} }

type filterDataSource struct{ account.DataSource }

func (d *filterDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_custom_filter"
}

func filterDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          attribute.Found("The filter's id."),
		"name":        attribute.Found("What the view is called."),
		"filter_type": attribute.Found("What is shown."),
		"query":       attribute.Found("Which are shown, as JSON."),
		"created_at":  attribute.Found("When it was made. RFC 3339, in UTC."),
	}
}

func (d *filterDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := filterDataAttributes()
	attributes["id"] = attribute.Lookup("The custom filter's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID())
	attributes["name"] = attribute.Lookup("What the view is called. It is an error if several have it.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "A custom filter, by id or `name`.", Attributes: attributes}
}

func (d *filterDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("name"))}
}

func (d *filterDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config filterData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.CustomFilters(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read custom filters", err)
		return
	}

	found, ok := account.FindOne(&resp.Diagnostics, account.Query{Kind: "custom_filter", ID: config.ID, Key: config.Name, KeyName: "name"}, all, func(one api.CustomFilter) (api.ID, string) { return one.ID, one.Name })
	if !ok {
		return
	}

	config.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}

type filtersDataSource struct{ account.DataSource }

func (d *filtersDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_custom_filters"
}

func (d *filtersDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All custom filters of the token's user.",
		Attributes:          map[string]schema.Attribute{"custom_filters": attribute.FoundList("The custom filters.", filterDataAttributes())},
	}
}

func (d *filtersDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.CustomFilters(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read custom filters", err)
		return
	}

	all := struct {
		CustomFilters []filterData `tfsdk:"custom_filters"`
	}{make([]filterData, len(found))}
	for i, one := range found {
		all.CustomFilters[i].fromAPI(one)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
