package talk

import (
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// contactNoteModel is a note in a configuration and in state.
type contactNoteModel struct {
	ID        types.String `tfsdk:"id"`
	ContactID types.String `tfsdk:"contact_id"`
	Content   types.String `tfsdk:"content"`
	CreatedAt types.String `tfsdk:"created_at"`
}

func (m *contactNoteModel) fromAPI(found api.ContactNote) {
	m.ID = types.StringValue(found.ID.String())
	m.Content = types.StringValue(found.Content)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
}

// ids are the contact's and the note's.
func (m *contactNoteModel) ids() (contact, note api.ID) {
	return api.ParseID(m.ContactID.ValueString()), api.ParseID(m.ID.ValueString())
}

// contactNoteIdentity is the identity of a note.
type contactNoteIdentity struct {
	AccountID types.String `tfsdk:"account_id"`
	ContactID types.String `tfsdk:"contact_id"`
	ID        types.String `tfsdk:"id"`
}
