package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
)

func channels() []string {
	return []string{"sms", "facebook", "twitter", "livechat", "email", "abc", "whatsapp", "api"}
}

const chatDescription = "A [chat](https://docs.imi.chat/reference/create-chat): a conversation with one customer on one channel, " +
	"in the queue of a team.\n\n" +
	"**Destroy** closes the chat, with its `outcome` if there is one; the platform deletes none. A new apply after that makes a new chat, " +
	"also with the same `alias_id`: a closed chat does not count as existing. Only if the platform refuses the alias because of the closed " +
	"chat, that one is opened again (which no page documents) and gets no `initial_messages`.\n\n" +
	"What agents, timers and routing rules do to `status`, `assignee`, `tags` and the team is followed silently, unless the configuration " +
	"sets it. A transferred chat stays with its new team: another `team_id` in the configuration makes a new chat, or transfers this one " +
	"where `imichat.use_transfer_api` is on; a transfer by agents does neither.\n\n" +
	"**Kills**: a run that is killed between the platform's work and the state leaves a chat that the state does not know. The next run finds it by its `alias_id` " +
	"among the newest 50 chats, and refuses to make a second one. A chat without `alias_id` may then be made twice: give each chat one.\n\n" +
	"A tenant has 10,000 requests a day. A new chat costs one request, and one more if `tags`, or a `status` other than `queued`, are set; new chats with an `alias_id` " +
	"share up to six more per run. Refreshing many chats costs one request for each managed chat, or about 1.4 for each ten chats of the tenant if that is less. The rest of " +
	"the quota is in the debug log; below a tenth it is a warning.\n\n" +
	"No page documents the body of the create call or the call that reads one chat. The former follows the answer's fields. Where the latter is " +
	"not answered, or many chats are refreshed, the list of chats is read, which has no team, customer's name, subject, thread id and routing attributes: " +
	"those stay as they were, so that a transfer may show only later."

