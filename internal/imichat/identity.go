package imichat

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// identitySchema returns the identity of an object in a tenant: its id, and the tenant's domain.
func identitySchema(key, description string) identityschema.Schema {
	return identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		key:      identityschema.StringAttribute{Description: description, RequiredForImport: true},
		"domain": identityschema.StringAttribute{Description: "Domain of the tenant; the provider's unless given.", OptionalForImport: true},
	}}
}

// setIdentity stores the identity, and the domain for Terraform versions without identities. It does nothing for an object
// that has an identity: it must not change. The domain is not known where an access token is configured.
func (r *tenantResource) setIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, key, id string) diag.Diagnostics {
	var diags diag.Diagnostics

	if identity == nil || !identity.Raw.IsNull() && identity.Raw.IsFullyKnown() && hasIdentity(ctx, identity, key) {
		return diags
	}

	diags.Append(identity.SetAttribute(ctx, path.Root(key), id)...)
	diags.Append(identity.SetAttribute(ctx, path.Root("domain"), tfvalue.StringOrNull(r.client.Domain))...)

	return diags
}

func hasIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, key string) bool {
	var id types.String

	diags := identity.GetAttribute(ctx, path.Root(key), &id)

	return !diags.HasError() && !id.IsNull()
}

// origin is the tenant. Its domain is not known where an access token is configured.
func (r *tenantResource) origin() ownership.Origin {
	return ownership.Origin{Noun: "tenant", Older: "domain", ID: r.client.Domain, Setting: "imichat.domain"}
}

// importID returns the id of the object that an import names, by id, natural key or identity. It returns "" after an error.
func (r *tenantResource) importID(
	ctx context.Context, req resource.ImportStateRequest, form importid.Form, find func(ctx context.Context, id importid.ID) ([]string, error), diags *diag.Diagnostics,
) string {
	key := form.Parts[0].Name
	text := req.ID

	if text == "" && req.Identity != nil {
		var id, domain types.String

		diags.Append(req.Identity.GetAttribute(ctx, path.Root(key), &id)...)
		diags.Append(req.Identity.GetAttribute(ctx, path.Root("domain"), &domain)...)

		if domain.ValueString() != "" && r.client.Domain != "" && !strings.EqualFold(domain.ValueString(), r.client.Domain) {
			diags.AddError("The identity is of another tenant", fmt.Sprintf(
				"The identity is of tenant %[1]q, and the provider is configured for %[2]q. Nothing was read. "+
					"Set imichat.domain (or IMICHAT_DOMAIN) to %[1]q, or give an identity of %[2]q.", domain.ValueString(), r.client.Domain))
		}

		text = id.ValueString()
	}

	if diags.HasError() {
		return ""
	}

	parts, ok := form.Resolve(ctx, text, find, diags)
	if !ok {
		return ""
	}

	return parts[key]
}

// importState stores what Read needs to complete the import.
func (r *tenantResource) importState(ctx context.Context, resp *resource.ImportStateResponse, key, id string) {
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
	resp.Diagnostics.Append(ownership.MarkImported(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)

	if resp.Identity != nil {
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root(key), id)...)
		resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("domain"), tfvalue.StringOrNull(r.client.Domain))...)
	}
}
