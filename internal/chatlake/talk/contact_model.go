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
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

type contactModel struct {
	ID                   types.String   `tfsdk:"id"`
	Name                 types.String   `tfsdk:"name"`
	Email                types.String   `tfsdk:"email"`
	PhoneNumber          types.String   `tfsdk:"phone_number"`
	Identifier           types.String   `tfsdk:"identifier"`
	AvatarURL            types.String   `tfsdk:"avatar_url"`
	Blocked              types.Bool     `tfsdk:"blocked"`
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

// sessionType is one element of contact_inboxes.
func sessionType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"source_id": types.StringType, "inbox_id": types.StringType, "inbox_name": types.StringType, "channel_type": types.StringType,
	}}
}

// bookkeeping are keys that the server writes into additional_attributes when it has fetched a picture.
func bookkeeping() []string { return []string{"last_avatar_sync_at", "avatar_url_hash"} }

// imported says that nothing but the id is known yet: the list of sessions is at least empty on what was ever read.
func (m *contactModel) imported() bool { return m.ContactInboxes.IsNull() }

// fromAPI fills in what the server says. It does not tell of avatar_url, nor, here, of labels.
func (m *contactModel) fromAPI(found *api.Contact) {
	imported := m.imported()
	m.ID = types.StringValue(found.ID.String())

	m.Name = account.Track(imported, m.Name, tfvalue.StringOrNull(found.Name))
	if !strings.EqualFold(m.Email.ValueString(), found.Email) { // The server lower-cases it.
		m.Email = account.Track(imported, m.Email, tfvalue.StringOrNull(found.Email))
	}

	m.PhoneNumber = account.Track(imported, m.PhoneNumber, tfvalue.StringOrNull(found.PhoneNumber))

	m.Identifier = account.Track(imported, m.Identifier, tfvalue.StringOrNull(found.Identifier))
	if !m.Blocked.IsNull() || imported && found.Blocked {
		m.Blocked = types.BoolValue(found.Blocked)
	}

	if imported {
		m.CustomAttributes = account.ObjectOrNull(found.CustomAttributes)
		m.AdditionalAttributes = account.ObjectOrNull(found.AdditionalAttributes, bookkeeping()...)
	} else {
		m.CustomAttributes = tfvalue.TrackedObject(m.CustomAttributes, found.CustomAttributes)
		m.AdditionalAttributes = tfvalue.TrackedObject(m.AdditionalAttributes, found.AdditionalAttributes)
	}

	if imported && len(found.ContactInboxes) == 1 {
		m.InboxID = types.StringValue(found.ContactInboxes[0].Inbox.ID.String())
		m.SourceID = types.StringValue(found.ContactInboxes[0].SourceID)
	}

	m.Thumbnail = tfvalue.StringOrNull(found.Thumbnail)
	if !found.CreatedAt.IsZero() || m.CreatedAt.IsUnknown() {
		m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
	}

	if found.ContactInboxes != nil || !tfvalue.IsSet(m.ContactInboxes) {
		m.ContactInboxes = sessionList(found.ContactInboxes)
	}
}

// sessionList is in the order of inbox and source, since the server promises none.
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

// KeepPlanned makes the state what Terraform planned, after an update: what somebody else changed meanwhile, the next refresh
// finds.
func (m *contactModel) settle(plan *contactModel) {
	m.Name, m.Email = account.PlannedOr(plan.Name, m.Name), account.PlannedOr(plan.Email, m.Email)
	m.PhoneNumber, m.Identifier = account.PlannedOr(plan.PhoneNumber, m.PhoneNumber), account.PlannedOr(plan.Identifier, m.Identifier)
	m.Blocked = account.PlannedOr(plan.Blocked, m.Blocked)
	m.CustomAttributes = account.PlannedOr(plan.CustomAttributes, m.CustomAttributes)
	m.AdditionalAttributes = account.PlannedOr(plan.AdditionalAttributes, m.AdditionalAttributes)
	m.Labels = account.PlannedOr(plan.Labels, m.Labels)
	m.InboxID = account.PlannedOr(plan.InboxID, m.InboxID)
	m.SourceID = account.PlannedOr(plan.SourceID, m.SourceID)
	m.Thumbnail = account.PlannedOr(plan.Thumbnail, m.Thumbnail)
	m.CreatedAt = account.PlannedOr(plan.CreatedAt, m.CreatedAt)
	m.ContactInboxes = account.PlannedOr(plan.ContactInboxes, m.ContactInboxes)
}

