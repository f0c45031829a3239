package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-framework/types/basetypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// messageModel is one message: an element of initial_messages and of a transcript, and most of imichat_message.
type messageModel struct {
	Type               types.String `tfsdk:"type"`
	Text               types.String `tfsdk:"text"`
	Attachment         types.Object `tfsdk:"attachment"`
	Timestamp          types.String `tfsdk:"timestamp"`
	ABCSubType         types.String `tfsdk:"abc_sub_type"`
	ListpickerResponse types.List   `tfsdk:"listpicker_response"`
	TimepickerResponse types.String `tfsdk:"timepicker_response"`
	LivechatSubType    types.String `tfsdk:"livechat_sub_type"`
	QuickReplies       types.Object `tfsdk:"quick_replies"`
	QuickReplyResponse types.Object `tfsdk:"quick_reply_response"`
	WhatsAppSubType    types.String `tfsdk:"whatsapp_sub_type"`
	TemplateName       types.String `tfsdk:"template_name"`
	DeliveryDetails    types.Object `tfsdk:"delivery_details"`
}

type attachmentModel struct {
	Type types.String `tfsdk:"type"`
	URL  types.String `tfsdk:"url"`
}

type quickRepliesModel struct {
	RequestIdentifier types.String      `tfsdk:"request_identifier"`
	Options           []quickReplyModel `tfsdk:"options"`
}

type quickReplyModel struct {
	Title   types.String `tfsdk:"title"`
	Payload types.String `tfsdk:"payload"`
}

type quickReplyResponseModel struct {
	RequestIdentifier types.String       `tfsdk:"request_identifier"`
	Options           []quickChoiceModel `tfsdk:"options"`
}

type quickChoiceModel struct {
	Title types.String `tfsdk:"title"`
}

type deliveryDetailsModel struct {
	CorrelationID types.String `tfsdk:"correlation_id"`
}

func attachmentType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{"type": types.StringType, "url": types.StringType}}
}

func quickRepliesType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"request_identifier": types.StringType,
		"options": types.ListType{ElemType: types.ObjectType{AttrTypes: map[string]attr.Type{
			"title": types.StringType, "payload": types.StringType,
		}}},
	}}
}

func quickReplyResponseType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"request_identifier": types.StringType,
		"options":            types.ListType{ElemType: types.ObjectType{AttrTypes: map[string]attr.Type{"title": types.StringType}}},
	}}
}

func deliveryDetailsType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{"correlation_id": types.StringType}}
}

func messageType() types.ObjectType {
	return types.ObjectType{AttrTypes: map[string]attr.Type{
		"type": types.StringType, "text": types.StringType, "attachment": attachmentType(), "timestamp": types.StringType,
		"abc_sub_type": types.StringType, "listpicker_response": types.ListType{ElemType: types.StringType},
		"timepicker_response": types.StringType, "livechat_sub_type": types.StringType, "quick_replies": quickRepliesType(),
		"quick_reply_response": quickReplyResponseType(), "whatsapp_sub_type": types.StringType, "template_name": types.StringType,
		"delivery_details": deliveryDetailsType(),
	}}
}

// request returns the message as it is sent. Stamp is the time of a message that has none.
func (m *messageModel) request(ctx context.Context, stamp string) (api.Message, diag.Diagnostics) {
	message := api.Message{
		Type: m.Type.ValueString(), Text: textPtr(m.Text), Timestamp: stamp, ABCSubType: textPtr(m.ABCSubType),
		LivechatSubType: textPtr(m.LivechatSubType), WhatsAppSubType: textPtr(m.WhatsAppSubType),
		TemplateName: textPtr(m.TemplateName),
	}
	if isGiven(m.Timestamp) {
		message.Timestamp = api.InUTC(m.Timestamp.ValueString())
	}

	if isGiven(m.TimepickerResponse) {
		slot := api.InUTC(m.TimepickerResponse.ValueString())
		message.TimepickerResponse = &slot
	}

	items, diags := tfvalue.Strings(ctx, m.ListpickerResponse)
	message.ListpickerResponse = items

	var file attachmentModel
	if nested(ctx, m.Attachment, &file, &diags) {
		message.Attachment = &api.Attachment{Type: file.Type.ValueString(), URL: file.URL.ValueString()}
	}

	var offered quickRepliesModel
	if nested(ctx, m.QuickReplies, &offered, &diags) {
		message.QuickReplies = &api.QuickReplies{RequestIdentifier: offered.RequestIdentifier.ValueString()}
		for _, option := range offered.Options {
			message.QuickReplies.Options = append(message.QuickReplies.Options, api.QuickReply{Title: option.Title.ValueString(), Payload: option.Payload.ValueString()})
		}
	}

	var chosen quickReplyResponseModel
	if nested(ctx, m.QuickReplyResponse, &chosen, &diags) {
		message.QuickReplyResponse = &api.QuickReplyResponse{RequestIdentifier: chosen.RequestIdentifier.ValueString()}
		for _, option := range chosen.Options {
			message.QuickReplyResponse.Options = append(message.QuickReplyResponse.Options, api.QuickChoice{Title: option.Title.ValueString()})
		}
	}

	var delivery deliveryDetailsModel
	if nested(ctx, m.DeliveryDetails, &delivery, &diags) {
		message.DeliveryDetails = &api.DeliveryDetails{CorrelationID: delivery.CorrelationID.ValueString()}
	}

	return message, diags
}

