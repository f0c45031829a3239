package talk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var _ datasource.DataSourceWithConfigValidators = (*contactInboxDataSource)(nil)

func newContactInboxDataSource() datasource.DataSource { return &contactInboxDataSource{} }

type contactInboxDataSource struct{ account.DataSource }

// contactInboxData is a session, and what it tells of its inbox.
type contactInboxData struct {
	contactInboxModel

	InboxName   types.String `tfsdk:"inbox_name"`
	ChannelType types.String `tfsdk:"channel_type"`
}

func (d *contactInboxDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_contact_inbox"
}

func (d *contactInboxDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A session: whose it is, by `source_id`, or which one a contact has in the inbox, by `contact_id`.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.Found("The contact, the inbox and the source id, with slashes between them."),
			"inbox_id": schema.StringAttribute{
				MarkdownDescription: "The inbox.", Required: true, Validators: []validator.String{attribute.IntegerID()},
			},
			"contact_id":   attribute.Lookup("The contact. One with several sessions in the inbox needs `source_id` as well.", attribute.IntegerID()),
			"source_id":    attribute.Lookup("The session's id in the inbox's channel."),
			"inbox_name":   attribute.Found("The inbox's name."),
			"channel_type": attribute.Found("The inbox's channel, such as `Channel::Api`."),
		},
	}
}

func (d *contactInboxDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{attribute.AtLeastOne("contact_id", "source_id")}
}

func (d *contactInboxDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data contactInboxData
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	var (
		contact api.Contact
		err     error
	)

	inbox := api.ParseID(data.InboxID.ValueString())
	if data.ContactID.ValueString() != "" {
		contact, err = d.Client.Contact(ctx, api.ParseID(data.ContactID.ValueString()))
	} else {
		contact, err = d.Client.SessionOwner(ctx, inbox, data.SourceID.ValueString())
	}

	session := data.only(&contact, &resp.Diagnostics)
	switch {
	case transport.IsNotFound(err) || err == nil && session == nil && !resp.Diagnostics.HasError():
		apidiag.NotFound(&resp.Diagnostics, "The session in inbox "+inbox.String())
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "find the session in inbox "+inbox.String(), err)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	data.fromAPI(contact.ID, session)
	data.InboxName, data.ChannelType = tfvalue.StringOrNull(session.Inbox.Name), tfvalue.StringOrNull(session.Inbox.ChannelType)
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}

// only is the contact's session in the inbox, with the source id if one is given; nil without any.
func (m *contactInboxData) only(contact *api.Contact, diags *diag.Diagnostics) *api.ContactInbox {
	if m.SourceID.ValueString() != "" {
		return m.in(contact.ContactInboxes)
	}

	var found *api.ContactInbox

	sessions := 0

	for i, session := range contact.ContactInboxes {
		if session.Inbox.ID.String() == m.InboxID.ValueString() {
			found = &contact.ContactInboxes[i]
			sessions++
		}
	}

	if sessions > 1 {
		diags.AddAttributeError(path.Root("source_id"), "Several sessions", fmt.Sprintf(
			"Contact %s has %d sessions in inbox %s. Set source_id to that of one: contact_inboxes of the data source chatlake_contact has them.",
			contact.ID, sessions, m.InboxID.ValueString()))
	}

	return found
}
