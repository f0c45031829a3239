package talk

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/listvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ action.ActionWithConfigure      = (*sendMessageAction)(nil)
	_ action.ActionWithValidateConfig = (*sendMessageAction)(nil)
	_ action.ActionWithConfigure      = (*setStatusAction)(nil)
	_ action.ActionWithValidateConfig = (*setStatusAction)(nil)
	_ action.ActionWithConfigure      = (*assignAction)(nil)
	_ action.ActionWithValidateConfig = (*assignAction)(nil)
	_ action.ActionWithConfigure      = (*runMacroAction)(nil)
	_ action.ActionWithConfigure      = (*mergeContactsAction)(nil)
	_ action.ActionWithValidateConfig = (*mergeContactsAction)(nil)
	_ action.ActionWithConfigure      = (*importContactsAction)(nil)
)

// Actions lists the actions of this area.
func Actions() []func() action.Action {
	return []func() action.Action{newSendMessageAction, newSetStatusAction, newAssignAction, newRunMacroAction, newMergeContactsAction, newImportContactsAction}
}

// actionID is a required id of an action.
func actionID(description string) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Required: true, Validators: []validator.String{attribute.IntegerID()}}
}

// actionText is an optional text of an action.
func actionText(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(validators...)}
}

func newSendMessageAction() action.Action {
	return &sendMessageAction{account.ActionOf("chatlake_send_message")}
}

// sendMessageAction sends a message.
type sendMessageAction struct{ account.Action }

type sendMessageModel struct {
	ConversationID    types.String  `tfsdk:"conversation_id"`
	Content           types.String  `tfsdk:"content"`
	Private           types.Bool    `tfsdk:"private"`
	ContentType       types.String  `tfsdk:"content_type"`
	ContentAttributes types.Dynamic `tfsdk:"content_attributes"`
	TemplateParams    types.Dynamic `tfsdk:"template_params"`
	Attachments       types.List    `tfsdk:"attachments"`
}

// message returns the message as the resource has it.
func (m sendMessageModel) message() messageModel {
	message := messageModel{
		ConversationID: m.ConversationID, Content: m.Content, MessageType: types.StringValue("outgoing"), Private: m.Private, ContentType: m.ContentType,
		ContentAttributes: m.ContentAttributes, TemplateParams: m.TemplateParams, Attachments: m.Attachments,
		AttachmentHashes: types.ListNull(types.StringType),
	}
	if message.ContentType.ValueString() == "" && !message.ContentType.IsUnknown() {
		message.ContentType = types.StringValue("text")
	}

	return message
}

func (a *sendMessageAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sends a message in a conversation, once each time that the action runs. See the vendor's [messages](https://developers.chatwoot.com/api-reference/messages/create-new-message).",
		Attributes: map[string]schema.Attribute{
			"conversation_id": actionID("The conversation."),
			"content":         actionText("The text, at most 150,000 characters. The platform renders Liquid templates in it.", stringvalidator.UTF8LengthAtMost(150_000)),
			"private":         schema.BoolAttribute{MarkdownDescription: "Whether this is a note that only agents see. Default `false`.", Optional: true},
			"content_type":    actionText("The kind of content, one of "+attribute.Choices(contentTypes()...)+". Default `text`.", attribute.Known(contentTypes()...)),
			"content_attributes": schema.DynamicAttribute{
				MarkdownDescription: "Data of the kind of content, an object, as in `chatlake_message`.", Optional: true, Validators: []validator.Dynamic{account.JSONObject()},
			},
			"template_params": schema.DynamicAttribute{
				MarkdownDescription: "A template of the channel, an object of `name`, `category`, `language`, `namespace` and `processed_params`.",
				Optional:            true, Validators: []validator.Dynamic{account.JSONObject()},
			},
			"attachments": schema.ListAttribute{
				MarkdownDescription: "Files of this machine to send. Not with `template_params`.", Optional: true, ElementType: types.StringType,
				Validators: []validator.List{listvalidator.NoNullValues(), attribute.NotWith(path.MatchRoot("template_params"))},
			},
		},
	}
}

// ValidateConfig refuses what the resource refuses.
func (a *sendMessageAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config sendMessageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	message := config.message()
	validateMessage(&message, &resp.Diagnostics)
}

// Invoke sends the message.
func (a *sendMessageAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config sendMessageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	message := config.message()
	sender := messageResource{account.Of(messageType)}
	sender.Client = a.Client

	account.Report(resp, "Sending a message in conversation %s", config.ConversationID.ValueString())

	sent, _ := sender.send(ctx, &message, &resp.Diagnostics)
	if sent != nil {
		account.Report(resp, "Sent message %s", sent.ID)
	}
}

func newSetStatusAction() action.Action {
	return &setStatusAction{account.ActionOf("chatlake_set_conversation_status")}
}

