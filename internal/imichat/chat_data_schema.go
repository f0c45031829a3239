package imichat

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

func computed(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Computed: true}
}

// rowAttributes are what the list of chats has of each.
func rowAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"id":       computed("Id of the chat, the same as `chat_id`."),
		"chat_id":  computed("Id of the chat."),
		"alias_id": computed("Your own id of the chat."),
		"channel":  computed("Channel of the chat."),
		"asset": schema.SingleNestedAttribute{
			MarkdownDescription: "The business's side of the channel.",
			Computed:            true,
			Attributes:          map[string]schema.Attribute{"id": computed("Id of the channel asset."), "name": computed("Its name.")},
		},
		"customer": schema.SingleNestedAttribute{
			MarkdownDescription: "The person at the other end.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"id": computed("Id of the profile."), "destination_id": computed("Address on the channel."), "name": computed("Name; the list of chats does not have it."),
			},
		},
		"tags":          schema.SetAttribute{MarkdownDescription: "Tags of the chat.", Computed: true, ElementType: types.StringType},
		"status":        computed("Status of the chat: `queued`, `picked`, `onhold`, `closed`."),
		"assignee":      computed("Login id of the user who holds the chat."),
		"other_details": schema.MapAttribute{MarkdownDescription: "More about the chat.", Computed: true, ElementType: types.StringType},
		"flag":          computed("Flag that agents put on the chat."),
		"created_at":    computed("When the chat was created. RFC 3339, in UTC."),
		"updated_at":    computed("When the chat was last updated. RFC 3339, in UTC."),
	}
}

// messageDataAttributes are the fields of a message in a transcript, in the spelling of the vendor's samples.
func messageDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"type": computed("Direction: `inbound`, `outbound` or `announcement`."),
		"text": computed("Text of the message."),
		"attachment": schema.SingleNestedAttribute{
			MarkdownDescription: "The attached file.",
			Computed:            true,
			Attributes:          map[string]schema.Attribute{"type": computed("`image`, `audio`, `video` or `file`."), "url": computed("Address of the file.")},
		},
		"timestamp":           computed("When the message was sent or received. RFC 3339, in UTC."),
		"abc_sub_type":        computed("Kind of message on Apple Business Chat."),
		"listpicker_response": schema.ListAttribute{MarkdownDescription: "Items that the customer chose.", Computed: true, ElementType: types.StringType},
		"timepicker_response": computed("Slot that the customer chose."),
		"livechat_sub_type":   computed("Kind of message on live chat."),
		"quick_replies": schema.SingleNestedAttribute{
			MarkdownDescription: "Answers that were offered.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"request_identifier": computed("Identifier of the request."),
				"options": schema.ListNestedAttribute{
					MarkdownDescription: "The answers.",
					Computed:            true,
					NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
						"title": computed("What the customer sees."), "payload": computed("What comes back."),
					}},
				},
			},
		},
		"quick_reply_response": schema.SingleNestedAttribute{
			MarkdownDescription: "What the customer chose of them.",
			Computed:            true,
			Attributes: map[string]schema.Attribute{
				"request_identifier": computed("Identifier of the request."),
				"options": schema.ListNestedAttribute{
					MarkdownDescription: "The chosen answers.",
					Computed:            true,
					NestedObject:        schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{"title": computed("Title of the answer.")}},
				},
			},
		},
		"whatsapp_sub_type": computed("Kind of message on WhatsApp."),
		"template_name":     computed("Name or id of the template."),
		"delivery_details": schema.SingleNestedAttribute{
			MarkdownDescription: "How the delivery is told apart.",
			Computed:            true,
			Attributes:          map[string]schema.Attribute{"correlation_id": computed("The caller's id of the delivery.")},
		},
	}
}