// nested reads an object into a model, and reports whether there is one.
func nested(ctx context.Context, object types.Object, model any, diags *diag.Diagnostics) bool {
	if !tfvalue.IsSet(object) {
		return false
	}

	diags.Append(object.As(ctx, model, basetypes.ObjectAsOptions{})...)

	return true
}

// messageFromAPI returns a message of a transcript.
func messageFromAPI(m api.Message) attr.Value {
	text := types.StringPointerValue
	list := func(items []string) attr.Value {
		if len(items) == 0 {
			return types.ListNull(types.StringType)
		}

		return stringList(items)
	}

	file, offered, chosen, delivery := types.ObjectNull(attachmentType().AttrTypes), types.ObjectNull(quickRepliesType().AttrTypes),
		types.ObjectNull(quickReplyResponseType().AttrTypes), types.ObjectNull(deliveryDetailsType().AttrTypes)
	if m.Attachment != nil {
		file = object(attachmentType(), map[string]attr.Value{"type": types.StringValue(m.Attachment.Type), "url": types.StringValue(m.Attachment.URL)})
	}

	q := m.QuickReplies
	if q != nil {
		options := make([]map[string]string, len(q.Options))
		for i, option := range q.Options {
			options[i] = map[string]string{"title": option.Title, "payload": option.Payload}
		}

		offered = repliesObject(quickRepliesType(), q.RequestIdentifier, options)
	}

	response := m.QuickReplyResponse
	if response != nil {
		options := make([]map[string]string, len(response.Options))
		for i, option := range response.Options {
			options[i] = map[string]string{"title": option.Title}
		}

		chosen = repliesObject(quickReplyResponseType(), response.RequestIdentifier, options)
	}

	if m.DeliveryDetails != nil {
		delivery = object(deliveryDetailsType(), map[string]attr.Value{"correlation_id": types.StringValue(m.DeliveryDetails.CorrelationID)})
	}

	return object(messageType(), map[string]attr.Value{
		"type": tfvalue.StringOrNull(m.Type), "text": text(m.Text), "attachment": file, "timestamp": tfvalue.StringOrNull(m.Timestamp),
		"abc_sub_type": text(m.ABCSubType), "listpicker_response": list(m.ListpickerResponse),
		"timepicker_response": text(m.TimepickerResponse), "livechat_sub_type": text(m.LivechatSubType), "quick_replies": offered,
		"quick_reply_response": chosen, "whatsapp_sub_type": text(m.WhatsAppSubType), "template_name": text(m.TemplateName),
		"delivery_details": delivery,
	})
}

// repliesObject returns an object with an identifier and options of texts.
func repliesObject(of types.ObjectType, identifier string, options []map[string]string) types.Object {
	list, _ := of.AttrTypes["options"].(types.ListType)
	option, _ := list.ElemType.(types.ObjectType)

	values := make([]attr.Value, len(options))
	for i, texts := range options {
		fields := map[string]attr.Value{}
		for name, text := range texts {
			fields[name] = types.StringValue(text)
		}

		values[i] = object(option, fields)
	}

	return object(of, map[string]attr.Value{
		"request_identifier": types.StringValue(identifier),
		"options":            types.ListValueMust(option, values),
	})
}
