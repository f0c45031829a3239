package help

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
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

	m.RelatedCategoryIDs = account.Track(all, m.RelatedCategoryIDs, setOrNull(related))
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *categoryData) request(ctx context.Context, prior categoryData) (api.Fields, diag.Diagnostics) {
	fields := api.Fields{}
	account.SendChange(fields, "name", prior.Name, m.Name)
	account.SendChange(fields, "slug", prior.Slug, m.Slug)
	account.SendChange(fields, "locale", prior.Locale, m.Locale)
	account.SendChange(fields, "description", prior.Description, m.Description)
	account.SendChange(fields, "position", prior.Position, m.Position)
	account.SendChange(fields, "icon", prior.Icon, m.Icon)
	account.SendChange(fields, "icon_color", prior.IconColor, m.IconColor)
	account.SendIDChange(fields, "parent_category_id", prior.ParentCategoryID, m.ParentCategoryID)
	account.SendIDChange(fields, "associated_category_id", prior.AssociatedCategoryID, m.AssociatedCategoryID)

	if !account.IsChanged(prior.RelatedCategoryIDs, m.RelatedCategoryIDs) || m.RelatedCategoryIDs.IsNull() {
		return fields, nil // The platform cannot clear them.
	}

	related, diags := account.IDs(ctx, m.RelatedCategoryIDs)
	fields["related_category_ids"] = related

	return fields, diags
}
