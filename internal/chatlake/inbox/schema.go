package inbox

import (
	"context"
	"maps"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

const maxMessage = 10_000

// notNull refuses a text that the platform reads as no text.
var notNull = stringvalidator.NoneOf("null")

// zoneName is the form of an IANA name; whether there is such a zone, the platform says.
var zoneName = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_+-]*(/[A-Za-z0-9_+-]+)*$`)

func (r *inboxResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "An inbox with its channel: an API, a web widget, an e-mail address, LINE, Telegram, WhatsApp or SMS, the last two also by way of Twilio. " +
			"Channels that are set up in a browser (Facebook, Instagram, TikTok, Google, Microsoft) cannot be managed. It needs an administrator's token.\n\n" +
			"**Destroy deletes the inbox with all its conversations**, and waits until the platform has done so.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/inboxes/create-an-inbox).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The inbox's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the inbox is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"avatar":               account.Avatar.Attribute("The inbox's picture, which a web widget shows."),
			"channel":              channelAttribute(),
			"greeting_enabled":     attribute.FollowedFlagFrom(false, "Whether a conversation begins with the greeting. The platform's default is `false`."),
			"greeting_message":     account.ManagedText("The greeting.", maxMessage, notNull),
			"enable_email_collect": attribute.FollowedFlagFrom(true, "Whether customers are asked for their address. The platform's default is `true`."),
			"csat_survey_enabled":  attribute.FollowedFlagFrom(false, "Whether customers are asked how satisfied they are. The platform's default is `false`."),
			"csat_config":          account.Managed(csatAttribute()),
			"csat_template":        csatTemplateAttribute(),
			"enable_auto_assignment": attribute.FollowedFlagFrom(true, "Whether conversations are assigned to members who are online, without anybody's doing. The platform's default is `true`; "+
				"then the assignee of a conversation changes by itself."),
			"auto_assignment_config": account.Managed(schema.SingleNestedAttribute{
				MarkdownDescription: "How conversations are assigned; only on the enterprise build of the server.", Optional: true,
				Attributes: map[string]schema.Attribute{
					"max_assignment_limit": schema.Int64Attribute{
						MarkdownDescription: "How many open conversations an agent gets at most.", Required: true,
						Validators: []validator.Int64{int64validator.AtLeast(1)},
					},
				},
			}),
			"working_hours_enabled":         attribute.FollowedFlagFrom(false, "Whether the inbox has working hours. The platform's default is `false`."),
			"working_hours":                 hoursAttribute(),
			"out_of_office_message":         account.ManagedText("What customers are told outside working hours.", maxMessage, notNull),
			"timezone":                      attribute.FollowedFrom("UTC", "The time zone of the working hours, an IANA name such as `Europe/Lisbon`. The platform's default is `UTC`.", stringvalidator.RegexMatches(zoneName, "must be an IANA name such as Europe/Lisbon")),
			"allow_messages_after_resolved": attribute.FollowedFlagFrom(true, "Whether customers may write into a resolved conversation. The platform's default is `true`."),
			"lock_to_single_conversation": attribute.FollowedFlagFrom(false, "Whether a customer has one conversation in this inbox, which is opened again instead of a new one. The platform's default is `false`. "+
				"Needs version 2.12.0 of the server."),
			"sender_name_type": attribute.FollowedFrom("friendly", "Which sender customers see in mails: `friendly`, the agent and the business, or `professional`, the business alone. "+
				"The platform's default is `friendly`. Needs version 3.0.0 of the server.", attribute.Known("friendly", "professional")),
			"business_name": account.ManagedText("The business's name in mails.", account.MaxString, notNull),
			"portal_id": account.Managed(schema.StringAttribute{
				MarkdownDescription: "The id of the help center that the inbox links to. Needs version 2.17.0 of the server.", Optional: true,
				Validators: attribute.OrEmpty(attribute.IntegerID()),
			}),
			"member_ids": account.MemberIDs("inbox", "The ids of the agents who work in the inbox"),
			"agent_bot_id": account.Managed(schema.StringAttribute{
				MarkdownDescription: "The id of the bot that answers first. Conversations then begin as `pending`.", Optional: true,
				Validators: attribute.OrEmpty(attribute.IntegerID()),
			}),
			"assignment_policy_id": account.Managed(schema.StringAttribute{
				MarkdownDescription: "The id of the assignment policy that the inbox follows. Needs version 4.5.1 of the server.", Optional: true,
				Validators: attribute.OrEmpty(attribute.IntegerID()),
			}),
			"channel_id":           attribute.Stable("The channel's id."),
			"inbox_identifier":     onlyOf(attribute.Stable("`api`: what customers' programs address the inbox by."), "api"),
			"website_token":        onlyOf(attribute.Stable("`web_widget`: what the site addresses the inbox by."), "web_widget"),
			"web_widget_script":    onlyOf(attribute.Stable("`web_widget`: what to put into the site's pages."), "web_widget"),
			"forward_to_email":     onlyOf(attribute.Stable("`email`: where to forward mails to; only where the installation receives mail."), "email"),
			"callback_webhook_url": followsNumber(onlyOf(attribute.Stable("`line`, `whatsapp`, `sms`, `twilio_sms`, `twilio_whatsapp`: the address to give to the carrier. Null for `api`, whose `channel.webhook_url` goes the other way."), "line", "whatsapp", "sms", "twilio_sms", "twilio_whatsapp")),
			"hmac_token":           onlyOf(attribute.StableSecret("`api`, `web_widget`: the key to prove who contacts are. Only administrators see it."), "api", "web_widget"),
			"secret":               onlyOf(attribute.StableSecret("`api`: the key that signs what is posted to `channel.webhook_url`. Only administrators see it. Needs version 4.13.0 of the server."), "api"),
			"timeouts":             account.DeleteTimeouts(ctx),
		},
	}
}

func channelAttribute() schema.SingleNestedAttribute {
	attributes := map[string]schema.Attribute{"type": schema.StringAttribute{
		MarkdownDescription: "What kind of channel it is: " + attribute.Choices(channelTypes...) + ". Another type is another inbox.",
		Required:            true,
		Validators:          []validator.String{stringvalidator.OneOf(channelTypes...)},
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
	}}
	maps.Copy(attributes, channelAttributes())

	return schema.SingleNestedAttribute{
		MarkdownDescription: "The channel: its type, and fields of that type only. In the plan of a new inbox, Terraform lists the write-only ones of all types, " +
			"set or not, because it never has their values.",
		Required:      true,
		Attributes:    attributes,
		Validators:    []validator.Object{channelValidator{}},
		PlanModifiers: []planmodifier.Object{channelPlan{}},
	}
}