// setStatusAction sets the status of a conversation.
type setStatusAction struct{ account.Action }

type setStatusModel struct {
	ConversationID types.String `tfsdk:"conversation_id"`
	Status         types.String `tfsdk:"status"`
	SnoozedUntil   types.String `tfsdk:"snoozed_until"`
}

func (a *setStatusAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Sets the status of a conversation. See the vendor's [status](https://developers.chatwoot.com/api-reference/conversations/toggle-status).",
		Attributes: map[string]schema.Attribute{
			"conversation_id": actionID("The conversation."),
			"status": schema.StringAttribute{
				MarkdownDescription: "One of " + attribute.Choices(statuses()...) + ".", Required: true, Validators: []validator.String{stringvalidator.OneOf(statuses()...)},
			},
			"snoozed_until": actionText("With the status `snoozed`: when the platform reopens the conversation. RFC 3339, to the second. Default: at the contact's next message.", rfc3339()),
		},
	}
}

// ValidateConfig refuses a time of snoozing with another status.
func (a *setStatusAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config setStatusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	validateSnooze(config.Status, config.SnoozedUntil, &resp.Diagnostics)
}

// Invoke sets the status.
func (a *setStatusAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config setStatusModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id, status := config.ConversationID.ValueString(), config.Status.ValueString()
	account.Report(resp, "Setting the status of conversation %s to %s", id, status)

	err := a.Client.SetStatus(ctx, api.ParseID(id), status, instant(config.SnoozedUntil))
	apidiag.AddAbout(&resp.Diagnostics, path.Root("conversation_id"), "set the status of conversation "+id, "conversation "+id, err)
}

func newAssignAction() action.Action {
	return &assignAction{account.ActionOf("chatlake_assign_conversation")}
}

// assignAction assigns a conversation.
type assignAction struct{ account.Action }

type assignModel struct {
	ConversationID types.String `tfsdk:"conversation_id"`
	AssigneeID     types.String `tfsdk:"assignee_id"`
	TeamID         types.String `tfsdk:"team_id"`
}

func (a *assignAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Assigns a conversation to a team, an agent, or both: first to the team, since that may change the agent. " +
			"See the vendor's [assignments](https://developers.chatwoot.com/api-reference/conversation-assignments/assign-conversation).",
		Attributes: map[string]schema.Attribute{
			"conversation_id": actionID("The conversation."),
			"assignee_id":     actionText("The agent.", attribute.IntegerID()),
			"team_id":         actionText("The team.", attribute.IntegerID()),
		},
	}
}

// ValidateConfig requires an agent or a team.
func (a *assignAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config assignModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if tfvalue.IsEmpty(config.AssigneeID) && tfvalue.IsEmpty(config.TeamID) {
		resp.Diagnostics.AddAttributeError(path.Root("assignee_id"), "Nothing to assign to", "Set assignee_id, team_id, or both.")
	}
}

// Invoke assigns the conversation.
func (a *assignAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config assignModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id := config.ConversationID.ValueString()

	if config.TeamID.ValueString() != "" {
		account.Report(resp, "Assigning conversation %s to team %s", id, config.TeamID.ValueString())

		err := a.Client.AssignTeam(ctx, api.ParseID(id), api.ParseID(config.TeamID.ValueString()))
		apidiag.AddAbout(&resp.Diagnostics, path.Root("conversation_id"), "assign conversation "+id, "conversation "+id, err)
	}

	if config.AssigneeID.ValueString() != "" && !resp.Diagnostics.HasError() {
		account.Report(resp, "Assigning conversation %s to agent %s", id, config.AssigneeID.ValueString())

		err := a.Client.AssignAgent(ctx, api.ParseID(id), api.ParseID(config.AssigneeID.ValueString()))
		apidiag.AddAbout(&resp.Diagnostics, path.Root("conversation_id"), "assign conversation "+id, "conversation "+id, err)
	}
}

func newRunMacroAction() action.Action {
	return &runMacroAction{account.ActionOf("chatlake_run_macro")}
}

// runMacroAction runs a macro.
type runMacroAction struct{ account.Action }

type runMacroModel struct {
	MacroID         types.String `tfsdk:"macro_id"`
	ConversationIDs types.List   `tfsdk:"conversation_ids"`
}

func (a *runMacroAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Runs a macro on conversations. The platform does so in the background, and does not say when it is done. Needs version 2.8.0 of the server. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"macro_id": actionID("The macro."),
			"conversation_ids": schema.ListAttribute{
				MarkdownDescription: "The conversations.", Required: true, ElementType: types.StringType,
				Validators: []validator.List{listvalidator.NoNullValues(), attribute.Some{}, listvalidator.ValueStringsAre(attribute.IntegerID())},
			},
		},
	}
}

