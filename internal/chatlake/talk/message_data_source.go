package talk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ datasource.DataSourceWithConfigure = (*messageDataSource)(nil)
	_ datasource.DataSourceWithConfigure = (*messagesDataSource)(nil)
)

func newMessageDataSource() datasource.DataSource { return &messageDataSource{} }

func newMessagesDataSource() datasource.DataSource { return &messagesDataSource{} }

type messageDataSource struct{ account.DataSource }

type messagesDataSource struct{ account.DataSource }

// messageData is one message of a data source.
type messageData struct {
	ID          types.String `tfsdk:"id"`
	Content     types.String `tfsdk:"content"`
	MessageType types.String `tfsdk:"message_type"`
	Private     types.Bool   `tfsdk:"private"`
	ContentType types.String `tfsdk:"content_type"`
	Status      types.String `tfsdk:"status"`
	Deleted     types.Bool   `tfsdk:"deleted"`
	SourceID    types.String `tfsdk:"source_id"`
	CreatedAt   types.String `tfsdk:"created_at"`
	SenderType  types.String `tfsdk:"sender_type"`
	SenderID    types.String `tfsdk:"sender_id"`
	SenderName  types.String `tfsdk:"sender_name"`
	Attachments types.List   `tfsdk:"attachments"`
}

func attachmentType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"id": types.StringType, "file_type": types.StringType, "data_url": types.StringType, "file_size": types.Int64Type,
	}}
}

func (m *messageData) fromAPI(found *api.Message) {
	m.ID, m.Content = types.StringValue(found.ID.String()), tfvalue.StringOrNull(found.Content)
	m.MessageType, m.Private = types.StringValue(string(found.MessageType)), types.BoolValue(found.Private)
	m.ContentType, m.Status = types.StringValue(contentTypeOf(found)), tfvalue.StringOrNull(found.Status)
	m.Deleted, m.SourceID = types.BoolValue(found.Deleted()), tfvalue.StringOrNull(found.SourceID)

	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)
	if found.Sender != nil {
		m.SenderType, m.SenderID = tfvalue.StringOrNull(found.Sender.Type), account.IDOrNull(found.Sender.ID)
		m.SenderName = tfvalue.StringOrNull(found.Sender.Name)
	}

	files := make([]attr.Value, len(found.Attachments))
	for i, file := range found.Attachments {
		files[i] = types.ObjectValueMust(attachmentType().AttrTypes, map[string]attr.Value{
			"id": account.IDOrNull(file.ID), "file_type": tfvalue.StringOrNull(file.FileType), "data_url": tfvalue.StringOrNull(file.DataURL),
			"file_size": types.Int64Value(file.FileSize),
		})
	}

	m.Attachments = types.ListValueMust(attachmentType(), files)
}

func messageDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":           attribute.Found("The message's id."),
		"content":      attribute.Found("The text, as the platform rendered it."),
		"message_type": attribute.Found("`incoming`, `outgoing`, `activity` or `template`."),
		"private":      attribute.FoundFlag("Whether this is a note that only agents see."),
		"content_type": attribute.Found("The kind of content, such as `text` or `cards`."),
		"status":       attribute.Found("`sent`, `delivered`, `read` or `failed`."),
		"deleted":      attribute.FoundFlag("Whether the message was deleted: then its content is a note about that."),
		"source_id":    attribute.Found("The id that its sender gave it."),
		"created_at":   attribute.Found("When the message was sent. RFC 3339, in UTC."),
		"sender_type":  attribute.Found("Who sent it: `user`, `contact` or `agent_bot`; null for the platform."),
		"sender_id":    attribute.Found("The sender's id."),
		"sender_name":  attribute.Found("The sender's name."),
		"attachments": attribute.FoundList("The files.", map[string]schema.Attribute{
			"id":        attribute.Found("The file's id."),
			"file_type": attribute.Found("The kind of file, such as `image` or `file`."),
			"data_url":  attribute.Found("Where it can be fetched."),
			"file_size": schema.Int64Attribute{MarkdownDescription: "Its size in bytes.", Computed: true},
		}),
	}
}

func (d *messageDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_message"
}

func (d *messageDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	required := func(description string) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{attribute.IntegerID()}}
	}
	attributes := messageDataAttributes()
	attributes["id"] = required("The message's id.")
	attributes["conversation_id"] = required("The conversation.")
	attributes["content_attributes"] = schema.DynamicAttribute{MarkdownDescription: "What belongs to the kind of content, an object.", Computed: true}
	resp.Schema = schema.Schema{MarkdownDescription: "A message of a conversation, by id.", Attributes: attributes}
}

func (d *messageDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var data struct {
		messageData

		ConversationID    types.String  `tfsdk:"conversation_id"`
		ContentAttributes types.Dynamic `tfsdk:"content_attributes"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, ok, err := d.Client.Message(ctx, api.ParseID(data.ConversationID.ValueString()), api.ParseID(data.ID.ValueString()))
	if transport.IsNotFound(err) || err == nil && !ok {
		apidiag.NotFound(&resp.Diagnostics, "Message "+data.ID.ValueString()+" of conversation "+data.ConversationID.ValueString())
		return
	}

	apidiag.Add(&resp.Diagnostics, "read message "+data.ID.ValueString(), err)
	if resp.Diagnostics.HasError() {
		return
	}

	data.fromAPI(&found)
	data.ContentAttributes = account.ObjectOrNull(found.ContentAttributes)
	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}

func (d *messagesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_messages"
}

func (d *messagesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	row := messageDataAttributes()
	row["content_attributes_json"] = attribute.Found("What belongs to the kind of content as JSON, for `jsondecode`; null if there is nothing.")
	resp.Schema = schema.Schema{
		MarkdownDescription: "The messages of a conversation, oldest first, with what the platform noted about it in between (`activity`).",
		Attributes: map[string]schema.Attribute{
			"conversation_id": schema.StringAttribute{
				MarkdownDescription: "The conversation.", Required: true, Validators: []validator.String{attribute.IntegerID()},
			},
			"max_results": attribute.MaxResults("of the latest messages"),
			"messages":    attribute.FoundList("The messages.", row),
		},
	}
}

func (d *messagesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	type row struct {
		messageData

		ContentAttributes types.String `tfsdk:"content_attributes_json"`
	}

	var data struct {
		ConversationID types.String `tfsdk:"conversation_id"`
		MaxResults     types.Int64  `tfsdk:"max_results"`
		Messages       []row        `tfsdk:"messages"`
	}
	resp.Diagnostics.Append(req.Config.Get(ctx, &data)...)
	if resp.Diagnostics.HasError() {
		return
	}

	messages, err := d.Client.Messages(ctx, api.ParseID(data.ConversationID.ValueString()), int(data.MaxResults.ValueInt64()))
	if transport.IsNotFound(err) {
		apidiag.NotFound(&resp.Diagnostics, "Conversation "+data.ConversationID.ValueString())
		return
	}

	apidiag.Add(&resp.Diagnostics, "list the messages of conversation "+data.ConversationID.ValueString(), err)
	if resp.Diagnostics.HasError() {
		return
	}

	data.Messages = make([]row, len(messages))
	for i := range messages {
		data.Messages[i].fromAPI(&messages[i])
		data.Messages[i].ContentAttributes = account.JSONText(messages[i].ContentAttributes)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, data)...)
}
