package help

import (
	"context"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
)

// portalPartResource is embedded by what is in a help center: it takes the portal's slug beside the id.
type portalPartResource struct{ account.Resource }

// portalPartIdentity is the identity of something in a help center.
type portalPartIdentity struct {
	AccountID  types.String `tfsdk:"account_id"`
	PortalSlug types.String `tfsdk:"portal_slug"`
	ID         types.String `tfsdk:"id"`
}

// Metadata names the type, and says that its identity follows a portal that is renamed.
func (r *portalPartResource) Metadata(ctx context.Context, req resource.MetadataRequest, resp *resource.MetadataResponse) {
	r.Resource.Metadata(ctx, req, resp)
	resp.ResourceBehavior.MutableIdentity = true
}

// IdentitySchema is the account, the portal's slug and the id.
func (r *portalPartResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = account.IdentitySchema(map[string]string{"portal_slug": "The portal's slug.", "id": "The object's id."})
}

func (r *portalPartResource) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, portal, id types.String) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, portalPartIdentity{AccountID: types.StringValue(r.Client.AccountID), PortalSlug: portal, ID: id})
}

// importPart imports something in a help center by portal_slug/id, by portal_slug/slug: and a slug, or by an identity. All
// lists what is in a help center. Read does the rest.
func importPart[T api.Identified](
	ctx context.Context, r *account.Resource, typeName string, all func(ctx context.Context, portal string) ([]T, error), slug func(found T) string,
	req resource.ImportStateRequest, resp *resource.ImportStateResponse,
) {
	form := importid.Form{
		Type:  typeName,
		Parts: []importid.Part{{Name: "portal_slug", Form: portalSlug, Example: "help"}, {Name: "id", Form: importid.Integer, Example: "42"}},
		Keys:  []importid.Key{{Name: "slug", Example: "faq"}},
	}

	r.ImportForm(ctx, form, func(ctx context.Context, id importid.ID) ([]string, error) {
		objects, err := all(ctx, id.Parts["portal_slug"])

		var ids []string

		for _, object := range objects {
			if slug(object) == id.Value {
				ids = append(ids, api.IDOf(object).String())
			}
		}

		return ids, err
	}, req, resp)
}

// portalSlugAttribute says in which help center something is.
func portalSlugAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "The slug of the portal that it is in. The slug of another portal that exists makes another object; one that does not exist yet is the new slug of the same portal.",
		Required:            true,
		Validators:          []validator.String{stringvalidator.RegexMatches(portalSlug, "must be the slug of a portal, such as help")},
	}
}

// ModifyPlan replaces what goes to another portal: one that exists beside the present one. Otherwise the present one gets a
// new slug in this run: when planning no portal has that slug yet, and when applying none has the old one any more.
func (r *portalPartResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.CheckReleases(ctx, req, &resp.Diagnostics)

	if r.Client == nil || req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}

	var planned, prior types.String
	resp.Diagnostics.Append(req.Plan.GetAttribute(ctx, path.Root("portal_slug"), &planned)...)
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("portal_slug"), &prior)...)

	if resp.Diagnostics.HasError() || planned.IsUnknown() || planned.Equal(prior) {
		return
	}

	portals, err := r.Client.Portals(ctx)
	if err != nil {
		return // The request that needs the portal says what is wrong.
	}

	exists := func(slug types.String) bool {
		return slices.ContainsFunc(portals, func(one api.Portal) bool { return one.Slug == slug.ValueString() })
	}
	if exists(planned) && exists(prior) {
		resp.RequiresReplace.Append(path.Root("portal_slug"))
	}
}
