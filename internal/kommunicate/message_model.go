package kommunicate

import (
	"context"
	"maps"
	"strconv"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

type messageModel struct {
	ID            types.String     `tfsdk:"id"`
	GroupID       types.String     `tfsdk:"group_id"`
	ClientGroupID types.String     `tfsdk:"client_group_id"`
	FromUserName  types.String     `tfsdk:"from_user_name"`
	Message       types.String     `tfsdk:"message"`
	ContentType   types.String     `tfsdk:"content_type"`
	Metadata      types.Map        `tfsdk:"metadata"`
	SkipBot       types.Bool       `tfsdk:"skip_bot"`
	RichMessage   *richMessage     `tfsdk:"rich_message"`
	Attachment    *attachmentModel `tfsdk:"attachment"`
	Triggers      types.Map        `tfsdk:"triggers"`
	OnDestroy     types.String     `tfsdk:"on_destroy"`
	CreatedAt     types.String     `tfsdk:"created_at"`
}

type richMessage struct {
	TemplateID types.String `tfsdk:"template_id"`
	Payload    types.String `tfsdk:"payload"`
}

type attachmentModel struct {
	Source       types.String `tfsdk:"source"`
	URL          types.String `tfsdk:"url"`
	Name         types.String `tfsdk:"name"`
	ContentType  types.String `tfsdk:"content_type"`
	Size         types.Int64  `tfsdk:"size"`
	BlobKey      types.String `tfsdk:"blob_key"`
	ThumbnailURL types.String `tfsdk:"thumbnail_url"`
}

const (
	contentDefault    = "default"
	contentAttachment = "attachment"
)

// contentTypes are the vendor's content types by their codes. The first seven can be sent.
var contentTypes = []string{contentDefault, contentAttachment, "location", "text_html", "price", "imagelink", "hyperlink", "contact", "audio", "video"}

// contentTypeName returns the name of a code, or the code if it has no name here.
func contentTypeName(code int64) string {
	if code >= 0 && int(code) < len(contentTypes) {
		return contentTypes[code]
	}

	return strconv.FormatInt(code, 10)
}

func contentTypeCode(name string) int {
	for code, known := range contentTypes {
		if known == name {
			return code
		}
	}

	return 0
}

// groupID returns the conversation that the message was sent to, or "" if the state does not hold it.
func (m *messageModel) groupID() string {
	if tfvalue.IsSet(m.GroupID) {
		return m.GroupID.ValueString()
	}

	return api.GroupOfMessage(m.ID.ValueString())
}

// sendRequest returns the message without its attachment.
func (m *messageModel) sendRequest(ctx context.Context) (api.MessageRequest, diag.Diagnostics) {
	values, diags := tfvalue.StringMap(ctx, m.Metadata)

	metadata := map[string]any{}
	for key, value := range values {
		metadata[key] = value
	}

	if m.SkipBot.ValueBool() {
		metadata[api.KeySkipBot] = true
	}

	if m.RichMessage != nil {
		metadata[api.KeyContentType] = api.RichContentType
		metadata[api.KeyTemplate] = m.RichMessage.TemplateID.ValueString()
		metadata[api.KeyPayload] = m.RichMessage.Payload.ValueString()
	}

	return api.MessageRequest{
		GroupID: m.GroupID.ValueString(), ClientGroupID: m.ClientGroupID.ValueString(), FromUserName: m.FromUserName.ValueString(),
		Message: m.Message.ValueString(), ContentType: contentTypeCode(m.ContentType.ValueString()), Metadata: metadata,
	}, diags
}

// fromSent fills in the platform's answer to a new message.
func (m *messageModel) fromSent(answer api.Sent) {
	m.ID = types.StringValue(answer.MessageKey)
	m.CreatedAt = tfvalue.Milliseconds(answer.CreatedAt)
}

// fromAPI fills in an imported message. The path of a file that was uploaded, and triggers, cannot be read.
func (m *messageModel) fromAPI(found api.Message) {
	m.ID = types.StringValue(found.Key)
	m.GroupID = types.StringValue(string(found.GroupID))
	m.FromUserName = types.StringValue(found.Sender())

	m.Message = tfvalue.StringOrNull(found.Text)
	if found.ContentType != 0 && found.FileMeta == nil {
		m.ContentType = types.StringValue(contentTypeName(found.ContentType))
	}

	if found.Metadata[api.KeySkipBot] == "true" {
		m.SkipBot = types.BoolValue(true)
	}

	if found.Metadata[api.KeyContentType] == api.RichContentType {
		m.RichMessage = &richMessage{TemplateID: tfvalue.StringOrNull(found.Metadata[api.KeyTemplate]), Payload: tfvalue.StringOrNull(found.Metadata[api.KeyPayload])}
	}

	metadata := maps.Clone(found.Metadata)
	maps.DeleteFunc(metadata, func(key, _ string) bool { return reservedMessageKeys[key] != "" })
	m.Metadata = tfvalue.MapOf(withoutBlanks(metadata))

	file := found.FileMeta
	if file != nil {
		m.Attachment = &attachmentModel{}
		m.Attachment.fromAPI(*file)
	}

	m.CreatedAt = tfvalue.Milliseconds(found.CreatedAtTime)
}

// fromAPI fills in an imported attachment. It leaves out what the provider would send anyway.
func (m *attachmentModel) fromAPI(file api.FileMeta) {
	m.URL, m.BlobKey = tfvalue.StringOrNull(file.URL), tfvalue.StringOrNull(file.BlobKey)
	if file.Size > 0 {
		m.Size = types.Int64Value(file.Size)
	}

	if m.describe().Name != file.Name {
		m.Name = tfvalue.StringOrNull(file.Name)
	}

	if m.describe().ContentType != file.ContentType {
		m.ContentType = tfvalue.StringOrNull(file.ContentType)
	}

	if m.describe().ThumbnailURL != file.ThumbnailURL {
		m.ThumbnailURL = tfvalue.StringOrNull(file.ThumbnailURL)
	}
}

// updateRequest returns the keys of metadata that changed since prior. A key cannot be removed, so it is blanked. Keys that
// the configuration does not manage stay as they are.
func (m *messageModel) updateRequest(prior *messageModel, managed ownership.Managed) api.MessageUpdate {
	update := api.MessageUpdate{Key: prior.ID.ValueString(), Metadata: changedKeys(prior.Metadata, m.Metadata)}

	removed, _ := managed.Split("metadata", removedKeys(prior.Metadata, m.Metadata))
	for _, key := range removed {
		update.Metadata[key] = ""
	}

	return update
}
