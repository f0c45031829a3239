package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// longestClientID is how long the vendor's SDKs accept a client group id.
const longestClientID = 255

func (r *conversationResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A conversation of a Kommunicate application. See [Create a conversation](https://docs.kommunicate.io/docs/api-detail#create-a-conversation).\n\n" +
			"Only what the configuration sets is managed, from the first apply that sets it. Members that the account's conversation rules add, an assignee, team or status that is not set here, and metadata that others write are followed without a plan. An import fills the state and manages nothing: what it found stays on the platform, also if the configuration leaves it out. Users in `group_member_list` who do not exist are created.\n\n" +
			"Destroying closes the conversation, so that nothing is left open and no message is lost; see `on_destroy`. A closed conversation that has the same `client_group_id` is reopened when the resource is created again.\n\n" +
			"Unverified: no page of the Platform API documents reading conversations, changing members, name or image, or deleting. The provider uses the calls of the chat backend. Where the platform refuses to read, the state is kept as it was last known and a warning says so. Creating with a `client_group_id` in use is understood in both of its known answers. Keys of `metadata` cannot be removed; a key that is removed here is blanked there.",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("Group id, the same as `group_id`."),
			"group_name": schema.StringAttribute{
				MarkdownDescription: "Title of the conversation.",
				Required:            true,
				Validators:          []validator.String{attribute.NotEmpty()},
			},
			"group_member_list": schema.SetAttribute{
				MarkdownDescription: "User ids of the members to have: users, agents (their e-mail addresses) and bots. At least one. Others may join without being managed; a configured member who was removed is brought back, but a bot that left is not. A member who leaves the configuration is removed, except the assignee. An import finds all members; those whom the configuration does not name stay.",
				Required:            true, CustomType: tfvalue.Texts, ElementType: types.StringType, PlanModifiers: []planmodifier.Set{attribute.KeepSpelling()},
				Validators: []validator.Set{attribute.Some{}, setvalidator.NoNullValues(), setvalidator.ValueStringsAre(userIDValidator())},
			},
			"client_group_id": schema.StringAttribute{
				MarkdownDescription: "Your own id of the conversation, such as an order's, at most 255 characters. Without it, or with `\"\"`, the platform chooses one. Changing it creates another conversation: no call changes it.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{attribute.Follow(), attribute.ReplaceIfGiven()},
				Validators:    []validator.String{stringvalidator.LengthAtMost(longestClientID)},
			},
			"unique": schema.BoolAttribute{
				MarkdownDescription: "Whether the same members always mean the same conversation: `client_group_id` is then built from the sorted `group_member_list`, joined by `_`, and may not be set. Other members create another conversation. Default `false`.",
				Optional:            true,
			},
			"skip_routing": schema.BoolAttribute{
				MarkdownDescription: "Whether the account's conversation rules are not applied when the conversation is created. With `assignee`, that one must be in `group_member_list`; without, the conversation has no assignee. A later change has no effect. Default: the provider's `conversation_defaults`, else `false`.",
				Optional:            true,
			},
			"assignee": schema.StringAttribute{
				MarkdownDescription: "User id of the agent, or id of the bot, who the conversation is assigned to. Without it, or with `\"\"`, the choice of the rules and the agents is followed. An agent who already handles as many conversations as the account allows is an error, and the assignee does not change.",
				Optional:            true, Computed: true, PlanModifiers: []planmodifier.String{attribute.KeepSpelling()},
				Validators: attribute.OrEmpty(userIDValidator()),
			},
			"team_id": schema.StringAttribute{
				MarkdownDescription: "Id of the team that the conversation belongs to. Without it, or with `\"\"`, the choice of the rules is followed. A change of team may change the assignee; one that is set is assigned again afterwards.",
				Optional:            true, Computed: true,
				Validators: attribute.OrEmpty(attribute.IntegerID()),
			},
			"status": schema.StringAttribute{
				MarkdownDescription: "`open`, `closed`, `spam` or `duplicate`. `open` is satisfied by each status that the dashboard shows under \"open\": also `initial` and `unresponded`. Without it, or with `\"\"`, the platform's is followed: also `initial`, `progress`, `archive`, `unresponded` and `waiting`, which cannot be set.",
				Optional:            true, Computed: true,
				Validators: []validator.String{stringvalidator.OneOf("", statusOpen, "closed", "spam", "duplicate")},
			},
			"image_url": schema.StringAttribute{
				MarkdownDescription: "Address of the conversation's image. Removing the attribute, or `\"\"`, removes the image if it was configured; one that an import found stays.",
				Optional:            true, Computed: true,
				PlanModifiers: []planmodifier.String{ownership.Plan()},
				Validators:    attribute.OrEmpty(attribute.URL()),
			},
			"metadata": schema.MapAttribute{
				MarkdownDescription: "Metadata, as text. Only the keys that are set here are managed. The platform cannot remove a key: one that is removed here is blanked there. Keys that other attributes manage are refused.",
				Optional:            true, Computed: true, ElementType: types.StringType,
				PlanModifiers: []planmodifier.Map{ownership.Plan()},
				Validators:    []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(attribute.NotEmpty(), reservedKeyValidator{reservedKeys})},
			},
			"conversation_info":    jsonObjectAttribute("What agents see beside the chat, as text."),
			"chat_context":         jsonObjectAttribute("What bots get with every message of the conversation, as text. The vendor's apps add keys such as `kmUserLocale`."),
			"conversation_title":   metadataAttribute("Title that the user sees in place of the assignee's name (`KM_CONVERSATION_TITLE`). The vendor's apps for Android and iOS send `KM_ORIGINAL_TITLE = \"true\"` with it, and so does the provider, unless `metadata` has that key. They also make the title the name of the conversation, which `group_name` is here. Unverified: which of the vendor's apps show the title."),
			"welcome_message":      metadataAttribute("Text of the welcome message, in place of the account's (`WELCOME_MESSAGE`)."),
			"custom_welcome_event": metadataAttribute("Event that bots get for the welcome, in place of theirs (`CUSTOM_WELCOME_EVENT`)."),
			"skip_bot_event": schema.SetAttribute{
				MarkdownDescription: "Events that bots do not get, such as `WELCOME_EVENT` (`SKIP_BOT_EVENT`). Removing the attribute clears them if they were configured.",
				Optional:            true, Computed: true, ElementType: types.StringType,
				PlanModifiers: []planmodifier.Set{ownership.Plan()},
				Validators:    []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.NotEmpty())},
			},
			"send_notify_message": schema.BoolAttribute{
				MarkdownDescription: "Whether changes of status and assignee post a note into the conversation; the status `duplicate` never does. Default `false`.",
				Optional:            true,
			},
			"take_over_from_bot": schema.BoolAttribute{
				MarkdownDescription: "Whether all bots leave when the assignee changes. Default `false`.",
				Optional:            true,
			},
			"switch_assignee": schema.BoolAttribute{
				MarkdownDescription: "Sent as `switchAssignee` when the assignee changes. All of the vendor's apps send `true`, and its effect is not documented. Default `true`.",
				Optional:            true,
			},
			"acting_user_id": schema.StringAttribute{
				MarkdownDescription: "User id of the agent who acts when this conversation is changed or deleted. Default: the provider's `acting_user_id`.",
				Optional:            true,
				Validators:          attribute.OrEmpty(userIDValidator()),
			},
			"adopt_existing": attribute.AdoptExisting("`client_group_id`", false),
			"on_destroy":     attribute.OnDestroy("What destroying does: `close` sets the status to closed, `delete` deletes the conversation, which only its admin may, and frees its client group id, `abandon` leaves it as it is.", conversationClose, conversationDelete, conversationAbandon),
			"group_id":       attribute.Stable("Id that the platform gave the conversation."),
			"admin_id":       attribute.Stable("User id of the conversation's admin."),
			"all_members": schema.SetAttribute{
				MarkdownDescription: "User ids of all members, also those who are not managed here.",
				Computed:            true, ElementType: types.StringType, CustomType: tfvalue.Texts,
			},
			"created_at": attribute.Timestamp("When the conversation was created."),
		},
	}
}

// jsonObjectAttribute is one JSON object inside of the metadata.
func jsonObjectAttribute(description string) schema.MapAttribute {
	return schema.MapAttribute{
		MarkdownDescription: description + " Only the keys that are set here are managed; a key that is removed here is removed there.",
		Optional:            true, Computed: true, ElementType: types.StringType,
		PlanModifiers: []planmodifier.Map{ownership.Plan()},
		Validators:    []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(attribute.NotEmpty())},
	}
}

// metadataAttribute is one text of the metadata.
func metadataAttribute(description string) schema.StringAttribute {
	return schema.StringAttribute{
		MarkdownDescription: description + " Removing the attribute, or `\"\"`, blanks it if it was configured.",
		Optional:            true, Computed: true,
		PlanModifiers: []planmodifier.String{ownership.Plan()},
	}
}

// IdentitySchema describes the identity.
func (r *conversationResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"group_id": identityschema.StringAttribute{RequiredForImport: true, Description: "Group id of the conversation."},
	}}
}
