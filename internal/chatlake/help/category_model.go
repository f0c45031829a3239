package help

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// categoryModel is a category in a configuration and in state.
type categoryModel struct {
	categoryData

	AdoptExisting types.Bool `tfsdk:"adopt_existing"`
}

// categoryData is what the platform has of a category.
type categoryData struct {
	ID                   types.String `tfsdk:"id"`
	PortalSlug           types.String `tfsdk:"portal_slug"`
	Name                 types.String `tfsdk:"name"`
	Slug                 types.String `tfsdk:"slug"`
	Locale               types.String `tfsdk:"locale"`
	Description          types.String `tfsdk:"description"`
	Position             types.Int64  `tfsdk:"position"`
	Icon                 types.String `tfsdk:"icon"`
	IconColor            types.String `tfsdk:"icon_color"`
	ParentCategoryID     types.String `tfsdk:"parent_category_id"`
	AssociatedCategoryID types.String `tfsdk:"associated_category_id"`
	RelatedCategoryIDs   types.Set    `tfsdk:"related_category_ids"`
}

// key is what no two categories share: the slug in a language of a portal.
func (m *categoryData) key() string {
	return m.PortalSlug.ValueString() + "/" + m.language() + "/" + m.Slug.ValueString()
}

// language is the category's, or the one that the platform takes without any.
func (m *categoryData) language() string {
	if tfvalue.IsSet(m.Locale) {
		return m.Locale.ValueString()
	}

	return defaultLanguage
}

// fromAPI takes over a category; of what is optional, only what is managed, or all.
func (m *categoryData) fromAPI(found api.Category, all bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Slug = types.StringValue(found.Slug)
	m.Locale = tfvalue.StringOrNull(found.Locale)
	m.Description = account.Track(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.Position = types.Int64PointerValue(found.Position)
	m.Icon = account.Track(all, m.Icon, tfvalue.StringOrNull(found.Icon))
	m.IconColor = account.Track(all, m.IconColor, tfvalue.StringOrNull(found.IconColor))
	m.ParentCategoryID = account.Track(all, m.ParentCategoryID, account.IDOrNull(found.Parent.ID))
	m.AssociatedCategoryID = account.Track(all, m.AssociatedCategoryID, account.IDOrNull(found.Root.ID))

	related := make([]string, len(found.Related))
	for i, other := range found.Related {
		related[i] = other.ID.String()
	}

	// The platform cannot clear them, so [] is enforced by nothing.
	if all || len(m.RelatedCategoryIDs.Elements()) > 0 {
		m.RelatedCategoryIDs = setOrNull(related)
	}
}

// request returns what turns prior into the plan, and reports whether that is anything. From the zero value, it is the
// create.
func (m *categoryData) request(prior categoryData) (api.CategoryRequest, bool) {
	request := api.CategoryRequest{
		Name:                 account.TextChange(prior.Name, m.Name),
		Slug:                 account.TextChange(prior.Slug, m.Slug),
		Locale:               account.TextChange(prior.Locale, m.Locale),
		Description:          account.TextChange(prior.Description, m.Description),
		Position:             account.NumberChange(prior.Position, m.Position),
		Icon:                 account.TextChange(prior.Icon, m.Icon),
		IconColor:            account.TextChange(prior.IconColor, m.IconColor),
		ParentCategoryID:     account.IDChange(prior.ParentCategoryID, m.ParentCategoryID),
		AssociatedCategoryID: account.IDChange(prior.AssociatedCategoryID, m.AssociatedCategoryID),
	}
	if tfvalue.IsSet(m.RelatedCategoryIDs) { // The platform cannot clear them.
		request.RelatedCategoryIDs = account.IDsChange(prior.RelatedCategoryIDs, m.RelatedCategoryIDs)
	}

	return request, request != api.CategoryRequest{}
}
