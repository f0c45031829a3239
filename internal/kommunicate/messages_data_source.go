package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var _ datasource.DataSourceWithConfigure = (*messagesDataSource)(nil)

func newMessagesDataSource() datasource.DataSource { return &messagesDataSource{} }

type messagesDataSource struct{ configuredDataSource }

type messagesDataModel struct {
	GroupID    types.String `tfsdk:"group_id"`
	MaxResults types.Int64  `tfsdk:"max_results"`
	Messages   []messageRow `tfsdk:"messages"`
}

type messageRow struct {
	MessageKey   types.String   `tfsdk:"message_key"`
	FromUserName types.String   `tfsdk:"from_user_name"`
	Message      types.String   `tfsdk:"message"`
	ContentType  types.String   `tfsdk:"content_type"`
	Metadata     types.Map      `tfsdk:"metadata"`
	Attachment   *attachmentRow `tfsdk:"attachment"`
	CreatedAt    types.String   `tfsdk:"created_at"`
}

type attachmentRow struct {
	URL          types.String `tfsdk:"url"`
	Name         types.String `tfsdk:"name"`
	ContentType  types.String `tfsdk:"content_type"`
	Size         types.Int64  `tfsdk:"size"`
	BlobKey      types.String `tfsdk:"blob_key"`
	ThumbnailURL types.String `tfsdk:"thumbnail_url"`
}

func (m *messageRow) fromAPI(found api.Message) {
	m.MessageKey = types.StringValue(found.Key)
	m.FromUserName = tfvalue.StringOrNull(found.Sender())
	m.Message = types.StringValue(found.Text)
	m.ContentType = types.StringValue(contentTypeName(found.ContentType))
	m.Metadata = tfvalue.MapOf(found.Metadata)
	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)

	file := found.FileMeta
	if file != nil {
		m.Attachment = &attachmentRow{
			URL: tfvalue.StringOrNull(file.URL), Name: tfvalue.StringOrNull(file.Name), ContentType: tfvalue.StringOrNull(file.ContentType),
			Size: types.Int64Value(file.Size), BlobKey: tfvalue.StringOrNull(file.BlobKey), ThumbnailURL: tfvalue.StringOrNull(file.ThumbnailURL),
		}
	}
}

func (d *messagesDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "kommunicate_messages"
}

func (d *messagesDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	text := func(description string) schema.Attribute {
		return schema.StringAttribute{MarkdownDescription: description, Computed: true}
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Messages of a conversation, the newest first.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents reading messages; the provider uses the chat backend's call, as the acting user.",
		Attributes: map[string]schema.Attribute{
			"group_id": schema.StringAttribute{
				MarkdownDescription: "Group id of the conversation.",
				Required:            true,
				Validators:          []validator.String{attribute.IntegerID()},
			},
			"max_results": maxResults(),
			"messages": schema.ListNestedAttribute{
				MarkdownDescription: "The messages.",
				Computed:            true,
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"message_key":    text("Key of the message."),
					"from_user_name": text("User id of the sender."),
					"message":        text("Text of the message."),
					"content_type":   text("What the text is: " + attribute.Choices(contentTypes...) + ", or the platform's code."),
					"metadata":       schema.MapAttribute{MarkdownDescription: "Metadata, as text.", Computed: true, ElementType: types.StringType},
					"created_at":     text("When the message was sent. RFC 3339, in UTC."),
					"attachment": schema.SingleNestedAttribute{
						MarkdownDescription: "The file that came with the message; null if none did.",
						Computed:            true,
						Attributes: map[string]schema.Attribute{
							"url":           text("Address of the file."),
							"name":          text("Name of the file."),
							"content_type":  text("Media type of the file."),
							"size":          schema.Int64Attribute{MarkdownDescription: "Size in bytes.", Computed: true},
							"blob_key":      text("The platform's key of the file."),
							"thumbnail_url": text("Address of a small picture of the file."),
						},
					},
				}},
			},
		},
	}
}

// Read lists messages.
func (d *messagesDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config messagesDataModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := api.Collect(d.client.Messages(ctx, config.GroupID.ValueString()), limit(config.MaxResults))
	if transport.IsNotFound(err) {
		apidiag.NotFound(&resp.Diagnostics, "Conversation "+config.GroupID.ValueString())
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "list messages of conversation "+config.GroupID.ValueString(), err)
		return
	}

	config.Messages = make([]messageRow, len(found))
	for i, row := range found {
		config.Messages[i].fromAPI(row)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, config)...)
}
