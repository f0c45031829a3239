package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure = (*contactNoteDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*contactNotesDataSource)(nil)
)

func newContactNoteDataSource() datasource.DataSource { return &contactNoteDataSource{} }

func newContactNotesDataSource() datasource.DataSource { return &contactNotesDataSource{} }

type contactNoteDataSource struct{ account.DataSource }

func (d *contactNoteDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_contact_note"
}

func (d *contactNoteDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A note on a contact.",
		Attributes: map[string]schema.Attribute{
			"id":         attribute.RequiredLookup("The note's id.", attribute.IntegerID()),
			"contact_id": attribute.RequiredLookup("The contact's id.", attribute.IntegerID()),
			"content":    attribute.Found("The note."),
			"created_at": attribute.Found("When it was written. RFC 3339, in UTC."),
		},
	}
}

func (d *contactNoteDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config contactNoteModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	contact, id := config.ids()

	found, err := d.Client.ContactNote(ctx, contact, id)
	switch {
	case transport.IsNotFound(err):
		apidiag.NotFound(&resp.Diagnostics, "Note "+config.ID.ValueString()+" on contact "+config.ContactID.ValueString())
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read contact note "+config.ID.ValueString(), err)
	default:
		config.fromAPI(found)
		resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
	}
}

type contactNotesDataSource struct{ account.DataSource }

func (d *contactNotesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_contact_notes"
}

func (d *contactNotesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All notes on a contact.",
		Attributes: map[string]schema.Attribute{
			"contact_id": attribute.RequiredLookup("The contact's id.", attribute.IntegerID()),
			"contact_notes": attribute.FoundList("The notes, the newest first.", map[string]schema.Attribute{
				"id":         attribute.Found("The note's id."),
				"contact_id": attribute.Found("The contact's id."),
				"content":    attribute.Found("The note."),
				"created_at": attribute.Found("When it was written. RFC 3339, in UTC."),
			}),
		},
	}
}

func (d *contactNotesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config struct {
		ContactID    types.String       `tfsdk:"contact_id"`
		ContactNotes []contactNoteModel `tfsdk:"contact_notes"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := d.Client.ContactNotes(ctx, api.ParseID(config.ContactID.ValueString()))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read the notes on contact "+config.ContactID.ValueString(), err)
		return
	}

	config.ContactNotes = make([]contactNoteModel, len(found))
	for i, note := range found {
		config.ContactNotes[i].ContactID = config.ContactID
		config.ContactNotes[i].fromAPI(note)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