// Invoke runs the macro.
func (a *runMacroAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config runMacroModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	conversations, diags := tfvalue.Strings(ctx, config.ConversationIDs)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	ids := make([]api.ID, len(conversations))
	for i, id := range conversations {
		ids[i] = api.ParseID(id)
	}

	macro := config.MacroID.ValueString()

	// The server accepts a macro that does not exist, and then does nothing.
	if _, err := a.Client.Macro(ctx, api.ParseID(macro)); err != nil {
		apidiag.AddAbout(&resp.Diagnostics, path.Root("macro_id"), "run macro "+macro, "macro "+macro, err)
		return
	}

	account.Report(resp, "Running macro %s on conversations %s", macro, strings.Join(conversations, ", "))

	err := a.Client.RunMacro(ctx, api.ParseID(macro), ids)
	apidiag.Add(&resp.Diagnostics, "run macro "+macro, err)
}

func newMergeContactsAction() action.Action {
	return &mergeContactsAction{account.ActionOf("chatlake_merge_contacts")}
}

// mergeContactsAction merges two contacts.
type mergeContactsAction struct{ account.Action }

type mergeContactsModel struct {
	BaseContactID   types.String `tfsdk:"base_contact_id"`
	MergeeContactID types.String `tfsdk:"mergee_contact_id"`
}

func (a *mergeContactsAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Merges a contact into another one: its conversations, messages, notes and sessions move, and it is gone. What the base contact does not have " +
			"it takes from the other. This cannot be undone. See the vendor's [merge](https://developers.chatwoot.com/api-reference/contacts/merge-contacts).",
		Attributes: map[string]schema.Attribute{
			"base_contact_id":   actionID("The contact that stays."),
			"mergee_contact_id": actionID("The contact that is merged into it, and is gone afterwards."),
		},
	}
}

// ValidateConfig refuses one contact for both.
func (a *mergeContactsAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config mergeContactsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	config.refuseOne(&resp.Diagnostics)
}

// refuseOne refuses one contact for both.
func (m mergeContactsModel) refuseOne(diags *diag.Diagnostics) {
	if tfvalue.IsSet(m.BaseContactID) && m.BaseContactID.Equal(m.MergeeContactID) {
		diags.AddAttributeError(path.Root("mergee_contact_id"), "Nothing to merge", fmt.Sprintf("Both are contact %s.", m.BaseContactID.ValueString()))
	}
}

// Invoke merges the contacts.
func (a *mergeContactsAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config mergeContactsModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	config.refuseOne(&resp.Diagnostics) // Terraform may have learned the ids since it validated them.
	if resp.Diagnostics.HasError() {
		return
	}

	base, mergee := config.BaseContactID.ValueString(), config.MergeeContactID.ValueString()
	account.Report(resp, "Merging contact %s into contact %s", mergee, base)

	err := a.Client.MergeContacts(ctx, api.ParseID(base), api.ParseID(mergee))
	if transport.IsNotFound(err) {
		resp.Diagnostics.AddError("Unable to merge contacts", apidiag.Absent(fmt.Sprintf("contact %s, or no contact %s", base, mergee), err))
		return
	}

	apidiag.Add(&resp.Diagnostics, fmt.Sprintf("merge contact %s into contact %s", mergee, base), err)
}

func newImportContactsAction() action.Action {
	return &importContactsAction{account.ActionOf("chatlake_import_contacts")}
}

// importContactsAction imports contacts from a file.
type importContactsAction struct{ account.Action }

// largestImport is the largest file of contacts, in bytes: the server reads it as a whole.
const largestImport = 40 * localfile.MiB

func (a *importContactsAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Imports contacts from a CSV file. The platform does so in the background, about a minute later, and does not say what became of the rows: " +
			"a contact with the identifier, e-mail address or phone number of a row is updated, and a row that it cannot use is left out. " +
			"The columns are `name`, `email`, `phone_number`, `identifier` and `labels`; every other one becomes a custom attribute. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"file": schema.StringAttribute{
				MarkdownDescription: "The file on this machine, at most 40 MiB. Its first line names the columns.", Required: true,
				Validators: []validator.String{attribute.NotEmpty()},
			},
		},
	}
}

// Invoke sends the file.
func (a *importContactsAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var file types.String
	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("file"), &file)...)
	if resp.Diagnostics.HasError() {
		return
	}

	content, _, err := localfile.Read(file.ValueString(), largestImport)
	if err != nil {
		resp.Diagnostics.AddAttributeError(path.Root("file"), "Unable to read the contacts", fmt.Sprintf("The file %s. Nothing was sent. Give the path of a regular file.", err))
		return
	}

	account.Report(resp, "Sending %s, %d bytes", file.ValueString(), len(content))

	err = a.Client.ImportContacts(ctx, filepath.Base(file.ValueString()), content)
	apidiag.Add(&resp.Diagnostics, "import contacts", err)

	if err == nil {
		account.Report(resp, "The platform imports the contacts in the background")
	}
}
