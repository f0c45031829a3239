package help

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/int64planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
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
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(attribute.IntegerID())}
	}
	locale := attribute.FollowedFrom(defaultLanguage, "The category's language, one of the portal's `allowed_locales`. The platform's default is `en`.",
		stringvalidator.RegexMatches(account.LocaleName, "must be a language such as en or pt_BR"))
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
			"description": account.ManagedText("What the category is about.", account.MaxText),
			"position": schema.Int64Attribute{
				MarkdownDescription: "Where the category is among the others: lower ones come first. People may move it.", Optional: true, Computed: true,
				Validators:    []validator.Int64{int64validator.Between(0, account.MaxInteger)},
				PlanModifiers: []planmodifier.Int64{int64planmodifier.UseStateForUnknown()},
			},
			"icon":                   account.ManagedText("The category's picture, such as an emoji.", account.MaxString),
			"icon_color":             account.ManagedText("The picture's colour.", account.MaxString),
			"parent_category_id":     account.Managed(id("The id of the category that this one is in.")),
			"associated_category_id": account.Managed(id("The id of the category that this one is a translation of.")),
			"related_category_ids": account.Managed(schema.SetAttribute{
				MarkdownDescription: "The ids of categories that readers are pointed to. The platform cannot go back to none: taken out of the configuration, they stay, with a warning.",
				ElementType:         types.StringType, Optional: true,
				Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.IntegerID())},
			}),
			"adopt_existing": attribute.AdoptExisting("slug in the language", false),
		},
	}
}

// Create creates the category.
func (r *categoryResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan categoryModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if !r.Claim(plan.key(), &resp.Diagnostics) {
		return
	}

	request, _ := plan.request(categoryData{})

	created, err := r.Client.CreateCategory(ctx, plan.PortalSlug.ValueString(), request)
	if err != nil {
		var adopted bool

		created, adopted = r.adoption(plan).Resolve(ctx, err, &resp.Diagnostics)
		r.EndAdoption(adopted, plan.key(), plan.AdoptExisting, created.ID)

		if !adopted {
			return
		}
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepCreate(req, resp, "category")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)
}

// adoption says how to find and adopt the category that has the slug in the language.
func (r *categoryResource) adoption(plan categoryModel) adopt.Adoption[api.Category] {
	portal, slug, locale := plan.PortalSlug.ValueString(), plan.Slug.ValueString(), plan.language()
	change := func(found api.Category) (api.CategoryRequest, bool) {
		prior := plan.categoryData
		prior.fromAPI(found, false)

		return plan.request(prior)
	}
	whole, _ := plan.request(categoryData{})

	return adopt.Adoption[api.Category]{
		Type: "chatlake_category", Key: "slug", Allowed: plan.AdoptExisting,
		Fields: takenSlugFields,
		Find: func(ctx context.Context) ([]api.Category, error) {
			all, err := r.Client.Categories(ctx, portal)
			return slices.DeleteFunc(all, func(one api.Category) bool { return one.Slug != slug || one.Locale != locale }), err
		},
		ID: func(found api.Category) string { return portal + "/" + found.ID.String() },
		IsPlanned: func(found api.Category) bool {
			_, changes := change(found)
			return !changes
		},
		Update: func(ctx context.Context, found api.Category) (api.Category, error) {
			request, _ := change(found)
			return r.Client.UpdateCategory(ctx, portal, found.ID, request)
		},
		Create: func(ctx context.Context) (api.Category, error) { return r.Client.CreateCategory(ctx, portal, whole) },
	}
}

// takenSlugFields are what the server says to be taken if it is a slug.
var takenSlugFields = []string{"locale"}

// addHolder says which category of the portal has the slug in the language.
func (r *categoryResource) addHolder(ctx context.Context, m categoryModel, cause error, diags *diag.Diagnostics) {
	portal, slug, locale := m.PortalSlug.ValueString(), m.Slug.ValueString(), m.language()

	account.Unique[api.Category]{
		Type: "chatlake_category", Key: "slug", Fields: takenSlugFields, Self: api.ParseID(m.ID.ValueString()), Within: portal + "/",
		All: func(ctx context.Context) ([]api.Category, error) { return r.Client.Categories(ctx, portal) },
		Has: func(found api.Category) bool { return found.Slug == slug && found.Locale == locale },
	}.AddHolder(ctx, cause, diags)
}

// Read refreshes the state.
func (r *categoryResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state categoryModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, state.PortalSlug, state.ID)...) // Also for a category that is gone.

	found, err := r.Client.Category(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read category "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *categoryResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state categoryModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if tfvalue.Cleared(state.RelatedCategoryIDs, plan.RelatedCategoryIDs) {
		resp.Diagnostics.AddAttributeWarning(path.Root("related_category_ids"), "Related categories stay",
			"The platform cannot take all related categories away. They are no longer managed; remove them in the help center.")
	}

	request, changes := plan.request(state.categoryData)
	if changes {
		updated, err := r.Client.UpdateCategory(ctx, plan.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()), request)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update category "+state.ID.ValueString(), err)
			r.addHolder(ctx, plan, err, &resp.Diagnostics)

			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.KeepUpdate(req, resp, "category")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, plan.PortalSlug, plan.ID)...)
}

// Delete deletes the category.
func (r *categoryResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state categoryModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteCategory(ctx, state.PortalSlug.ValueString(), api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.key(), &resp.Diagnostics)
}

// ImportState takes the portal's slug with an id, or with slug: and a slug, or an identity.
func (r *categoryResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	slug := func(found api.Category) string { return found.Slug }
	importPart(ctx, &r.Resource, "chatlake_category", r.Client.Categories, slug, req, resp)
}
