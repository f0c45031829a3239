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
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure = (*articleDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*articlesDataSource)(nil)
)

func newArticleDataSource() datasource.DataSource { return &articleDataSource{} }

type articleDataSource struct{ account.DataSource }

func (d *articleDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_article"
}

func (d *articleDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := articleDataAttributes()
	attributes["id"] = attribute.RequiredLookup("The article's id.", attribute.IntegerID())
	attributes["portal_slug"] = attribute.RequiredLookup("The portal's slug.", attribute.NotEmpty())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A page of a help center. It needs an administrator's token.",
		Attributes:          attributes,
	}
}

func articleDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":          attribute.Found("The article's id."),
		"portal_slug": attribute.Found("The portal's slug."),
		"title":       attribute.Found("The title."),
		"slug":        attribute.Found("What addresses name the article by."),
		"author_id":   attribute.Found("The id of the user who wrote it."),
		"content":     attribute.Found("The article, in Markdown."),
		"description": attribute.Found("What the article is about."),
		"status":      attribute.Found("Who sees the article."),
		"category_id": attribute.Found("The id of the category that it is in."),
		"locale":      attribute.Found("The category's language; the platform does not tell that of an article in none."),
		"position":    attribute.FoundNumber("Where the article is among the others."),
		"views":       attribute.FoundNumber("How often it was read."),
		"updated_at":  attribute.Found("When it was changed. RFC 3339, in UTC."),
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
	m.AuthorID, m.CategoryID = account.IDOrNull(found.Author.ID), account.IDOrNull(found.Category.ID)
	m.Content, m.Description = tfvalue.StringOrNull(found.Content), tfvalue.StringOrNull(found.Description)
	m.Status, m.Locale = tfvalue.StringOrNull(found.Status), tfvalue.StringOrNull(found.Category.Locale)
	m.Position, m.Views = types.Int64PointerValue(found.Position), types.Int64PointerValue(found.Views)
	m.UpdatedAt = tfvalue.Timestamp(found.UpdatedAt.Time)
}

func (d *articleDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config articleData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.Client.Article(ctx, config.PortalSlug.ValueString(), api.ParseID(config.ID.ValueString()))
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

func newArticlesDataSource() datasource.DataSource { return &articlesDataSource{} }

type articlesDataSource struct{ account.DataSource }

func (d *articlesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_articles"
}

func (d *articlesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All articles of a help center, in their order.",
		Attributes: map[string]schema.Attribute{
			"portal_slug": attribute.RequiredLookup("The portal's slug.", attribute.NotEmpty()),
			"articles":    attribute.FoundList("The articles.", articleDataAttributes()),
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

	found, err := d.Client.Articles(ctx, config.PortalSlug.ValueString())
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
