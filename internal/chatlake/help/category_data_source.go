package help

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure = (*categoryDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*categoriesDataSource)(nil)
)

func newCategoryDataSource() datasource.DataSource { return &categoryDataSource{} }

type categoryDataSource struct{ account.DataSource }

func (d *categoryDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_category"
}

func (d *categoryDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := categoryDataAttributes()
	attributes["id"] = attribute.RequiredLookup("The category's id.", attribute.IntegerID())
	attributes["portal_slug"] = attribute.RequiredLookup("The portal's slug.", attribute.NotEmpty())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A chapter of a help center. It needs an administrator's token.",
		Attributes:          attributes,
	}
}

func categoryDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                     attribute.Found("The category's id."),
		"portal_slug":            attribute.Found("The portal's slug."),
		"name":                   attribute.Found("What the category is called."),
		"slug":                   attribute.Found("What addresses name the category by."),
		"locale":                 attribute.Found("The category's language."),
		"description":            attribute.Found("What the category is about."),
		"position":               attribute.FoundNumber("Where the category is among the others."),
		"icon":                   attribute.Found("The category's picture."),
		"icon_color":             attribute.Found("The picture's colour."),
		"parent_category_id":     attribute.Found("The id of the category that this one is in."),
		"associated_category_id": attribute.Found("The id of the category that this one is a translation of."),
		"related_category_ids":   attribute.FoundIDs("The ids of categories that readers are pointed to."),
	}
}

func (d *categoryDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config categoryData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.Client.Category(ctx, config.PortalSlug.ValueString(), api.ParseID(config.ID.ValueString()))
	switch {
	case transport.IsNotFound(err):
		apidiag.NotFound(&resp.Diagnostics, "Category "+config.PortalSlug.ValueString()+"/"+config.ID.ValueString())
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read category "+config.ID.ValueString(), err)
	default:
		config.fromAPI(found, true)
		resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
	}
}

func newCategoriesDataSource() datasource.DataSource { return &categoriesDataSource{} }

type categoriesDataSource struct{ account.DataSource }

func (d *categoriesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_categories"
}

func (d *categoriesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All categories of a help center, in their order.",
		Attributes: map[string]schema.Attribute{
			"portal_slug": attribute.RequiredLookup("The portal's slug.", attribute.NotEmpty()),
			"categories":  attribute.FoundList("The categories.", categoryDataAttributes()),
		},
	}
}

func (d *categoriesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config struct {
		PortalSlug types.String   `tfsdk:"portal_slug"`
		Categories []categoryData `tfsdk:"categories"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.Client.Categories(ctx, config.PortalSlug.ValueString())
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the categories of portal "+config.PortalSlug.ValueString(), err)
		return
	}

	config.Categories = make([]categoryData, len(found))
	for i, one := range found {
		config.Categories[i].PortalSlug = config.PortalSlug
		config.Categories[i].fromAPI(one, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
