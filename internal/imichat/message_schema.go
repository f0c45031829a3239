package imichat

import (
	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

// The words of the vendor's samples.
const (
	inbound      = "inbound"
	outbound     = "outbound"
	announcement = "announcement"

	subText       = "text"
	subListpicker = "listpicker_response"
	subTimepicker = "timepicker_response"
	subReplies    = "quick_replies"
	subHSM        = "hsm"
)

// messageAttributes returns the fields of a message. A message cannot be changed once it was sent: on a resource of its own,
// every change makes a new one.
func messageAttributes(replace bool) map[string]schema.Attribute {
	var (
		text   []planmodifier.String
		list   []planmodifier.List
		object []planmodifier.Object
	)

	if replace {
		text = []planmodifier.String{resendOnChange()}
		list = []planmodifier.List{resendOnChange()}
		object = []planmodifier.Object{resendOnChange()}
	}

	optional := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, PlanModifiers: text, Validators: attribute.OrEmpty(validators...)}
	}
	required := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: validators}
	}
	kind := required("Direction of the message: "+attribute.Choices(inbound, outbound, announcement)+". An announcement takes `text` only.",
		stringvalidator.OneOf(inbound, outbound, announcement))
	kind.PlanModifiers = text

	return map[string]schema.Attribute{
		"type": kind,
		"text": optional("Text of the message."),
		"attachment": schema.SingleNestedAttribute{
			MarkdownDescription: "A file that is hosted elsewhere; one per message.",
			Optional:            true,
			PlanModifiers:       object,
			Attributes: map[string]schema.Attribute{
				"type": required("One of "+attribute.Choices("image", "audio", "video", "file")+".", attribute.NotEmpty(), attribute.Known("image", "audio", "video", "file")),
				"url":  required("Address of the file.", attribute.URL()),
			},
		},
		"timestamp": optional("When the message was sent or received, in RFC 3339; it is sent in UTC. Default: the time at which Terraform sends it, which is not kept in the state. Another spelling of the same instant is no change.", attribute.RFC3339()),
		"abc_sub_type": optional("Inbound on channel `abc` only: "+attribute.Choices(subText, subListpicker, subTimepicker)+".",
			stringvalidator.OneOf(subText, subListpicker, subTimepicker)),
		"listpicker_response": schema.ListAttribute{
			MarkdownDescription: "Titles of the items that the customer chose, for `abc_sub_type = \"" + subListpicker + "\"`.",
			Optional:            true,
			ElementType:         types.StringType,
			PlanModifiers:       list,
			Validators:          []validator.List{listvalidator.NoNullValues(), listvalidator.ValueStringsAre(attribute.NotEmpty())},
		},
		"timepicker_response": optional("Start of the slot that the customer chose, in RFC 3339, for `abc_sub_type = \""+subTimepicker+"\"`.", attribute.RFC3339()),
		"livechat_sub_type": optional("Channel `livechat` only: "+attribute.Choices(subText, subReplies)+". `"+subReplies+"` takes `quick_replies` in an outbound message and `quick_reply_response` in an inbound one.",
			stringvalidator.OneOf(subText, subReplies)),
		"quick_replies": schema.SingleNestedAttribute{
			MarkdownDescription: "Answers that are offered to the customer.",
			Optional:            true,
			PlanModifiers:       object,
			Attributes: map[string]schema.Attribute{
				"request_identifier": required("Identifier of the request to the live chat widget, best a GUID.", attribute.NotEmpty()),
				"options": schema.ListNestedAttribute{
					MarkdownDescription: "The answers, in order.",
					Required:            true,
					Validators:          []validator.List{attribute.Some{}},
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"title":   required("What the customer sees.", attribute.NotEmpty()),
						"payload": required("What comes back when it is chosen.", attribute.NotEmpty()),
					}},
				},
			},
		},
		"quick_reply_response": schema.SingleNestedAttribute{
			MarkdownDescription: "What the customer chose of answers that were offered.",
			Optional:            true,
			PlanModifiers:       object,
			Attributes: map[string]schema.Attribute{
				"request_identifier": required("Identifier of the request that offered them.", attribute.NotEmpty()),
				"options": schema.ListNestedAttribute{
					MarkdownDescription: "The chosen answers.",
					Required:            true,
					Validators:          []validator.List{attribute.Some{}},
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"title": required("Title of the chosen answer.", attribute.NotEmpty()),
					}},
				},
			},
		},
		"whatsapp_sub_type": optional("Outbound on channel `whatsapp` only: "+attribute.Choices(subText, subHSM)+". `"+subHSM+"` takes `template_name`.",
			stringvalidator.OneOf(subText, subHSM)),
		"template_name": optional("Name or id of a template, in outbound messages on channels `abc` and `whatsapp`."),
		"delivery_details": schema.SingleNestedAttribute{
			MarkdownDescription: "Outbound messages only: how their delivery is told apart.",
			Optional:            true,
			PlanModifiers:       object,
			Attributes: map[string]schema.Attribute{
				"correlation_id": required("An id of your own, best a GUID.", attribute.NotEmpty()),
			},
		},
	}
}
