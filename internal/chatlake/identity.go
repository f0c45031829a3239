package chatlake

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// partsIdentity is the identity of an object that takes more than one id: its account and these.
func partsIdentity(parts map[string]string) identityschema.Schema {
	attributes := map[string]identityschema.Attribute{
		"account_id": identityschema.StringAttribute{OptionalForImport: true, Description: "The account's id; the provider's unless given."},
	}
	for name, description := range parts {
		attributes[name] = identityschema.StringAttribute{RequiredForImport: true, Description: description}
	}

	return identityschema.Schema{Attributes: attributes}
}

// foreign reports an identity of another account than the provider's, and says whether it is one.
func (r *configuredResource) foreign(account types.String, diags *diag.Diagnostics) bool {
	if account.IsNull() || account.ValueString() == r.client.AccountID {
		return false
	}

	diags.AddError("Identity of another account", fmt.Sprintf(
		"The identity is of account %s, and the provider is configured for account %s.", account.ValueString(), r.client.AccountID))

	return true
}
