package talk

import (
	"cmp"
	"regexp"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

type messageModel struct {
	ID                types.String  `tfsdk:"id"`
	ConversationID    types.String  `tfsdk:"conversation_id"`
	Content           types.String  `tfsdk:"content"`
	MessageType       types.String  `tfsdk:"message_type"`
	Private           types.Bool    `tfsdk:"private"`
	ContentType       types.String  `tfsdk:"content_type"`
	ContentAttributes types.Dynamic `tfsdk:"content_attributes"`
	TemplateParams    types.Dynamic `tfsdk:"template_params"`
	Attachments       types.List    `tfsdk:"attachments"`
	AttachmentHashes  types.List    `tfsdk:"attachment_hashes"`
	SourceID          types.String  `tfsdk:"source_id"`
	Triggers          types.Map     `tfsdk:"triggers"`
	OnDestroy         types.String  `tfsdk:"on_destroy"`
	Status            types.String  `tfsdk:"status"`
	CreatedAt         types.String  `tfsdk:"created_at"`
	SenderType        types.String  `tfsdk:"sender_type"`
	SenderID          types.String  `tfsdk:"sender_id"`
}

// messageIdentity tells a message apart from all others.
type messageIdentity struct {
	AccountID      types.String `tfsdk:"account_id"`
	ConversationID types.String `tfsdk:"conversation_id"`
	ID             types.String `tfsdk:"id"`
}

// follow stores what the server decides about a message. What was sent stays as it was sent: a message is an event, and one
// that the server renders, translates or deletes is not sent again for that.
func (m *messageModel) follow(found *api.Message) {
	m.ID = types.StringValue(found.ID.String())
	m.Status = tfvalue.StringOrNull(found.Status)
	m.CreatedAt = tfvalue.Timestamp(found.CreatedAt.Time)

	m.SenderType, m.SenderID = types.StringNull(), types.StringNull()
	if found.Sender != nil {
		m.SenderType, m.SenderID = tfvalue.StringOrNull(found.Sender.Type), account.IDOrNull(found.Sender.ID)
	}
}

// fill stores everything that the server returns about an imported message.
func (m *messageModel) fill(found *api.Message) {
	m.follow(found)
	m.Content = tfvalue.StringOrNull(found.Content)
	m.MessageType = types.StringValue(string(found.MessageType))
	m.Private = types.BoolValue(found.Private)
	m.ContentType = types.StringValue(contentTypeOf(found))
	m.ContentAttributes = account.ObjectOrNull(found.ContentAttributes)
	m.SourceID = tfvalue.StringOrNull(found.SourceID)
}

// contentTypeOf returns the kind of content. The vendor's page shows none for text.
func contentTypeOf(found *api.Message) string {
	if found.ContentType == "" {
		return "text"
	}

	return found.ContentType
}

// liquid finds templates, which the server renders into an outgoing message.
var liquid = regexp.MustCompile(`\{\{|\{%`)

// isRewritten reports whether the server stored other words than were sent, although they are no template.
func (m *messageModel) isRewritten(found *api.Message) bool {
	sent := m.Content.ValueString()
	return !liquid.MatchString(sent) && strings.TrimSpace(found.Content) != strings.TrimSpace(sent)
}

// createRequest returns what sends the message with the source id.
func (m *messageModel) createRequest(source string) (api.MessageRequest, diag.Diagnostics) {
	var diags diag.Diagnostics

	object := func(v types.Dynamic) map[string]any {
		members, problems := tfvalue.JSONObject(v)
		diags.Append(problems...)

		return members
	}
	req := api.MessageRequest{
		Content: textOrNil(m.Content), MessageType: cmp.Or(m.MessageType.ValueString(), "outgoing"), Private: m.Private.ValueBool(),
		ContentAttributes: object(m.ContentAttributes), TemplateParams: object(m.TemplateParams), SourceID: source,
	}

	kind := m.ContentType.ValueString()
	if kind != "text" {
		req.ContentType = kind
	}

	return req, diags
}

// textOrNil returns a text, or nil for none.
func textOrNil(v types.String) *string {
	if v.ValueString() == "" {
		return nil
	}

	return tfvalue.StringPtr(v)
}
