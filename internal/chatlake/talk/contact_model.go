package talk

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-timeouts/resource/timeouts"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

type contactModel struct {
	ID                   types.String   `tfsdk:"id"`
	Name                 types.String   `tfsdk:"name"`
	Email                types.String   `tfsdk:"email"`
	PhoneNumber          types.String   `tfsdk:"phone_number"`
	Identifier           types.String   `tfsdk:"identifier"`
	Avatar               types.String   `tfsdk:"avatar"`
	AvatarURL            types.String   `tfsdk:"avatar_url"`
	Blocked              types.Bool     `tfsdk:"blocked"`
	CompanyID            types.String   `tfsdk:"company_id"`
	CustomAttributes     types.Dynamic  `tfsdk:"custom_attributes"`
	AdditionalAttributes types.Dynamic  `tfsdk:"additional_attributes"`
	Labels               types.Set      `tfsdk:"labels"`
	InboxID              types.String   `tfsdk:"inbox_id"`
	SourceID             types.String   `tfsdk:"source_id"`
	AdoptExisting        types.Bool     `tfsdk:"adopt_existing"`
	Thumbnail            types.String   `tfsdk:"thumbnail"`
	CreatedAt            types.String   `tfsdk:"created_at"`
	ContactInboxes       types.List     `tfsdk:"contact_inboxes"`
	Timeouts             timeouts.Value `tfsdk:"timeouts"`
}

// ownKeys returns the keys that the server writes into additional_attributes when it has fetched a picture.
func ownKeys() []string { return []string{"last_avatar_sync_at", "avatar_url_hash"} }

// fill stores everything that the server returns. It does not return avatar_url, and labels only on request.
func (m *contactModel) fill(found *api.Contact) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Email = tfvalue.StringOrNull(found.Email)
	m.PhoneNumber = tfvalue.StringOrNull(found.PhoneNumber)
	m.Identifier = tfvalue.StringOrNull(found.Identifier)
	m.CustomAttributes = account.ObjectOrNull(found.CustomAttributes)
	m.AdditionalAttributes = account.ObjectOrNull(found.AdditionalAttributes, ownKeys()...)
	m.Thumbnail = tfvalue.StringOrNull(found.Thumbnail)

	if found.Blocked || !m.Blocked.IsNull() {
		m.Blocked = types.BoolValue(found.Blocked)
	}

	if found.Company.Told || m.CompanyID.IsUnknown() {
		m.CompanyID = account.IDOrNull(found.Company.ID)
	}

	if !found.CreatedAt.IsZero() || m.CreatedAt.IsUnknown() {
		m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
	}

	if found.ContactInboxes != nil || !tfvalue.IsSet(m.ContactInboxes) {
		m.ContactInboxes = sessionList(found.ContactInboxes)
	}
}

// fillImported is fill for an import, which also stores that a contact is not blocked, and the session if there is one.
func (m *contactModel) fillImported(found *api.Contact) {
	m.fill(found)
	m.Blocked = types.BoolValue(found.Blocked)
	m.setOnlySession(found.ContactInboxes)
}

// follow is fill for a refresh: attributes that the state does not have stay out of it.
func (m *contactModel) follow(found *api.Contact) {
	prior := *m
	m.fill(found)

	m.Name = account.Track(false, prior.Name, m.Name)
	m.Email = account.Track(false, prior.Email, m.Email)
	m.PhoneNumber = account.Track(false, prior.PhoneNumber, m.PhoneNumber)
	m.Identifier = account.Track(false, prior.Identifier, m.Identifier)
	m.Blocked = account.Track(false, prior.Blocked, types.BoolValue(found.Blocked))

	if prior.CompanyID.ValueString() == "" { // The platform gives some contacts a company by itself.
		m.CompanyID = prior.CompanyID
	}

	m.CustomAttributes = tfvalue.TrackedObject(prior.CustomAttributes, found.CustomAttributes)
	m.AdditionalAttributes = tfvalue.TrackedObject(prior.AdditionalAttributes, found.AdditionalAttributes)

	m.dropLostSession(found.ContactInboxes)
}

// contactChange is what an update sends.
type contactChange struct {
	request api.ContactRequest
	// removed are custom attributes to remove.
	removed []string
	// others are custom attributes that leave the state and stay on the contact: the configuration never had them.
	others []string
}

// createRequest returns what creates the contact. The session's source id depends on the inbox and is added later.
func (m *contactModel) createRequest() (api.ContactRequest, diag.Diagnostics) {
	change, diags := m.changeFrom(&contactModel{}, ownership.Managed{})
	change.request.InboxID = api.ParseID(m.InboxID.ValueString())
	change.request.SourceID = m.SourceID.ValueString()

	return change.request, diags
}

