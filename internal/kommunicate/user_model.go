package kommunicate

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// userIDForm is the vendor's SDKs' expression for a user id.
var userIDForm = regexp.MustCompile(`^[a-zA-Z0-9_+#@.?|=;-]+$`)

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

func (m *userModel) adopts() bool { return m.AdoptExisting.IsNull() || m.AdoptExisting.ValueBool() }

// fromAPI fills in what the platform answered. Of what is merely optional, only what is set counts, and all of it after
// an import. The password cannot be read.
func (m *userModel) fromAPI(found api.User, imported bool) {
	if imported {
		m.UserID = types.StringValue(found.UserID)
		m.Email, m.PhoneNumber = tfvalue.StringOrNull(found.Email), tfvalue.StringOrNull(found.PhoneNumber)
		m.Metadata = tfvalue.MapOf(filled(found.Metadata))
	} else {
		m.Email, m.PhoneNumber = tracked(m.Email, found.Email), tracked(m.PhoneNumber, found.PhoneNumber)
		m.Metadata = tfvalue.Tracked(m.Metadata, found.Metadata)
	}

	m.ID = m.UserID
	m.DisplayName = tfvalue.StringOrNull(found.Name())
	m.ImageLink = tfvalue.StringOrNull(found.ImageLink)
	m.Deactivated = types.BoolValue(found.Deactivated)
	m.RoleType = types.Int64Value(found.RoleType)
	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)
}

// tracked is what was found, if the attribute is set at all.
func tracked(prior types.String, found string) types.String {
	if prior.IsNull() {
		return prior
	}

	return tfvalue.StringOrNull(found)
}

// filled is nil for a map without elements, and leaves out keys that were blanked because they cannot be removed.
func filled(found map[string]string) map[string]string {
	kept := map[string]string{}

	for key, value := range found {
		if value != "" {
			kept[key] = value
		}
	}

	if len(kept) == 0 {
		return nil
	}

	return kept
}

// insist puts a planned value back that is otherwise on the platform, and adds its name to odd. Terraform takes a plan that
// came out otherwise for a bug of the provider, and people change things while a plan waits to be applied.
func insist[V attr.Value](odd *[]string, name string, found *V, planned V) {
	if !planned.IsUnknown() && !planned.Equal(*found) {
		*found = planned

		*odd = append(*odd, name)
	}
}

// surprise says what is otherwise than planned.
func surprise(diags *diag.Diagnostics, object string, odd []string) {
	if len(odd) > 0 {
		diags.AddWarning("The "+object+" is not as planned", fmt.Sprintf(
			"After the change, the platform holds other values than planned: %s. Somebody changed them in the meantime, or the platform did not take them. "+
				"The state holds what was planned; the next plan shows the difference.", strings.Join(odd, ", ")))
	}
}

// insist puts back what was planned and is otherwise on the platform, and names it.
func (m *userModel) insist(planned userModel) []string {
	var odd []string
	insist(&odd, "display_name", &m.DisplayName, planned.DisplayName)
	insist(&odd, "image_link", &m.ImageLink, planned.ImageLink)
	insist(&odd, "email", &m.Email, planned.Email)
	insist(&odd, "phone_number", &m.PhoneNumber, planned.PhoneNumber)
	insist(&odd, "metadata", &m.Metadata, planned.Metadata)

	return odd
}

// The backend's role types of end users and of human agents.
const (
	roleUser  = 3
	roleAgent = 8
)

// assume makes every value known before anything could be read back: what was there, or what the platform starts with.
func (m *userModel) assume(found api.User) {
	m.ID = m.UserID
	if m.DisplayName.IsUnknown() {
		m.DisplayName = m.UserID
	}

	if m.ImageLink.IsUnknown() {
		m.ImageLink = tfvalue.StringOrNull(found.ImageLink)
	}

	m.Deactivated, m.RoleType = types.BoolValue(found.Deactivated), types.Int64Value(cmp.Or(found.RoleType, roleUser))
	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)
}

func (m *userModel) createRequest(ctx context.Context, password types.String) (api.UserRequest, diag.Diagnostics) {
	metadata, diags := tfvalue.StringMap(ctx, m.Metadata)

	return api.UserRequest{
		UserID: m.UserID.ValueString(), Password: tfvalue.StringPtr(password), Metadata: metadata, Email: tfvalue.StringPtr(m.Email),
		DisplayName: tfvalue.StringPtr(m.DisplayName), ImageLink: tfvalue.StringPtr(m.ImageLink),
	}, diags
}

// completeRequest is what is set and is not there.
func (m *userModel) completeRequest(there userModel) api.UserUpdate {
	update := m.updateRequest(there)
	if m.Email.IsNull() {
		update.Email = nil
	}

	if m.PhoneNumber.IsNull() {
		update.PhoneNumber = nil
	}

	return update
}

// updateRequest is what changed since prior. An attribute that was removed is cleared.
func (m *userModel) updateRequest(prior userModel) api.UserUpdate {
	return api.UserUpdate{
		Email: changed(prior.Email, m.Email), PhoneNumber: changed(prior.PhoneNumber, m.PhoneNumber),
		DisplayName: changed(prior.DisplayName, m.DisplayName), ImageLink: changed(prior.ImageLink, m.ImageLink),
		Metadata: changedKeys(prior.Metadata, m.Metadata),
	}
}

// changed is what to send for an attribute: nil for nothing, empty to clear it.
func changed(prior, plan types.String) *string {
	if !tfvalue.Changed(prior, plan) {
		return nil
	}

	value := plan.ValueString()

	return &value
}

// changedKeys are the keys of plan that prior does not have, or has otherwise.
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

// removedKeys are the keys of prior that plan does not have.
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

// warn says what the platform cannot do.
func (m *userModel) warn(diags *diag.Diagnostics, prior userModel) {
	gone := removedKeys(prior.Metadata, m.Metadata)
	if len(gone) > 0 {
		diags.AddAttributeWarning(path.Root("metadata"), "Metadata stays on the platform", fmt.Sprintf(
			"Kommunicate cannot remove a key from a user's metadata. No longer managed, and left as they are: %s.", strings.Join(gone, ", ")))
	}

	if tfvalue.Changed(prior.PasswordWOVersion, m.PasswordWOVersion) {
		diags.AddAttributeWarning(path.Root("password_wo_version"), "The password stays as it is",
			"Kommunicate takes a password only when it creates a user. Nothing was sent.")
	}
}

// unfinished says how a half-done create goes on.
func unfinished(resourceType, step string) string {
	return fmt.Sprintf("It exists, and what is missing is %s. Terraform marks it as tainted and would replace it. Once the cause is gone, "+
		"`terraform untaint %s.<name>` and another apply finish it in place.", step, resourceType)
}
