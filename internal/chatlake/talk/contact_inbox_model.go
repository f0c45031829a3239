package talk

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
)

type contactInboxModel struct {
	ID        types.String `tfsdk:"id"`
	ContactID types.String `tfsdk:"contact_id"`
	InboxID   types.String `tfsdk:"inbox_id"`
	SourceID  types.String `tfsdk:"source_id"`
}

// contactInboxIdentity tells a session apart from all others.
type contactInboxIdentity struct {
	AccountID types.String `tfsdk:"account_id"`
	ContactID types.String `tfsdk:"contact_id"`
	InboxID   types.String `tfsdk:"inbox_id"`
	SourceID  types.String `tfsdk:"source_id"`
}

// fromAPI fills in the session of the contact.
func (m *contactInboxModel) fromAPI(contact api.ID, found *api.ContactInbox) {
	m.ContactID = types.StringValue(contact.String())
	m.InboxID = types.StringValue(found.Inbox.ID.String())
	m.SourceID = types.StringValue(found.SourceID)
	m.ID = types.StringValue(m.ContactID.ValueString() + "/" + m.InboxID.ValueString() + "/" + found.SourceID)
}

// source returns the session's source id: from the id if the configuration has an empty one.
func (m *contactInboxModel) source() string {
	parts := strings.SplitN(m.ID.ValueString(), "/", 3)
	if m.SourceID.ValueString() == "" && len(parts) == 3 {
		return parts[2]
	}

	return m.SourceID.ValueString()
}

// in finds the session among the contact's.
func (m *contactInboxModel) in(sessions []api.ContactInbox) *api.ContactInbox {
	for i := range sessions {
		if sessions[i].Inbox.ID.String() == m.InboxID.ValueString() && sessions[i].SourceID == m.source() {
			return &sessions[i]
		}
	}

	return nil
}
