package talk

import (
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
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

// in finds the session among the contact's.
func (m *contactInboxModel) in(sessions []api.ContactInbox) *api.ContactInbox {
	for i := range sessions {
		if sessions[i].Inbox.ID.String() == m.InboxID.ValueString() && sessions[i].SourceID == m.SourceID.ValueString() {
			return &sessions[i]
		}
	}

	return nil
}

// parseContactInboxImport reads contact_id/inbox_id/source_id; a source id may hold slashes.
func parseContactInboxImport(id string) (contact, inbox, source string, ok bool) {
	parts := strings.SplitN(id, "/", 3)
	if len(parts) != 3 || !account.IsID(parts[0]) || !account.IsID(parts[1]) || parts[2] == "" {
		return "", "", "", false
	}

	return parts[0], parts[1], parts[2], true
}