func (r *chatResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	once := []planmodifier.String{keepAsCreated(false)}
	resp.Schema = schema.Schema{
		MarkdownDescription: chatDescription,
		Attributes: map[string]schema.Attribute{
			"id":      attribute.ID("Id of the chat, the same as `chat_id`."),
			"chat_id": attribute.Stable("Id of the chat, which the platform gives it."),
			"team_id": schema.StringAttribute{
				MarkdownDescription: "Id of the team whose queue the chat enters, a whole number; sent as the `teamid` header. Default: the provider's `team_id`. Another one makes a new chat, or transfers this one if `imichat.use_transfer_api` is on; a transfer by agents is no change. Removed, the chat stays in its team.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{keepTransferred()},
				Validators:          attribute.OrEmpty(attribute.IntegerID()),
			},
			"team_name": attribute.Stable("Name of the team that the chat is in now."),
			"channel": schema.StringAttribute{
				MarkdownDescription: "Channel of the chat: " + attribute.Choices(channels()...) + ". Another one makes a new chat.",
				Required:            true,
				PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
				Validators:          []validator.String{attribute.NotEmpty(), attribute.Known(channels()...)},
			},
			"asset": schema.SingleNestedAttribute{
				MarkdownDescription: "The business's side of the channel.",
				Required:            true,
				Attributes: map[string]schema.Attribute{
					"id": schema.StringAttribute{
						MarkdownDescription: "Id of the channel asset: long code (`sms`), page id (`facebook`), owner id (`twitter`), app id (`livechat`), business e-mail address (`email`), service key (`abc`, `whatsapp`, `api`). Another one makes a new chat. Those of `livechat` and `abc` come from the vendor's support.",
						Required:            true,
						PlanModifiers:       []planmodifier.String{attribute.ReplaceOnChange()},
						Validators:          []validator.String{noBlanks()},
					},
					"name": attribute.Stable("Name of the asset, which the platform gives it."),
				},
			},
			"customer": schema.SingleNestedAttribute{
				MarkdownDescription: "The person at the other end. The platform finds or makes the profile by the address.",
				Required:            true,
				Attributes: map[string]schema.Attribute{
					"id": attribute.Stable("Id of the customer's profile, which the platform gives it."),
					"destination_id": schema.StringAttribute{
						MarkdownDescription: "Address of the customer: mobile number (`sms`, `whatsapp`), page-scoped id (`facebook`), Twitter id (`twitter`), live chat id (`livechat`), e-mail address (`email`), opaque user id (`abc`), user id (`api`). Another one makes a new chat.",
						Required:            true,
						PlanModifiers:       []planmodifier.String{attribute.ReplaceOnChange()},
						Validators:          []validator.String{noBlanks()},
					},
					"name": schema.StringAttribute{
						MarkdownDescription: "Name of the customer. Another one makes a new chat: no call changes a customer. What agents change in the profile does not show here once it is set. Left out or removed, it is the platform's.",
						Optional:            true,
						Computed:            true,
						PlanModifiers:       []planmodifier.String{keepAsCreated(true)},
					},
				},
			},
			"alias_id": schema.StringAttribute{
				MarkdownDescription: "An id of your own for the chat. A chat is found again by it when the answer to its creation was lost, when a run was killed, and by `adopt_existing` and `import`. Left out or empty, it is not managed; removed after it was configured, it is emptied on the platform.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{clearManaged()},
			},
			"subject": schema.StringAttribute{
				MarkdownDescription: "Subject of the chat, on channel `email` only. Another one makes a new chat: no call changes it. Removed, the chat keeps it.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       once,
			},
			"thread_id": schema.StringAttribute{
				MarkdownDescription: "Thread id of Connect's live chat SDK, on channel `livechat` only. Another one makes a new chat: no call changes it. Removed, the chat keeps it.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       once,
			},
			"route_params": schema.MapAttribute{
				MarkdownDescription: "Routing attributes, by which the chat is routed to a skill. They must be configured for the tenant. Others make a new chat: no call changes them. Removed, the chat keeps them.",
				Optional:            true,
				Computed:            true,
				ElementType:         types.StringType,
				PlanModifiers:       []planmodifier.Map{keepAsCreated(false)},
				Validators:          []validator.Map{mapvalidator.NoNullValues()},
			},
			"initial_messages": schema.ListNestedAttribute{
				MarkdownDescription: "Messages that the new chat begins with, in order. Others make a new chat; another spelling of a time, or their removal, does not. They are not read back, and a chat that was imported or adopted gets none.",
				Optional:            true,
				PlanModifiers:       []planmodifier.List{sendAtCreation()},
				NestedObject:        schema.NestedAttributeObject{Attributes: messageAttributes(false)},
			},
			"tags": schema.SetAttribute{
				MarkdownDescription: "Tags of the chat: all of them. Left out, agents' tags are followed; `[]` removes all.",
				Optional:            true,
				Computed:            true,
				ElementType:         types.StringType,
				PlanModifiers:       []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
				Validators:          []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.NotEmpty())},
			},
			"status": schema.StringAttribute{
				MarkdownDescription: "Status of the chat: " + attribute.Choices(statuses()...) + ". Left out, it is followed. A new chat cannot be `closed`; whether a closed one can be opened again is up to the platform.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{followPlatform(true)},
				Validators:          attribute.OrEmpty(stringvalidator.OneOf(statuses()...)),
			},
			"assignee": schema.StringAttribute{
				MarkdownDescription: "Login id of the user who holds the chat. Left out, it is followed. It can be changed but not taken away: no page says how.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.String{followPlatform(true)},
			},
			"outcome": schema.StringAttribute{
				MarkdownDescription: "Reason for closing the chat, one of those configured for the team. It is sent when Terraform closes the chat, by `status` or by destroy, and cannot be read.",
				Optional:            true,
			},
			"other_details": schema.MapAttribute{
				MarkdownDescription: "More about the chat, in keys of your own. Only the keys that are set here are managed, from the first apply that names them. Keys of others are left alone; where there are any, a change costs one more request. Two programs that write keys of one chat at the same time can lose one of them: the platform may replace all keys. A removed key is removed on the platform, unless the platform merges them (it does not say): then it stays, with a warning.",
				Optional:            true,
				Computed:            true,
				PlanModifiers:       []planmodifier.Map{clearManaged()},
				ElementType:         types.StringType,
				Validators:          []validator.Map{mapvalidator.NoNullValues()},
			},
			"flag":                 attribute.Stable("Flag that agents put on the chat."),
			"created_at":           attribute.Timestamp("When the chat was created."),
			"adopt_existing":       adoptChat(),
			"on_destroy":           attribute.OnDestroy("What destroy does: close the chat, or leave it as it is and only forget it.", destroyClose, destroyAbandon),
			"recreate_when_closed": schema.BoolAttribute{MarkdownDescription: "Whether a chat that an agent or a timer closed is made anew. Default `false`: it stays, closed.", Optional: true},
		},
	}
}

func adoptChat() schema.BoolAttribute {
	return schema.BoolAttribute{
		MarkdownDescription: "What happens if an open chat has the same `alias_id` already. `true`: it is adopted and updated, if channel, asset and customer are the same; " +
			"the list of chats is read once per run for it, ten chats per request, as far back as needed. Left out: if it is among the newest 50 chats, or the platform refuses the alias, " +
			"it is an error that prints the `import` block to paste. `false`: a new chat is made beside it.",
		Optional: true,
	}
}

func statuses() []string {
	return []string{api.StatusQueued, api.StatusPicked, api.StatusOnHold, api.StatusClosed}
}
