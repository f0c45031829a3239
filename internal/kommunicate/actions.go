package kommunicate

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/mapvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ action.ActionWithConfigure      = (*sendMessageAction)(nil)
	_ action.ActionWithValidateConfig = (*sendMessageAction)(nil)
	_ action.ActionWithConfigure      = (*changeStatusAction)(nil)
	_ action.ActionWithConfigure      = (*changeAssigneeAction)(nil)
)

func newSendMessageAction() action.Action { return &sendMessageAction{} }

func newChangeStatusAction() action.Action { return &changeStatusAction{} }

func newChangeAssigneeAction() action.Action { return &changeAssigneeAction{} }

// sendMessageAction sends a message.
type sendMessageAction struct{ configuredAction }

type sendMessageModel struct {
	GroupID       types.String     `tfsdk:"group_id"`
	ClientGroupID types.String     `tfsdk:"client_group_id"`
	FromUserName  types.String     `tfsdk:"from_user_name"`
	Message       types.String     `tfsdk:"message"`
	ContentType   types.String     `tfsdk:"content_type"`
	Metadata      types.Map        `tfsdk:"metadata"`
	SkipBot       types.Bool       `tfsdk:"skip_bot"`
	RichMessage   *richMessage     `tfsdk:"rich_message"`
	Attachment    *attachmentModel `tfsdk:"attachment"`
}

// Metadata sets the action's name.
func (a *sendMessageAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "kommunicate_send_message"
}

// Schema describes the arguments.
func (a *sendMessageAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	text := func(description string, validators ...validator.String) schema.StringAttribute {
		return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: validators}
	}

	resp.Schema = schema.Schema{
		MarkdownDescription: "Sends a message to a conversation, once each time that the action runs. See [Send Message](https://docs.kommunicate.io/docs/api-detail#send-message).",
		Attributes: map[string]schema.Attribute{
			"group_id":        text("Group id of the conversation. Set this or `client_group_id`.", attribute.OrEmpty(attribute.IntegerID())...),
			"client_group_id": text("Your own id of the conversation. Set this or `group_id`.", stringvalidator.LengthAtMost(longestClientID)),
			"from_user_name": schema.StringAttribute{
				MarkdownDescription: "User id of the sender; the platform calls it a name.", Required: true,
				Validators: []validator.String{userIDValidator()},
			},
			"message":      text("Text of the message, or HTML with the content type `text_html`. Required without an attachment."),
			"content_type": text("What the text is: "+attribute.Choices(contentTypes[:7]...)+". Default `default`, and `attachment` with an attachment.", attribute.OrEmpty(stringvalidator.OneOf(contentTypes[:7]...))...),
			"metadata": schema.MapAttribute{
				MarkdownDescription: "Metadata of the message, as text. Keys that other arguments manage are refused.",
				Optional:            true, ElementType: types.StringType,
				Validators: []validator.Map{mapvalidator.NoNullValues(), mapvalidator.KeysAre(attribute.NotEmpty(), reservedKeyValidator{reservedMessageKeys})},
			},
			"skip_bot": schema.BoolAttribute{
				MarkdownDescription: "Whether bots do not react to the message. Set it when an agent or a program sends. Default `false`.", Optional: true,
			},
			"rich_message": schema.SingleNestedAttribute{
				MarkdownDescription: "A [rich message](https://docs.kommunicate.io/docs/message-types), shown below the text. The provider's functions build one.",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"template_id": schema.StringAttribute{MarkdownDescription: "Number of the template.", Required: true, Validators: []validator.String{attribute.IntegerID()}},
					"payload":     schema.StringAttribute{MarkdownDescription: "Content of the template, as JSON.", Required: true, Validators: []validator.String{jsonValidator{}}},
				},
			},
			"attachment": schema.SingleNestedAttribute{
				MarkdownDescription: "A file that comes with the message: one that has an address (`url`), or a local one that is uploaded (`source`).",
				Optional:            true,
				Attributes: map[string]schema.Attribute{
					"source":        text("Path of a local file to upload: a regular file of at most 25 MiB."),
					"url":           text("Address of a file that can be downloaded already.", attribute.OrEmpty(attribute.URL())...),
					"name":          text("Name of the file. Default: the last part of `url` or `source`."),
					"content_type":  text("Media type of the file, such as `image/png`. Default: by the name."),
					"size":          schema.Int64Attribute{MarkdownDescription: "Size in bytes.", Optional: true},
					"blob_key":      text("The platform's key of a file that was uploaded to it before."),
					"thumbnail_url": text("Address of a small picture of the file. Default: `url`, if that is an image.", attribute.OrEmpty(attribute.URL())...),
				},
			},
		},
	}
}

// ValidateConfig requires one conversation, and something to send.
func (a *sendMessageAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var (
		groupID, clientGroupID, message types.String
		attachment                      types.Object
	)

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("group_id"), &groupID)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("client_group_id"), &clientGroupID)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("message"), &message)...)
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("attachment"), &attachment)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(requireOne(path.Empty(), map[string]attr.Value{"group_id": groupID, "client_group_id": clientGroupID})...)

	if tfvalue.IsSet(attachment) {
		file := attachment.Attributes()
		resp.Diagnostics.Append(requireOne(path.Root("attachment"), map[string]attr.Value{"source": file["source"], "url": file["url"]})...)
	}

	if message.ValueString() == "" && !message.IsUnknown() && attachment.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("message"), "Missing message", "A message needs message, or attachment, or both.")
	}
}

