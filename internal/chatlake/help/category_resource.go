package help

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure   = (*categoryResource)(nil)
	_ resource.ResourceWithIdentity    = (*categoryResource)(nil)
	_ resource.ResourceWithImportState = (*categoryResource)(nil)
)

func newCategoryResource() resource.Resource {
	return &categoryResource{portalPartResource{account.Of("chatlake_category")}}
}

type categoryResource struct{ portalPartResource }

func (r *categoryResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	id := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: []validator.String{attribute.IntegerID()}}
	}
	locale := attribute.Followed("The category's language, one of the portal's `allowed_locales`. The platform's default is `en`. Another one is another category.",
		stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR"))
	locale.PlanModifiers = append(locale.PlanModifiers, stringplanmodifier.RequiresReplace())
	resp.Schema = schema.Schema{
		MarkdownDescription: "A chapter of a help center in one language. It needs an administrator's token. Destroy deletes it; its articles stay, in no category.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/help-center/add-a-new-category).",
		Attributes: map[string]schema.Attribute{
			"id":          attribute.ID("The category's id."),
			"portal_slug": portalSlugAttribute(),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the category is called.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"slug": schema.StringAttribute{
				MarkdownDescription: "What addresses name the category by: unique in the portal and language.", Required: true,
				Validators: []validator.String{stringvalidator.RegexMatches(portalSlug, "must be letters, digits, hyphens and underscores"), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"locale":      locale,
			"description": attribute.OptionalText("What the category is about.", account.MaxText),
			"position": schema.Int64Attribute{
				MarkdownDescription: "Where the category is among the others: lower ones come first. People may move it.", Optional: true, Computed: true,
				Validators:    []validator.Int64{int64validator.AtLeast(0)},
				PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
			"icon":                   attribute.OptionalText("The category's picture, such as an emoji.", account.MaxString),
			"icon_color":             attribute.OptionalText("The picture's colour.", account.MaxString),
			"parent_category_id":     id("The id of the category that this one is in."),
			"associated_category_id": id("The id of the category that this one is a translation of."),
			"related_category_ids": schema.SetAttribute{
				MarkdownDescription: "The ids of categories that readers are pointed to. The platform cannot go back to none: taken out of the configuration, they stay, with a warning.",
				ElementType:         types.StringType, Optional: true,
				Validators: []validator.Set{setvalidator.SizeAtLeast(1), setvalidator.ValueStringsAre(attribute.IntegerID())},
			},
			"adopt_existing": attribute.AdoptExisting("slug in the language", false),
		},
	}
}

func (r *categoryResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan categoryModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	fields, diags := plan.request(ctx, categoryData{})
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateCategory(ctx, plan.PortalSlug.ValueString(), fields)
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)
}

// adopt makes the category that has the slug in the language into the planned one, if it may.
func (r *categoryResource) adopt(ctx context.Context, plan categoryModel, cause error, diags *diag.Diagnostics) (api.Category, bool) {
	portal := plan.PortalSlug.ValueString()
	h := account.Holder{Kind: "chatlake_category", Key: "slug", Value: plan.Slug.ValueString(), Within: portal + "/"}

	var found api.Category

	if account.KeyMayBeTaken(cause, "locale") { // The server says that of a slug that is taken.
		locale := "en"
		if tfvalue.IsSet(plan.Locale) {
			locale = plan.Locale.ValueString()
		}

		categories, _ := r.Client.Categories(ctx, portal) // Without the list, the first failure stands.
		for _, category := range categories {
			if category.Slug == h.Value && category.Locale == locale {
				found, h.ID = category, category.ID
			}
		}
	}

	prior := plan.categoryData
	prior.fromAPI(found, false)
	fields, problems := plan.request(ctx, prior)
	diags.Append(problems...)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create category "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateCategory(ctx, portal, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update category %s", found.ID), err)

	return updated, err == nil
}

func (r *categoryResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state categoryModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, state.PortalSlug, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.Category(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read category "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Name.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *categoryResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state categoryModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	fields, diags := plan.request(ctx, state.categoryData)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	if tfvalue.Cleared(state.RelatedCategoryIDs, plan.RelatedCategoryIDs) {
		resp.Diagnostics.AddAttributeWarning(path.Root("related_category_ids"), "Related categories stay",
			"The platform cannot take all related categories away. They are no longer managed; remove them in the help center.")
	}

	if len(fields) > 0 {
		updated, err := r.Client.UpdateCategory(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update category "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)
}

func (r *categoryResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state categoryModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.DeleteCategory(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	if err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete category "+state.ID.ValueString(), err)
	}
}
