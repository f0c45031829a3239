package chatlake

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var _ datasource.DataSourceWithConfigure = (*contactNoteDataSource)(nil)

func newContactNoteDataSource() datasource.DataSource { return &contactNoteDataSource{} }

type contactNoteDataSource struct{ configuredDataSource }

func (d *contactNoteDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_contact_note"
}

func (d *contactNoteDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	id := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{attribute.IntegerID()}}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A note on a contact.",
		Attributes: map[string]schema.Attribute{
			"id":         id("The note's id."),
			"contact_id": id("The contact's id."),
			"content":    foundText("The note."),
			"created_at": foundText("When it was written. RFC 3339, in UTC."),
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
	found, err := d.client.ContactNote(ctx, contact, id)
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
