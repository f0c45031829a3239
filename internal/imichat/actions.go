package imichat

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/action"
	"github.com/hashicorp/terraform-plugin-framework/action/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	resourceschema "github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ action.ActionWithConfigure      = (*appendMessageAction)(nil)
	_ action.ActionWithValidateConfig = (*appendMessageAction)(nil)
	_ action.ActionWithConfigure      = (*updateChatAction)(nil)
	_ action.ActionWithValidateConfig = (*updateChatAction)(nil)
)

// Actions lists the room's actions.
func Actions() []func() action.Action {
	return []func() action.Action{newAppendMessageAction, newUpdateChatAction}
}

// tenantAction is embedded by every action. It holds the client of the tenant.
type tenantAction struct{ client *api.Client }

// Configure takes the platform's client.
func (a *tenantAction) Configure(_ context.Context, req action.ConfigureRequest, resp *action.ConfigureResponse) {
	a.client = providerdata.Client(req.ProviderData, clientSource.IMIchat, &resp.Diagnostics)
}

// report tells the user what the action does.
func report(resp *action.InvokeResponse, format string, values ...any) {
	resp.SendProgress(action.InvokeProgressEvent{Message: fmt.Sprintf(format, values...)})
}

// ofAction returns the arguments of a resource as those of an action.
func ofAction(attributes map[string]resourceschema.Attribute) map[string]schema.Attribute {
	all := map[string]schema.Attribute{}

	for name, one := range attributes {
		switch a := one.(type) {
		case resourceschema.StringAttribute:
			all[name] = schema.StringAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Validators: a.Validators}
		case resourceschema.ListAttribute:
			all[name] = schema.ListAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, ElementType: a.ElementType, Validators: a.Validators}
		case resourceschema.SingleNestedAttribute:
			all[name] = schema.SingleNestedAttribute{MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Attributes: ofAction(a.Attributes)}
		case resourceschema.ListNestedAttribute:
			all[name] = schema.ListNestedAttribute{
				MarkdownDescription: a.MarkdownDescription, Required: a.Required, Optional: a.Optional, Validators: a.Validators,
				NestedObject: schema.NestedAttributeObject{Attributes: ofAction(a.NestedObject.Attributes)},
			}
		}
	}

	return all
}

func chatIDOf() schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: "Id of the chat.", Required: true, Validators: []validator.String{attribute.NotEmpty()}}
}

func newAppendMessageAction() action.Action { return &appendMessageAction{} }

// appendMessageAction adds a message to a chat.
type appendMessageAction struct{ tenantAction }

type appendedMessageModel struct {
	messageModel

	ChatID types.String `tfsdk:"chat_id"`
}

// sent returns the message as the resource has it.
func (m *appendedMessageModel) sent() sentMessageModel {
	return sentMessageModel{messageModel: m.messageModel, ChatID: m.ChatID}
}

// Metadata names the type.
func (a *appendMessageAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "imichat_append_message"
}

// Schema is the message, as imichat_message has it.
func (a *appendMessageAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	attributes := ofAction(messageAttributes(false))
	attributes["chat_id"] = chatIDOf()
	resp.Schema = schema.Schema{
		MarkdownDescription: "Adds a message to a chat, once each time that the action runs. See the vendor's [messages](https://docs.imi.chat/reference/messagearrived).\n\n" +
			"Unverified: no page documents the body of the call that adds a message.",
		Attributes: attributes,
	}
}

// ValidateConfig refuses what the resource refuses.
func (a *appendMessageAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config appendedMessageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !resp.Diagnostics.HasError() {
		sent := config.sent()
		resp.Diagnostics.Append(checkMessage("", sent.fields(), path.Empty())...)
	}
}

// Invoke adds the message.
func (a *appendMessageAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config appendedMessageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(a.client, &resp.Diagnostics)

	sender := messageResource{}
	sender.client = a.client
	resp.Diagnostics.Append(sender.checkChannel(ctx, config.sent())...)

	message, diags := config.request(ctx, a.client.Stamp(0))
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	id := config.ChatID.ValueString()
	report(resp, "Adding a message to chat %s", id)

	err := a.client.AppendMessage(ctx, id, message)
	apidiag.Add(&resp.Diagnostics, "add a message to chat "+id, err)
}

func newUpdateChatAction() action.Action { return &updateChatAction{} }

// updateChatAction changes a chat.
type updateChatAction struct{ tenantAction }

type updatedChatModel struct {
	ChatID   types.String `tfsdk:"chat_id"`
	Status   types.String `tfsdk:"status"`
	Outcome  types.String `tfsdk:"outcome"`
	Assignee types.String `tfsdk:"assignee"`
	Tags     types.Set    `tfsdk:"tags"`
}

// update returns what is sent.
func (m *updatedChatModel) update() api.ChatUpdate {
	update := api.ChatUpdate{Status: textPtr(m.Status), Outcome: textPtr(m.Outcome), Assignee: textPtr(m.Assignee)}
	if tfvalue.IsSet(m.Tags) {
		tags := textsOf(m.Tags)
		update.Tags = &tags
	}

	return update
}

// Metadata names the type.
func (a *updateChatAction) Metadata(_ context.Context, _ action.MetadataRequest, resp *action.MetadataResponse) {
	resp.TypeName = "imichat_update_chat"
}

// Schema describes what can be changed.
func (a *updateChatAction) Schema(_ context.Context, _ action.SchemaRequest, resp *action.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "Changes a chat. See the vendor's [update](https://docs.imi.chat/v5.1/reference/update-chat).",
		Attributes: map[string]schema.Attribute{
			"chat_id": chatIDOf(),
			"status": schema.StringAttribute{
				MarkdownDescription: "The new status: " + attribute.Choices(statuses()...) + ".", Optional: true, Validators: attribute.OrEmpty(stringvalidator.OneOf(statuses()...)),
			},
			"outcome":  schema.StringAttribute{MarkdownDescription: "With the status `closed`: the reason, one of those configured for the team.", Optional: true},
			"assignee": schema.StringAttribute{MarkdownDescription: "Login id of the user who gets the chat.", Optional: true},
			"tags": schema.SetAttribute{
				MarkdownDescription: "Tags of the chat: all of them. `[]` removes all.", Optional: true, ElementType: types.StringType,
				Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.NotEmpty())},
			},
		},
	}
}

// ValidateConfig wants something to change.
func (a *updateChatAction) ValidateConfig(ctx context.Context, req action.ValidateConfigRequest, resp *action.ValidateConfigResponse) {
	var config updatedChatModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	isKnown := !config.Status.IsUnknown() && !config.Assignee.IsUnknown() && !config.Tags.IsUnknown()
	if isKnown && isEmpty(config.Status) && isEmpty(config.Assignee) && config.Tags.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("status"), "Nothing to change", "Set status, assignee or tags.")
	}

	if isGiven(config.Outcome) && isKnown && config.Status.ValueString() != "closed" {
		resp.Diagnostics.AddAttributeError(path.Root("outcome"), "Only a chat that is closed has an outcome", "Set status to closed, or take outcome out.")
	}
}

// Invoke changes the chat.
func (a *updateChatAction) Invoke(ctx context.Context, req action.InvokeRequest, resp *action.InvokeResponse) {
	var config updatedChatModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(a.client, &resp.Diagnostics)

	id, update := config.ChatID.ValueString(), config.update()
	report(resp, "Changing chat %s", id)

	_, err := a.client.UpdateChat(ctx, id, update)
	apidiag.Add(&resp.Diagnostics, "update chat "+id, err)
}