// changeFrom returns what turns prior into m.
func (m *contactModel) changeFrom(prior *contactModel, managed ownership.Managed) (contactChange, diag.Diagnostics) {
	custom, diags := account.ObjectChangeOf(prior.CustomAttributes, m.CustomAttributes)
	additional, problems := account.ObjectChangeOf(prior.AdditionalAttributes, m.AdditionalAttributes)
	diags.Append(problems...)

	change := contactChange{request: api.ContactRequest{
		Name: account.TextChange(prior.Name, m.Name), Email: account.TextChange(prior.Email, m.Email),
		PhoneNumber: account.TextChange(prior.PhoneNumber, m.PhoneNumber), Identifier: account.TextChange(prior.Identifier, m.Identifier),
		CompanyID:        account.IDChange(prior.CompanyID, m.CompanyID),
		CustomAttributes: custom.Changed, AdditionalAttributes: additional.Changed,
	}}

	switch {
	case tfvalue.Cleared(prior.Blocked, m.Blocked):
		change.request.Blocked = new(bool) // Null would make the server fail.
	case tfvalue.Changed(prior.Blocked, m.Blocked):
		change.request.Blocked = tfvalue.BoolPtr(m.Blocked)
	}

	// A file takes the place of what the platform has fetched.
	isTakenOff := account.Avatar.IsRemoved(prior.Avatar, m.Avatar) || tfvalue.IsEmpty(m.Avatar) && tfvalue.Cleared(prior.AvatarURL, m.AvatarURL)
	if isTakenOff {
		change.request.Avatar = api.Null[string]()
	}

	if tfvalue.Changed(prior.AvatarURL, m.AvatarURL) && m.AvatarURL.ValueString() != "" {
		change.request.AvatarURL = tfvalue.StringPtr(m.AvatarURL)
	}

	change.removed, change.others = managed.Split("custom_attributes", custom.Removed)
	account.WarnKeptKeys(&diags, "custom_attributes", "the configuration never had them", change.others)
	account.WarnKeptKeys(&diags, "additional_attributes", "the platform cannot remove keys of this object", additional.Removed)

	return change, diags
}

// isPlanned reports whether the contact is what the plan would have made.
func (m *contactModel) isPlanned(found *api.Contact) bool {
	same := *m
	same.follow(found)

	return tfvalue.Same(same.Name, m.Name) && tfvalue.Same(same.Email, m.Email) && tfvalue.Same(same.PhoneNumber, m.PhoneNumber) &&
		tfvalue.Same(same.Identifier, m.Identifier) && tfvalue.Same(same.Blocked, m.Blocked) && tfvalue.Same(same.CompanyID, m.CompanyID) &&
		tfvalue.Same(same.CustomAttributes, m.CustomAttributes) && tfvalue.Same(same.AdditionalAttributes, m.AdditionalAttributes)
}

// companyName returns the request that puts the company name back that the model has, if the server has replaced it: it does so
// when a contact gets its first address at a business domain, and another company or none. The name that is sent afterwards stays.
func (m *contactModel) companyName(found *api.Contact) (api.ContactRequest, bool) {
	const key = "company_name"

	planned, diags := tfvalue.JSONObject(m.AdditionalAttributes)
	name, isPlanned := planned[key]

	if diags.HasError() || !isPlanned || tfvalue.SameJSON(name, found.AdditionalAttributes[key]) {
		return api.ContactRequest{}, false
	}

	return api.ContactRequest{AdditionalAttributes: map[string]any{key: name}}, true
}

// keys returns the keys that the contact has, the most telling first.
func (m *contactModel) keys() []api.ContactKey {
	var keys []api.ContactKey

	for _, key := range []api.ContactKey{api.KeyIdentifier, api.KeyEmail, api.KeyPhoneNumber} {
		if m.key(key).ValueString() != "" {
			keys = append(keys, key)
		}
	}

	return keys
}

func (m *contactModel) key(key api.ContactKey) types.String {
	switch key {
	case api.KeyEmail:
		return m.Email
	case api.KeyPhoneNumber:
		return m.PhoneNumber
	default:
		return m.Identifier
	}
}

func (m *contactModel) labels(ctx context.Context) ([]string, diag.Diagnostics) {
	return tfvalue.Strings(ctx, m.Labels)
}

// sessionType is one element of contact_inboxes.
func sessionType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"source_id": types.StringType, "inbox_id": types.StringType, "inbox_name": types.StringType, "channel_type": types.StringType,
	}}
}

// sessionList sorts sessions by inbox and source, since the server promises no order.
func sessionList(found []api.ContactInbox) types.List {
	sessions := slices.SortedFunc(slices.Values(found), func(a, b api.ContactInbox) int {
		return cmp.Or(cmp.Compare(a.Inbox.ID, b.Inbox.ID), strings.Compare(a.SourceID, b.SourceID))
	})

	elements := make([]attr.Value, len(sessions))
	for i, session := range sessions {
		elements[i] = types.ObjectValueMust(sessionType().AttrTypes, map[string]attr.Value{
			"source_id":    types.StringValue(session.SourceID),
			"inbox_id":     types.StringValue(session.Inbox.ID.String()),
			"inbox_name":   types.StringValue(session.Inbox.Name),
			"channel_type": types.StringValue(session.Inbox.ChannelType),
		})
	}

	return types.ListValueMust(sessionType(), elements)
}
