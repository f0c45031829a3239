package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure = (*categoryDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*articleDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*categoriesDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*articlesDataSource)(nil)
)

func newCategoryDataSource() datasource.DataSource { return &categoryDataSource{} }

func newArticleDataSource() datasource.DataSource { return &articleDataSource{} }

// needed is a key that a data source cannot do without.
func needed(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
}

type categoryDataSource struct{ configuredDataSource }

func (d *categoryDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_category"
}

func (d *categoryDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := categoryDataAttributes()
	attributes["id"] = needed("The category's id.", attribute.IntegerID())
	attributes["portal_slug"] = needed("The portal's slug.", attribute.NotEmpty())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A chapter of a help center. It needs an administrator's token.",
		Attributes:          attributes,
	}
}

func categoryDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                     foundText("The category's id."),
		"portal_slug":            foundText("The portal's slug."),
		"name":                   foundText("What the category is called."),
		"slug":                   foundText("What addresses name the category by."),
		"locale":                 foundText("The category's language."),
		"description":            foundText("What the category is about."),
		"position":               foundNumber("Where the category is among the others."),
		"icon":                   foundText("The category's picture."),
		"icon_color":             foundText("The picture's colour."),
		"parent_category_id":     foundText("The id of the category that this one is in."),
		"associated_category_id": foundText("The id of the category that this one is a translation of."),
		"related_category_ids":   foundIDs("The ids of categories that readers are pointed to."),
	}
}

func (d *categoryDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config categoryData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.client.Category(ctx, config.PortalSlug.ValueString(), api.ParseID(config.ID.ValueString()))
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

type articleDataSource struct{ configuredDataSource }

func (d *articleDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_article"
}

func (d *articleDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := articleDataAttributes()
	attributes["id"] = needed("The article's id.", attribute.IntegerID())
	attributes["portal_slug"] = needed("The portal's slug.", attribute.NotEmpty())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A page of a help center. It needs an administrator's token.",
		Attributes:          attributes,
	}
}

func articleDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          foundText("The article's id."),
		"portal_slug": foundText("The portal's slug."),
		"title":       foundText("The title."),
		"slug":        foundText("What addresses name the article by."),
		"author_id":   foundText("The id of the user who wrote it."),
		"content":     foundText("The article, in Markdown."),
		"description": foundText("What the article is about."),
		"status":      foundText("Who sees the article."),
		"category_id": foundText("The id of the category that it is in."),
		"locale":      foundText("The category's language; the platform does not tell that of an article in none."),
		"position":    foundNumber("Where the article is among the others."),
		"views":       foundNumber("How often it was read."),
		"updated_at":  foundText("When it was changed. RFC 3339, in UTC."),
	}
}

// articleData is what data sources tell of an article.
type articleData struct {
	ID          types.String `tfsdk:"id"`
	PortalSlug  types.String `tfsdk:"portal_slug"`
	Title       types.String `tfsdk:"title"`
	Slug        types.String `tfsdk:"slug"`
	AuthorID    types.String `tfsdk:"author_id"`
	Content     types.String `tfsdk:"content"`
	Description types.String `tfsdk:"description"`
	Status      types.String `tfsdk:"status"`
	CategoryID  types.String `tfsdk:"category_id"`
	Locale      types.String `tfsdk:"locale"`
	Position    types.Int64  `tfsdk:"position"`
	Views       types.Int64  `tfsdk:"views"`
	UpdatedAt   types.String `tfsdk:"updated_at"`
}

func (m *articleData) fromAPI(found api.Article) {
	m.ID, m.Title, m.Slug = types.StringValue(found.ID.String()), types.StringValue(found.Title), tfvalue.StringOrNull(found.Slug)
	m.AuthorID, m.CategoryID = idOrNull(found.Author.ID), idOrNull(found.Category.ID)
	m.Content, m.Description = tfvalue.StringOrNull(found.Content), tfvalue.StringOrNull(found.Description)
	m.Status, m.Locale = tfvalue.StringOrNull(found.Status), tfvalue.StringOrNull(found.Category.Locale)
	m.Position, m.Views = types.Int64Value(found.Position), types.Int64Value(found.Views)
	m.UpdatedAt = tfvalue.Timestamp(found.UpdatedAt.Time)
}

func (d *articleDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config articleData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.client.Article(ctx, config.PortalSlug.ValueString(), api.ParseID(config.ID.ValueString()))
	if transport.IsNotFound(err) {
		apidiag.NotFound(&resp.Diagnostics, "Article "+config.PortalSlug.ValueString()+"/"+config.ID.ValueString())
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read article "+config.ID.ValueString(), err)
		return
	}

	config.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