// createRequest is what creates the contact. The session's source id is added by who knows the inbox.
func (m *contactModel) createRequest() (api.ContactRequest, diag.Diagnostics) {
	none := contactModel{}
	req, _, diags := m.updateRequest(&none)
	req.InboxID = api.ParseID(m.InboxID.ValueString())
	req.SourceID = m.SourceID.ValueString()

	return req, diags
}

// updateRequest is what makes prior into m, and the custom attributes to be removed besides.
func (m *contactModel) updateRequest(prior *contactModel) (api.ContactRequest, []string, diag.Diagnostics) {
	var diags diag.Diagnostics

	object := func(v types.Dynamic) map[string]any {
		members, problems := tfvalue.JSONObject(v)
		diags.Append(problems...)

		return members
	}
	custom, oldCustom := object(m.CustomAttributes), object(prior.CustomAttributes)
	additional, oldAdditional := object(m.AdditionalAttributes), object(prior.AdditionalAttributes)

	req := api.ContactRequest{
		Name: account.TextChange(prior.Name, m.Name), Email: account.TextChange(prior.Email, m.Email),
		PhoneNumber: account.TextChange(prior.PhoneNumber, m.PhoneNumber), Identifier: account.TextChange(prior.Identifier, m.Identifier),
		CustomAttributes:     account.ChangedKeys(oldCustom, custom),
		AdditionalAttributes: account.ChangedKeys(oldAdditional, additional),
	}
	switch {
	case tfvalue.Cleared(prior.Blocked, m.Blocked):
		req.Blocked = new(bool) // Null would make the server fail.
	case tfvalue.Changed(prior.Blocked, m.Blocked):
		req.Blocked = tfvalue.BoolPtr(m.Blocked)
	}

	switch {
	case tfvalue.Cleared(prior.AvatarURL, m.AvatarURL):
		req.Avatar = api.Null[string]()
	case tfvalue.Changed(prior.AvatarURL, m.AvatarURL):
		req.AvatarURL = tfvalue.StringPtr(m.AvatarURL)
	}

	kept := account.RemovedKeys(oldAdditional, additional)
	if len(kept) > 0 {
		diags.AddWarning("Additional attributes stay on the contact", "The platform cannot remove keys of additional_attributes. "+
			"No longer managed, and left as they are: "+strings.Join(kept, ", ")+".")
	}

	return req, account.RemovedKeys(oldCustom, custom), diags
}

// matches says whether the contact is what the request would have made.
func (m *contactModel) matches(found *api.Contact) bool {
	same := *m
	same.ContactInboxes = sessionList(nil) // Not imported.
	same.fromAPI(found)

	return same.Name.Equal(m.Name) && same.Email.Equal(m.Email) && same.PhoneNumber.Equal(m.PhoneNumber) &&
		same.Identifier.Equal(m.Identifier) && same.Blocked.Equal(m.Blocked) &&
		same.CustomAttributes.Equal(m.CustomAttributes) && same.AdditionalAttributes.Equal(m.AdditionalAttributes)
}

// keys are the keys that the contact has, the most telling first.
func (m *contactModel) keys() []api.ContactKey {
	var keys []api.ContactKey

	for _, key := range []api.ContactKey{api.KeyIdentifier, api.KeyEmail, api.KeyPhoneNumber} {
		if tfvalue.IsSet(m.key(key)) {
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
