package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

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
	m.Description = kept(all, m.Description, tfvalue.StringOrNull(found.Description))
	m.Position = types.Int64PointerValue(found.Position)
	m.Icon = kept(all, m.Icon, tfvalue.StringOrNull(found.Icon))
	m.IconColor = kept(all, m.IconColor, tfvalue.StringOrNull(found.IconColor))
	m.ParentCategoryID = kept(all, m.ParentCategoryID, idOrNull(found.Parent.ID))
	m.AssociatedCategoryID = kept(all, m.AssociatedCategoryID, idOrNull(found.Root.ID))

	related := make([]string, len(found.Related))
	for i, other := range found.Related {
		related[i] = other.ID.String()
	}

	m.RelatedCategoryIDs = kept(all, m.RelatedCategoryIDs, setOrNull(related))
}

// request is what has to be sent to get from prior to the plan; from the zero value, to create.
func (m *categoryData) request(ctx context.Context, prior categoryData) (api.Fields, diag.Diagnostics) {
	fields := api.Fields{}
	send(fields, "name", prior.Name, m.Name)
	send(fields, "slug", prior.Slug, m.Slug)
	send(fields, "locale", prior.Locale, m.Locale)
	send(fields, "description", prior.Description, m.Description)
	send(fields, "position", prior.Position, m.Position)
	send(fields, "icon", prior.Icon, m.Icon)
	send(fields, "icon_color", prior.IconColor, m.IconColor)
	sendID(fields, "parent_category_id", prior.ParentCategoryID, m.ParentCategoryID)
	sendID(fields, "associated_category_id", prior.AssociatedCategoryID, m.AssociatedCategoryID)

	if !changes(prior.RelatedCategoryIDs, m.RelatedCategoryIDs) || m.RelatedCategoryIDs.IsNull() {
		return fields, nil // The platform cannot clear them.
	}

	related, diags := idsOf(ctx, m.RelatedCategoryIDs)
	fields["related_category_ids"] = related

	return fields, diags
}
