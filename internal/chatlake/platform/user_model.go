package platform

import (
	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// userModel is a person in a configuration and in state.
type userModel struct {
	ID                types.String   `tfsdk:"id"`
	Name              types.String   `tfsdk:"name"`
	Email             types.String   `tfsdk:"email"`
	DisplayName       types.String   `tfsdk:"display_name"`
	CustomAttributes  types.Dynamic  `tfsdk:"custom_attributes"`
	PasswordWO        types.String   `tfsdk:"password_wo"`
	PasswordWOVersion types.Int64    `tfsdk:"password_wo_version"`
	AdoptExisting     types.Bool     `tfsdk:"adopt_existing"`
	Timeouts          timeouts.Value `tfsdk:"timeouts"`
}

// userData is what a data source tells of a person.
type userData struct {
	ID               types.String `tfsdk:"id"`
	Name             types.String `tfsdk:"name"`
	Email            types.String `tfsdk:"email"`
	DisplayName      types.String `tfsdk:"display_name"`
	Confirmed        types.Bool   `tfsdk:"confirmed"`
	CustomAttributes types.String `tfsdk:"custom_attributes"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed. An attribute that is null
// counts as none: the platform removes no key.
func (m *userModel) fromAPI(found api.PlatformUser, everything bool) {
	attributes := api.Object{}

	for key, value := range found.CustomAttributes {
		if value != nil {
			attributes[key] = value
		}
	}

	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Email = types.StringValue(found.Email)
	m.DisplayName = account.Track(everything, m.DisplayName, tfvalue.StringOrNull(found.DisplayName))
	m.CustomAttributes = trackKeys(everything, m.CustomAttributes, attributes)
}

// trackKeys returns the keys that the configuration names; all of them after an import.
func trackKeys(everything bool, prior types.Dynamic, found api.Object) types.Dynamic {
	if prior.IsNull() || everything && prior.IsUnknown() {
		return account.TrackObject(everything, prior, found)
	}

	return tfvalue.TrackedObject(prior, found)
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a person. A key that goes becomes
// null if it is among the managed ones.
func (m *userModel) changeFrom(prior userModel, managed func(keys []string) []string) (api.PlatformUserRequest, diag.Diagnostics) {
	change := api.PlatformUserRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Email:       account.TextChange(prior.Email, m.Email),
		DisplayName: account.TextChange(prior.DisplayName, m.DisplayName),
	}

	if m.CustomAttributes.IsUnknown() {
		return change, nil
	}

	keys, diags := account.ObjectChangeOf(prior.CustomAttributes, m.CustomAttributes)

	attributes := api.Object{}
	for key, value := range keys.Changed {
		attributes[key] = value
	}

	for _, key := range managed(keys.Removed) {
		attributes[key] = nil
	}

	if len(attributes) > 0 {
		change.CustomAttributes = api.Set(attributes)
	}

	return change, diags
}
