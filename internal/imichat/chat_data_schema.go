package imichat

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
)

// rowAttributes returns what the list of chats has of each.
func rowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":       attribute.Found("Id of the chat, the same as `chat_id`."),
		"chat_id":  attribute.Found("Id of the chat."),
		"alias_id": attribute.Found("Your own id of the chat."),
		"channel":  attribute.Found("Channel of the chat."),
		"asset": schema.SingleNestedAttribute{
			MarkdownDescription: "The business's side of the channel.",
			Computed:            true,
			Attributes:          map[string]schema.Attribute{"id": attribute.Found("Id of the channel asset."), "name": attribute.Found("Its name.")},
		},
		"customer": schema.SingleNestedAttribute{
			MarkdownDescription: "The person at the other end.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"id": attribute.Found("Id of the profile."), "destination_id": attribute.Found("Address on the channel."), "name": attribute.Found("Name; the list of chats does not have it."),
			},
		},
		"tags":          schema.SetAttribute{MarkdownDescription: "Tags of the chat.", Computed: true, ElementType: types.StringType},
		"status":        attribute.Found("Status of the chat: `queued`, `picked`, `onhold`, `closed`."),
		"assignee":      attribute.Found("Login id of the user who holds the chat."),
		"other_details": schema.MapAttribute{MarkdownDescription: "More about the chat.", Computed: true, ElementType: types.StringType},
		"flag":          attribute.Found("Flag that agents put on the chat."),
		"created_at":    attribute.Found("When the chat was created. RFC 3339, in UTC."),
		"updated_at":    attribute.Found("When the chat was last updated. RFC 3339, in UTC."),
	}
}

// messageDataAttributes returns the fields of a message in a transcript, in the spelling of the vendor's samples.
func messageDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"type": attribute.Found("Direction: `inbound`, `outbound` or `announcement`."),
		"text": attribute.Found("Text of the message."),
		"attachment": schema.SingleNestedAttribute{
			MarkdownDescription: "The attached file.",
			Computed:            true,
			Attributes:          map[string]schema.Attribute{"type": attribute.Found("`image`, `audio`, `video` or `file`."), "url": attribute.Found("Address of the file.")},
		},
		"timestamp":           attribute.Found("When the message was sent or received. RFC 3339, in UTC."),
		"abc_sub_type":        attribute.Found("Kind of message on Apple Business Chat."),
		"listpicker_response": schema.ListAttribute{MarkdownDescription: "Items that the customer chose.", Computed: true, ElementType: types.StringType},
		"timepicker_response": attribute.Found("Slot that the customer chose."),
		"livechat_sub_type":   attribute.Found("Kind of message on live chat."),
		"quick_replies": schema.SingleNestedAttribute{
			MarkdownDescription: "Answers that were offered.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"request_identifier": attribute.Found("Identifier of the request."),
				"options": schema.ListNestedAttribute{
					MarkdownDescription: "The answers.",
					Computed:            true,
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"title": attribute.Found("What the customer sees."), "payload": attribute.Found("What comes back."),
					}},
				},
			},
		},
		"quick_reply_response": schema.SingleNestedAttribute{
			MarkdownDescription: "What the customer chose of them.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"request_identifier": attribute.Found("Identifier of the request."),
				"options": schema.ListNestedAttribute{
					MarkdownDescription: "The chosen answers.",
					Computed:            true,
					NestedObject:        schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{"title": attribute.Found("Title of the answer.")}},
				},
			},
		},
		"whatsapp_sub_type": attribute.Found("Kind of message on WhatsApp."),
		"template_name":     attribute.Found("Name or id of the template."),
		"delivery_details": schema.SingleNestedAttribute{
			MarkdownDescription: "How the delivery is told apart.",
			Computed:            true,
			Attributes:          map[string]schema.Attribute{"correlation_id": attribute.Found("The caller's id of the delivery.")},
		},
	}
}
