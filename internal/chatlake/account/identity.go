package account

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ResourceWithID is embedded by the resources that have an integer id and are imported by it.
type ResourceWithID struct{ Resource }

// WithID returns what a resource of the type embeds.
func WithID(typeName string) ResourceWithID { return ResourceWithID{Of(typeName)} }

// Identity is the identity of an object that one id names in its account.
type Identity struct {
	AccountID types.String `tfsdk:"account_id"`
	ID        types.String `tfsdk:"id"`
}

// IdentitySchema is the account and the object's id.
func (r *ResourceWithID) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"account_id": identityschema.StringAttribute{OptionalForImport: true, Description: "The account's id; the provider's unless given."},
		"id":         identityschema.StringAttribute{RequiredForImport: true, Description: "The object's id."},
	}}
}

// SetIdentity stores the identity if Terraform asks for one; older versions do not.
func (r *ResourceWithID) SetIdentity(ctx context.Context, identity *tfsdk.ResourceIdentity, id types.String) diag.Diagnostics {
	if identity == nil {
		return nil
	}

	return identity.Set(ctx, Identity{AccountID: types.StringValue(r.Client.AccountID), ID: id})
}

var integerID = regexp.MustCompile(`^[1-9][0-9]{0,17}$`)

// IsID reports whether a text is the id of an object.
func IsID(text string) bool { return integerID.MatchString(text) }

// ImportState takes an id, alone or in an identity. Read does the rest.
func (r *ResourceWithID) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	r.ImportForm(ctx, idForm(r.typeName), nil, req, resp)
}

// IdentitySchema returns the identity of an object that needs more than one id: its account and the given parts, each
// with its description.
func IdentitySchema(parts map[string]string) identityschema.Schema {
	attributes := map[string]identityschema.Attribute{
		"account_id": identityschema.StringAttribute{OptionalForImport: true, Description: "The account's id; the provider's unless given."},
	}
	for name, description := range parts {
		attributes[name] = identityschema.StringAttribute{RequiredForImport: true, Description: description}
	}

	return identityschema.Schema{Attributes: attributes}
}

// RefuseOtherAccount reports whether an identity names another account than the provider's, and adds an error if so.
func (r *Resource) RefuseOtherAccount(account types.String, diags *diag.Diagnostics) bool {
	if account.IsNull() || account.ValueString() == r.Client.AccountID || r.Client.AccountID == "" {
		return false
	}

	diags.AddError("The identity is of another account", fmt.Sprintf(
		"The identity is of account %[1]s, and the provider is configured for account %[2]s. Nothing was read. "+
			"Set chatlake.account_id (or CHATLAKE_ACCOUNT_ID) to %[1]s, or give an identity of account %[2]s.", account.ValueString(), r.Client.AccountID))

	return true
}

// IsOfAccount reports whether the state of settings, whose id is that of the account, is of the provider's account. It says so if it
// is of another one.
func (r *Resource) IsOfAccount(id types.String, diags *diag.Diagnostics) bool {
	if id.ValueString() == r.Client.AccountID || r.Client.AccountID == "" {
		return true
	}

	diags.AddError("The state is of another account", fmt.Sprintf("These are the settings of account %s, and the provider is configured for account %s. Nothing was read or changed. "+
		"Set chatlake.account_id (or CHATLAKE_ACCOUNT_ID) to %[1]s, or use another state for account %[2]s.", id.ValueString(), r.Client.AccountID))

	return false
}
