package talk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var _ datasource.DataSourceWithConfigValidators = (*contactDataSource)(nil)

func newContactDataSource() datasource.DataSource { return &contactDataSource{} }

type contactDataSource struct{ account.DataSource }

// contactData is one contact of a data source, with what changes by itself.
type contactData struct {
	ID                 types.String `tfsdk:"id"`
	Name               types.String `tfsdk:"name"`
	Email              types.String `tfsdk:"email"`
	PhoneNumber        types.String `tfsdk:"phone_number"`
	Identifier         types.String `tfsdk:"identifier"`
	Blocked            types.Bool   `tfsdk:"blocked"`
	CompanyID          types.String `tfsdk:"company_id"`
	Thumbnail          types.String `tfsdk:"thumbnail"`
	AvailabilityStatus types.String `tfsdk:"availability_status"`
	LastActivityAt     types.String `tfsdk:"last_activity_at"`
	CreatedAt          types.String `tfsdk:"created_at"`
	ContactInboxes     types.List   `tfsdk:"contact_inboxes"`
}

func (m *contactData) fromAPI(found *api.Contact) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = tfvalue.StringOrNull(found.Name)
	m.Email = tfvalue.StringOrNull(found.Email)
	m.PhoneNumber = tfvalue.StringOrNull(found.PhoneNumber)
	m.Identifier = tfvalue.StringOrNull(found.Identifier)
	m.Blocked = types.BoolValue(found.Blocked)
	m.CompanyID = account.IDOrNull(found.Company.ID)
	m.Thumbnail = tfvalue.StringOrNull(found.Thumbnail)
	m.AvailabilityStatus = tfvalue.StringOrNull(found.AvailabilityStatus)
	m.LastActivityAt = tfvalue.Timestamp(found.LastActivityAt.Time)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
	m.ContactInboxes = sessionList(found.ContactInboxes)
}

func contactDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":                  attribute.Found("The contact's id."),
		"name":                attribute.Found("The full name."),
		"email":               attribute.Found("The e-mail address, in lower case."),
		"phone_number":        attribute.Found("The phone number."),
		"identifier":          attribute.Found("The id that was given to the contact by its creator."),
		"blocked":             attribute.FoundFlag("Whether the contact is blocked."),
		"company_id":          attribute.Found("The company; null if there is none, and on accounts without the feature `companies`."),
		"thumbnail":           attribute.Found("The address of the contact's picture."),
		"availability_status": attribute.Found("Whether the contact is `online` or `offline` at this moment."),
		"last_activity_at":    attribute.Found("When the contact was last active. RFC 3339, in UTC."),
		"created_at":          attribute.Found("When the contact was created. RFC 3339, in UTC."),
		"contact_inboxes": attribute.FoundList("The contact's sessions, by inbox and source.", map[string]schema.Attribute{
			"source_id":    attribute.Found("The session's id in the channel."),
			"inbox_id":     attribute.Found("The inbox."),
			"inbox_name":   attribute.Found("The inbox's name."),
			"channel_type": attribute.Found("The inbox's channel, such as `Channel::Api`."),
		}),
	}
}

func (d *contactDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_contact"
}

func (d *contactDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := contactDataAttributes()
	attributes["id"] = attribute.Lookup("The contact's id.", attribute.IntegerID())
	attributes["email"] = attribute.Lookup("The e-mail address; case does not count.", attribute.Email())
	attributes["phone_number"] = attribute.Lookup("The phone number in E.164 form.", attribute.E164())
	attributes["identifier"] = attribute.Lookup("The id that was given to the contact by its creator; case counts.")
	attributes["custom_attributes"] = schema.DynamicAttribute{MarkdownDescription: "All custom attributes, an object.", Computed: true}
	attributes["additional_attributes"] = schema.DynamicAttribute{MarkdownDescription: "All additional attributes, an object.", Computed: true}
	attributes["labels"] = schema.SetAttribute{MarkdownDescription: "The contact's labels.", Computed: true, ElementType: types.StringType}
	resp.Schema = schema.Schema{
		MarkdownDescription: "A contact, by exactly one of `id`, `email`, `phone_number` and `identifier`.",
		Attributes:          attributes,
	}
}

func (d *contactDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{attribute.ExactlyOne("id", "email", "phone_number", "identifier")}
}

func (d *contactDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data struct {
		contactData

		CustomAttributes     types.Dynamic `tfsdk:"custom_attributes"`
		AdditionalAttributes types.Dynamic `tfsdk:"additional_attributes"`
		Labels               types.Set     `tfsdk:"labels"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found := d.find(ctx, &data.contactData, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	labels, err := d.Client.ContactLabels(ctx, found.ID)
	apidiag.Add(&resp.Diagnostics, fmt.Sprintf("read the labels of contact %s", found.ID), err)
	data.fromAPI(&found)
	data.CustomAttributes = account.ObjectOrNull(found.CustomAttributes)
	data.AdditionalAttributes = account.ObjectOrNull(found.AdditionalAttributes)

	data.Labels = tfvalue.StringSet(labels)
	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
	}
}

// find reads the contact by whichever key is configured.
func (d *contactDataSource) find(ctx context.Context, data *contactData, diags *diag.Diagnostics) api.Contact {
	keys := map[api.ContactKey]types.String{
		api.KeyEmail: data.Email, api.KeyPhoneNumber: data.PhoneNumber, api.KeyIdentifier: data.Identifier,
	}
	for key, value := range keys {
		if value.ValueString() == "" {
			continue
		}

		found, err := d.Client.FindContact(ctx, key, value.ValueString())
		if transport.IsNotFound(err) {
			apidiag.NotFound(diags, fmt.Sprintf("The contact with this %s", key))
			return found
		}

		apidiag.Add(diags, fmt.Sprintf("find the contact with this %s", key), err)

		return found
	}

	found, err := d.Client.Contact(ctx, api.ParseID(data.ID.ValueString()))
	if transport.IsNotFound(err) {
		apidiag.NotFound(diags, "Contact "+data.ID.ValueString())
		return found
	}

	apidiag.Add(diags, "read contact "+data.ID.ValueString(), err)

	return found
}
