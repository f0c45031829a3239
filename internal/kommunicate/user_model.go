package kommunicate

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

type userModel struct {
	ID                types.String `tfsdk:"id"`
	UserID            types.String `tfsdk:"user_id"`
	DisplayName       types.String `tfsdk:"display_name"`
	ImageLink         types.String `tfsdk:"image_link"`
	Email             types.String `tfsdk:"email"`
	PhoneNumber       types.String `tfsdk:"phone_number"`
	Metadata          types.Map    `tfsdk:"metadata"`
	PasswordWO        types.String `tfsdk:"password_wo"`
	PasswordWOVersion types.Int64  `tfsdk:"password_wo_version"`
	AdoptExisting     types.Bool   `tfsdk:"adopt_existing"`
	OnDestroy         types.String `tfsdk:"on_destroy"`
	Deactivated       types.Bool   `tfsdk:"deactivated"`
	RoleType          types.Int64  `tfsdk:"role_type"`
	CreatedAt         types.String `tfsdk:"created_at"`
}

// mayAdopt reports whether a user that exists may be taken over.
func (m *userModel) mayAdopt() bool {
	return m.AdoptExisting.IsNull() || m.AdoptExisting.ValueBool()
}

// fromAPI fills in the platform's answer. Of the attributes that are only optional, those that are set are filled in, and
// after an import all of them. The password cannot be read.
func (m *userModel) fromAPI(found api.User, imported bool) {
	if imported {
		m.UserID = types.StringValue(found.UserID)
		m.Email, m.PhoneNumber = tfvalue.StringOrNull(found.Email), tfvalue.StringOrNull(found.PhoneNumber)
		m.Metadata = tfvalue.MapOf(withoutBlanks(found.Metadata))
	} else {
		m.Email, m.PhoneNumber = track(m.Email, found.Email), track(m.PhoneNumber, found.PhoneNumber)
		m.Metadata = tfvalue.Tracked(m.Metadata, found.Metadata)
	}

	m.ID = m.UserID
	m.DisplayName = follow(m.DisplayName, found.Name())
	m.ImageLink = tfvalue.StringOrNull(found.ImageLink)
	m.Deactivated = types.BoolValue(bool(found.Deactivated))
	m.RoleType = types.Int64Value(found.RoleType)
	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)
}

// fromWrite fills in what was read back after a write, also what was to be cleared.
func (m *userModel) fromWrite(found api.User) {
	configured := m.Metadata
	m.fromAPI(found, true)
	m.Metadata = tfvalue.Tracked(configured, found.Metadata)
}

// track returns the platform's value if the attribute is set at all.
func track(prior types.String, found string) types.String {
	if prior.IsNull() {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

// follow returns the platform's value, unless the configuration has "", which means that the value does not matter.
func follow(prior types.String, found string) types.String {
	if tfvalue.IsSet(prior) && prior.ValueString() == "" {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

// withoutBlanks leaves out the keys that were blanked because they cannot be removed. It returns nil for an empty map.
func withoutBlanks(found map[string]string) map[string]string {
	kept := maps.Clone(found)
	maps.DeleteFunc(kept, func(_, value string) bool { return value == "" })

	if len(kept) == 0 {
		return nil
	}

	return kept
}

func (m *userModel) createRequest(ctx context.Context, password types.String) (api.UserRequest, diag.Diagnostics) {
	metadata, diags := tfvalue.StringMap(ctx, m.Metadata)

	return api.UserRequest{
		UserID: m.UserID.ValueString(), Password: textOrNil(password), Metadata: metadata, Email: textOrNil(m.Email),
		DisplayName: textOrNil(m.DisplayName), ImageLink: textOrNil(m.ImageLink), PhoneNumber: textOrNil(m.PhoneNumber),
	}, diags
}

// textOrNil returns nil for null, unknown and "".
func textOrNil(v types.String) *string {
	if v.ValueString() == "" {
		return nil
	}

	return tfvalue.StringPtr(v)
}

// completeRequest returns what is configured and the platform does not have.
func (m *userModel) completeRequest(found api.User) api.UserUpdate {
	var there userModel
	there.fromAPI(found, true)

	update := m.updateRequest(&there)
	for _, field := range []**string{&update.Email, &update.PhoneNumber, &update.DisplayName, &update.ImageLink} {
		if *field != nil && **field == "" {
			*field = nil // A create clears nothing.
		}
	}

	return update
}

// updateRequest returns what changed since prior. An attribute that was removed is cleared.
func (m *userModel) updateRequest(prior *userModel) api.UserUpdate {
	update := api.UserUpdate{
		Email: changedText(prior.Email, m.Email), PhoneNumber: changedText(prior.PhoneNumber, m.PhoneNumber),
		ImageLink: changedText(prior.ImageLink, m.ImageLink), Metadata: changedKeys(prior.Metadata, m.Metadata),
	}
	if m.DisplayName.ValueString() != "" {
		update.DisplayName = changedText(prior.DisplayName, m.DisplayName)
	}

	return update
}

// changedText returns what to send for an attribute: nil for nothing, "" to clear it.
func changedText(prior, plan types.String) *string {
	if plan.IsUnknown() || tfvalue.Same(prior, plan) {
		return nil
	}

	value := plan.ValueString()

	return &value
}

// changedKeys returns the keys of plan that prior does not have, or has with another value.
func changedKeys(prior, plan types.Map) map[string]string {
	update := map[string]string{}

	old := prior.Elements()
	for key, value := range plan.Elements() {
		if text, ok := value.(types.String); ok && tfvalue.IsSet(text) && !text.Equal(old[key]) {
			update[key] = text.ValueString()
		}
	}

	return update
}

// removedKeys returns the keys of prior that plan does not have.
func removedKeys(prior, plan types.Map) []string {
	kept := plan.Elements()

	var gone []string

	for _, key := range slices.Sorted(maps.Keys(prior.Elements())) {
		if _, ok := kept[key]; !ok {
			gone = append(gone, key)
		}
	}

	return gone
}

// explainUnchanged warns about what the platform cannot change.
func (m *userModel) explainUnchanged(prior *userModel) diag.Diagnostics {
	var diags diag.Diagnostics

	gone := removedKeys(prior.Metadata, m.Metadata)
	if len(gone) > 0 {
		diags.AddAttributeWarning(path.Root("metadata"), "Metadata stays on the platform", fmt.Sprintf(
			"Kommunicate cannot remove a key from a user's metadata. These keys are no longer managed, and left as they are: %s.", strings.Join(gone, ", ")))
	}

	if !m.PasswordWOVersion.Equal(prior.PasswordWOVersion) && !m.PasswordWOVersion.IsNull() {
		diags.AddAttributeWarning(path.Root("password_wo_version"), "The password stays as it is",
			"The provider sends a password only when it creates a user. Nothing was sent.")
	}

	return diags
}
