package help

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

// portalPartResource is embedded by what is in a help center: it takes the portal's slug beside the id.
type portalPartResource struct{ account.Resource }

// portalPartIdentity is the identity of something in a help center.
type portalPartIdentity struct {
	AccountID  types.String `tfsdk:"account_id"`
	PortalSlug types.String `tfsdk:"portal_slug"`
	ID         types.String `tfsdk:"id"`
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

// ImportState takes portal_slug/id, or an identity. Read does the rest.
func (r *portalPartResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	slug, number, _ := strings.Cut(req.ID, "/")
	portal, id := types.StringValue(slug), types.StringValue(number)

	if req.ID == "" && req.Identity != nil {
		var identity portalPartIdentity
		resp.Diagnostics.Append(req.Identity.Get(ctx, &identity)...)
		r.RefuseOtherAccount(identity.AccountID, &resp.Diagnostics)
		portal, id = identity.PortalSlug, identity.ID
	}

	if !portalSlug.MatchString(portal.ValueString()) || !account.IsID(id.ValueString()) {
		resp.Diagnostics.AddError("Import id of an unexpected form",
			fmt.Sprintf("The portal's slug and the id were expected, such as \"help/42\", not %q.", portal.ValueString()+"/"+id.ValueString()))
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("portal_slug"), portal)...)
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, portal, id)...)
}

// portalSlugAttribute says in which help center something is.
func portalSlugAttribute() schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: "The slug of the portal that it is in. Another portal is another object.", Required: true,
		Validators:    []validator.String{stringvalidator.RegexMatches(portalSlug, "must be the slug of a portal, such as help")},
		PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}
}