// Invoke sends the message.
func (a *sendMessageAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config sendMessageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	message := messageModel{
		GroupID: config.GroupID, ClientGroupID: config.ClientGroupID, FromUserName: config.FromUserName, Message: config.Message,
		ContentType: config.ContentType, Metadata: config.Metadata, SkipBot: config.SkipBot, RichMessage: config.RichMessage, Attachment: config.Attachment,
	}
	sender := messageResource{configuredResource{client: a.client}}

	report(resp, "Sending a message from %s", config.FromUserName.ValueString())

	sent, diags := sender.send(ctx, &message, discard{})
	resp.Diagnostics.Append(diags...)
	if !resp.Diagnostics.HasError() {
		report(resp, "Sent message %s", sent.MessageKey)
	}
}

// discard is a private state that keeps nothing.
type discard struct{}

// SetKey does nothing.
func (discard) SetKey(context.Context, string, []byte) diag.Diagnostics { return nil }

// changeStatusAction changes the status of a conversation.
type changeStatusAction struct{ configuredAction }

type changeStatusModel struct {
	GroupID           types.String `tfsdk:"group_id"`
	Status            types.String `tfsdk:"status"`
	SendNotifyMessage types.Bool   `tfsdk:"send_notify_message"`
	ActingUserID      types.String `tfsdk:"acting_user_id"`
}

// Metadata sets the action's name.
func (a *changeStatusAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "kommunicate_change_status"
}

// Schema describes the arguments.
func (a *changeStatusAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	attributes := actedAttributes("Whether the change posts a note into the conversation; the status `duplicate` never does. Default `false`.")
	attributes["status"] = schema.StringAttribute{
		MarkdownDescription: "`open`, `closed`, `spam` or `duplicate`.", Required: true,
		Validators: []validator.String{stringvalidator.OneOf(statusOpen, "closed", "spam", "duplicate")},
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Changes the status of a conversation. See [Change Conversation Status](https://docs.kommunicate.io/docs/api-detail#change-conversation-status).",
		Attributes:          attributes,
	}
}

// actedAttributes are the arguments of a change of a conversation.
func actedAttributes(notify string) map[string]schema.Attribute {
	return map[string]schema.Attribute{
		"group_id": schema.StringAttribute{
			MarkdownDescription: "Group id of the conversation.", Required: true,
			Validators: []validator.String{attribute.IntegerID()},
		},
		"send_notify_message": schema.BoolAttribute{MarkdownDescription: notify, Optional: true},
		"acting_user_id": schema.StringAttribute{
			MarkdownDescription: "User id of the agent who acts. Default: the provider's `acting_user_id`.", Optional: true,
			Validators: attribute.OrEmpty(userIDValidator()),
		},
	}
}

// Invoke changes the status.
func (a *changeStatusAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config changeStatusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id, status := config.GroupID.ValueString(), config.Status.ValueString()
	report(resp, "Changing the status of conversation %s to %s", id, status)

	err := a.client.ChangeStatus(ctx, a.client.Actor(config.ActingUserID.ValueString()), id, statusCode(status), config.SendNotifyMessage.ValueBool())
	apidiag.Add(&resp.Diagnostics, "change the status of conversation "+id, err)
}

// changeAssigneeAction changes the assignee of a conversation.
type changeAssigneeAction struct{ configuredAction }

type changeAssigneeModel struct {
	GroupID           types.String `tfsdk:"group_id"`
	Assignee          types.String `tfsdk:"assignee"`
	SendNotifyMessage types.Bool   `tfsdk:"send_notify_message"`
	TakeOverFromBot   types.Bool   `tfsdk:"take_over_from_bot"`
	SwitchAssignee    types.Bool   `tfsdk:"switch_assignee"`
	ActingUserID      types.String `tfsdk:"acting_user_id"`
}

// Metadata sets the action's name.
func (a *changeAssigneeAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "kommunicate_change_assignee"
}

// Schema describes the arguments.
func (a *changeAssigneeAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	attributes := actedAttributes("Whether the change posts a note into the conversation. Default `false`.")
	attributes["assignee"] = schema.StringAttribute{
		MarkdownDescription: "User id of the agent, or id of the bot, to assign the conversation to.", Required: true,
		Validators: []validator.String{userIDValidator()},
	}
	attributes["take_over_from_bot"] = schema.BoolAttribute{MarkdownDescription: "Whether all bots leave. Default `false`.", Optional: true}
	attributes["switch_assignee"] = schema.BoolAttribute{
		MarkdownDescription: "Sent as `switchAssignee`. All of the vendor's apps send `true`, and its effect is not documented. Default `true`.", Optional: true,
	}
	resp.Schema = schema.Schema{
		MarkdownDescription: "Assigns a conversation to an agent or a bot. See [Change Conversation Assignee](https://docs.kommunicate.io/docs/api-detail#change-conversation-assignee).",
		Attributes:          attributes,
	}
}

// Invoke changes the assignee.
func (a *changeAssigneeAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config changeAssigneeModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id, assignee := config.GroupID.ValueString(), config.Assignee.ValueString()
	report(resp, "Assigning conversation %s to %s", id, assignee)

	err := a.client.ChangeAssignee(ctx, a.client.Actor(config.ActingUserID.ValueString()), api.AssigneeChange{
		GroupID: id, Assignee: assignee, Notify: config.SendNotifyMessage.ValueBool(), TakeOverFromBot: config.TakeOverFromBot.ValueBool(),
		SwitchAssignee: config.SwitchAssignee.IsNull() || config.SwitchAssignee.ValueBool(),
	})
	apidiag.Add(&resp.Diagnostics, "change the assignee of conversation "+id, err)
}

// report sends progress to the terminal.
func report(resp *action.InvokeResponse, format string, args ...any) {
	resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, args...)})
}
