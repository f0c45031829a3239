package help

import (
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// articleModel is an article in a configuration and in state.
type articleModel struct {
	ID                  types.String `tfsdk:"id"`
	PortalSlug          types.String `tfsdk:"portal_slug"`
	Title               types.String `tfsdk:"title"`
	AuthorID            types.String `tfsdk:"author_id"`
	Slug                types.String `tfsdk:"slug"`
	Content             types.String `tfsdk:"content"`
	Description         types.String `tfsdk:"description"`
	Status              types.String `tfsdk:"status"`
	CategoryID          types.String `tfsdk:"category_id"`
	Locale              types.String `tfsdk:"locale"`
	Position            types.Int64  `tfsdk:"position"`
	AssociatedArticleID types.String `tfsdk:"associated_article_id"`
	Meta                types.Object `tfsdk:"meta"`
	AdoptExisting       types.Bool   `tfsdk:"adopt_existing"`
}

var articleMetaTypes = map[string]attr.Type{"title": types.StringType, "description": types.StringType, "tags": types.ListType{ElemType: types.StringType}}

// key is what no two articles of a portal share: the slug. It is empty without one, for the server makes it up then.
func (m *articleModel) key() string {
	if m.Slug.ValueString() == "" {
		return ""
	}

	return m.PortalSlug.ValueString() + "/" + m.Slug.ValueString()
}

// fromAPI takes over an article; of what is optional, only what is managed, or all after an import. The language and the
// associated article are not told.
func (m *articleModel) fromAPI(found api.Article, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Title = types.StringValue(found.Title)
	m.AuthorID = account.IDOrNull(found.Author.ID)
	m.Slug = tfvalue.StringOrNull(found.Slug)
	m.Content = account.Track(all, m.Content, tfvalue.StringOrNull(found.Content))
	m.Description = account.Track(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.Status = tfvalue.StringOrNull(found.Status)
	m.CategoryID = account.Track(all, m.CategoryID, account.IDOrNull(found.Category.ID))
	m.Position = types.Int64PointerValue(found.Position)

	empty := found.Meta.Title == "" && found.Meta.Description == "" && len(found.Meta.Tags) == 0
	if m.Meta.IsNull() && (!all || empty) {
		m.Meta = types.ObjectNull(articleMetaTypes)
		return
	}

	m.Meta = types.ObjectValueMust(articleMetaTypes, map[string]attr.Value{
		"title": tfvalue.StringOrNull(string(found.Meta.Title)), "description": tfvalue.StringOrNull(string(found.Meta.Description)), "tags": account.TextListOrNull(found.Meta.Tags),
	})
}

// request returns what turns prior into the plan, and reports whether that is anything. From the zero value, it is the
// create.
func (m *articleModel) request(prior articleModel) (api.ArticleRequest, bool) {
	request := api.ArticleRequest{
		Title:               account.TextChange(prior.Title, m.Title),
		AuthorID:            account.IDChange(prior.AuthorID, m.AuthorID),
		Slug:                account.TextChange(prior.Slug, m.Slug),
		Content:             account.TextChange(prior.Content, m.Content),
		Description:         account.TextChange(prior.Description, m.Description),
		Status:              account.TextChange(prior.Status, m.Status),
		CategoryID:          account.IDChange(prior.CategoryID, m.CategoryID),
		Position:            account.NumberChange(prior.Position, m.Position),
		AssociatedArticleID: account.IDChange(prior.AssociatedArticleID, m.AssociatedArticleID),
		Meta:                metaChange(prior.Meta, m.Meta),
	}
	if !m.Locale.IsNull() {
		request.Locale = account.TextChange(prior.Locale, m.Locale)
	}

	return request, request != api.ArticleRequest{}
}

// createRequest returns what a create sends. The article that this one translates is not in it: where that one does not
// exist, the server answers 404 and has stored the new one.
func (m *articleModel) createRequest() api.ArticleRequest {
	request, _ := m.request(articleModel{})
	request.AssociatedArticleID = api.Nullable[api.ID]{}

	return request
}

// updates returns the requests that turn prior into the plan. A position that changes together with the category goes
// alone: the server puts an article that changes its category at the end, after it has taken the position.
func (m *articleModel) updates(prior articleModel) []api.ArticleRequest {
	request, changes := m.request(prior)

	switch {
	case !changes:
		return nil
	case !request.CategoryID.IsZero() && tfvalue.IsSet(m.Position):
		position := api.ArticleRequest{Position: api.Set(m.Position.ValueInt64())}
		request.Position = api.Nullable[int64]{}

		return []api.ArticleRequest{request, position}
	default:
		return []api.ArticleRequest{request}
	}
}

// metaChange returns the change of the texts for search engines. Nothing is an empty object: the server ignores null in its
// place.
func metaChange(prior, plan types.Object) api.Nullable[api.ArticleMeta] {
	if plan.IsUnknown() || !tfvalue.Changed(prior, plan) {
		return api.Nullable[api.ArticleMeta]{}
	}

	var meta api.ArticleMeta

	texts := plan.Attributes()
	if title, ok := texts["title"].(types.String); ok {
		meta.Title = tfvalue.StringPtr(title)
	}

	if description, ok := texts["description"].(types.String); ok {
		meta.Description = tfvalue.StringPtr(description)
	}

	if tags, ok := texts["tags"]; ok && tfvalue.IsSet(tags) {
		meta.Tags = account.Texts(tags)
	}

	return api.Set(meta)
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
