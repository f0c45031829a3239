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
	m.Position = types.Int64Value(found.Position)

	empty := found.Meta.Title == "" && found.Meta.Description == "" && len(found.Meta.Tags) == 0
	if m.Meta.IsNull() && (!all || empty) {
		m.Meta = types.ObjectNull(articleMetaTypes)
		return
	}

	m.Meta = types.ObjectValueMust(articleMetaTypes, map[string]attr.Value{
		"title": tfvalue.StringOrNull(found.Meta.Title), "description": tfvalue.StringOrNull(found.Meta.Description), "tags": account.TextListOrNull(found.Meta.Tags),
	})
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *articleModel) request(prior articleModel) api.Fields {
	fields := api.Fields{}
	account.SendChange(fields, "title", prior.Title, m.Title)
	account.SendIDChange(fields, "author_id", prior.AuthorID, m.AuthorID)
	account.SendChange(fields, "slug", prior.Slug, m.Slug)
	account.SendChange(fields, "content", prior.Content, m.Content)
	account.SendChange(fields, "description", prior.Description, m.Description)
	account.SendChange(fields, "status", prior.Status, m.Status)
	account.SendIDChange(fields, "category_id", prior.CategoryID, m.CategoryID)

	if !m.Locale.IsNull() {
		account.SendChange(fields, "locale", prior.Locale, m.Locale)
	}

	account.SendChange(fields, "position", prior.Position, m.Position)
	account.SendIDChange(fields, "associated_article_id", prior.AssociatedArticleID, m.AssociatedArticleID)
	account.SendChange(fields, "meta", prior.Meta, m.Meta)

	if account.IsChanged(prior.Meta, m.Meta) && m.Meta.IsNull() {
		fields["meta"] = map[string]any{} // A null in place of an object is ignored.
	}

	return fields
}
