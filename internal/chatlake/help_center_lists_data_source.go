package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

func newCategoriesDataSource() datasource.DataSource { return &categoriesDataSource{} }

func newArticlesDataSource() datasource.DataSource { return &articlesDataSource{} }

type categoriesDataSource struct{ configuredDataSource }

func (d *categoriesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_categories"
}

func (d *categoriesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All categories of a help center, in their order.",
		Attributes: map[string]schema.Attribute{
			"portal_slug": needed("The portal's slug.", attribute.NotEmpty()),
			"categories":  foundList("The categories.", categoryDataAttributes()),
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

	found, err := d.client.Categories(ctx, config.PortalSlug.ValueString())
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

type articlesDataSource struct{ configuredDataSource }

func (d *articlesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_articles"
}

func (d *articlesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All articles of a help center, in their order.",
		Attributes: map[string]schema.Attribute{
			"portal_slug": needed("The portal's slug.", attribute.NotEmpty()),
			"articles":    foundList("The articles.", articleDataAttributes()),
		},
	}
}

func (d *articlesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config struct {
		PortalSlug types.String  `tfsdk:"portal_slug"`
		Articles   []articleData `tfsdk:"articles"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.client.Articles(ctx, config.PortalSlug.ValueString())
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the articles of portal "+config.PortalSlug.ValueString(), err)
		return
	}

	config.Articles = make([]articleData, len(found))
	for i, one := range found {
		config.Articles[i].PortalSlug = config.PortalSlug
		config.Articles[i].fromAPI(one)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
