package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// contactNoteSources are the data sources chatlake_contact_note and chatlake_contact_notes.
var contactNoteSources = lookup.Sources[api.Client, api.ContactNote, contactNoteModel]{
	Type: "chatlake_contact_note", Plural: "chatlake_contact_notes", ListName: "contact_notes",
	Description:       "A note on a contact.",
	PluralDescription: "All notes on a contact.",
	ListDescription:   "The notes, the newest first.",
	Parent:            &lookup.Parent{Name: "contact_id", Attribute: attribute.RequiredLookup("The contact's id.", attribute.IntegerID())},
	Attributes: map[string]schema.Attribute{
		"id":         attribute.Found("The note's id."),
		"contact_id": attribute.Found("The contact's id."),
		"content":    attribute.Found("The note."),
		"created_at": attribute.Found("When it was written. RFC 3339, in UTC."),
	},
	Keys:   []lookup.Key[api.ContactNote]{{Name: "id", Attribute: attribute.RequiredLookup("The note's id.", attribute.IntegerID())}},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, contact string) ([]api.ContactNote, error) {
		return client.ContactNotes(ctx, api.ParseID(contact))
	},
	One: func(ctx context.Context, client *api.Client, contact, id string) (api.ContactNote, error) {
		return client.ContactNote(ctx, api.ParseID(contact), api.ParseID(id))
	},
	Model: func(note api.ContactNote, contact string) contactNoteModel {
		m := contactNoteModel{ContactID: types.StringValue(contact)}
		m.fromAPI(note)

		return m
	},
}
