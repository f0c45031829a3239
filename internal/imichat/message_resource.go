package imichat

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*messageResource)(nil)
	_ resource.ResourceWithIdentity       = (*messageResource)(nil)
	_ resource.ResourceWithImportState    = (*messageResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*messageResource)(nil)
	_ resource.ResourceWithValidateConfig = (*messageResource)(nil)
)

func newMessageResource() resource.Resource { return &messageResource{} }

type messageResource struct{ tenantResource }

// sentMessageModel is a message with the chat that it was sent to.
type sentMessageModel struct {
	messageModel

	ID       types.String `tfsdk:"id"`
	ChatID   types.String `tfsdk:"chat_id"`
	Triggers types.Map    `tfsdk:"triggers"`
}

func (r *messageResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "imichat_message"
}

// IdentitySchema declares the id in the state: the platform gives messages none.
func (r *messageResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema("id", "Id of the message in the state.")
}

func (r *messageResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := messageAttributes(true)
	attributes["id"] = attribute.ID("Id of the message in the state: the chat's id, a slash, and the correlation id or else a sum of what was sent. The platform gives messages no id.")
	attributes["chat_id"] = schema.StringAttribute{
		MarkdownDescription: "Id of the chat that the message is appended to.",
		Required:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		Validators:          []validator.String{noBlanks()},
	}
	triggers := attribute.Triggers("Any values: when one changes, the message is sent once more. Removing them sends nothing.")
	triggers.PlanModifiers = []planmodifier.Map{resendOnTrigger()}
	attributes["triggers"] = triggers
	resp.Schema = schema.Schema{
		MarkdownDescription: "A message that is [appended to a chat](https://docs.imi.chat/reference/messagearrived). An outbound one goes to the customer, an inbound one is the customer's, as a " +
			"channel of your own would deliver it.\n\nA message is an event: it is sent once, and again only when its arguments or `triggers` change, or the chat is gone. " +
			"**Destroy** only forgets it, with a warning: the platform has no call that removes a message. It cannot be imported, because the platform gives it no id.\n\n" +
			"Which fields a message takes depends on its direction and on the chat's channel, which only the chat knows: the chat is read for it, one request, if the message " +
			"has a field that not every channel takes. No page documents the call that appends; a bare message is sent, as in the vendor's samples, and if that is refused, one inside of an array.",
		Attributes: attributes,
	}
}

// ValidateConfig checks what does not depend on the channel.
func (r *messageResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config sentMessageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(checkMessage("", config.fields(), path.Empty())...)
	}
}

// ActsOnChangesOnly marks a ModifyPlan that changes nothing in a plan that is equal to the state.
func (r *messageResource) ActsOnChangesOnly() {}

// ModifyPlan checks a new message against the channel, if the chat exists already. A message that replaces another is planned
// as a new one too.
func (r *messageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	isNew := req.State.Raw.IsNull() && !req.Plan.Raw.IsNull()
	if !isNew || r.client == nil || r.client.Transport.Refuse != nil {
		return
	}

	var plan sentMessageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if !resp.Diagnostics.HasError() && tfvalue.IsSet(plan.ChatID) {
		resp.Diagnostics.Append(r.checkChannel(ctx, plan)...)
	}
}

// Create sends the message.
func (r *messageResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan sentMessageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	chatID := plan.ChatID.ValueString()
	message, diags := plan.request(ctx, r.client.Stamp(0))
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.checkChannel(ctx, plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.client.AppendMessage(ctx, chatID, message); err != nil {
		apidiag.Add(&resp.Diagnostics, "append a message to chat "+chatID, err)
		return
	}

	plan.ID = types.StringValue(chatID + "/" + keyOf(message))
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "id", plan.ID.ValueString())...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
}

// Read only asks whether the chat is still there. A transcript that no longer shows the message is no reason to send it
// again.
func (r *messageResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state sentMessageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Admit(ctx, req.Private, resp.Private, "message", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "id", state.ID.ValueString())...)

	err := r.client.ChatExists(ctx, state.ChatID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, "read chat "+state.ChatID.ValueString(), err)
}

// Update stores another spelling, or triggers that were removed. Every other change sends a new message.
func (r *messageResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var id types.String
	resp.Diagnostics.Append(req.State.GetAttribute(ctx, path.Root("id"), &id)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "message", id.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.State.Raw = req.Plan.Raw
	planned.FillUnknown(req.State, &resp.State)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "id", id.ValueString())...)
}

// Delete forgets the message.
func (r *messageResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state sentMessageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "message", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.AddWarning("The message stays in the chat", fmt.Sprintf(
		"IMIchat has no call that removes a message. That of chat %s is only removed from the state.", state.ChatID.ValueString()))
}

// ImportState refuses every id.
func (r *messageResource) ImportState(_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resp.Diagnostics.AddError("A message cannot be imported",
		"IMIchat gives messages no id, so one cannot be told from another. Read the transcript with the data source imichat_chat.")
}

// checkChannel checks a message against the channel of its chat. A chat that does not exist is reported by the next call.
func (r *messageResource) checkChannel(ctx context.Context, plan sentMessageModel) diag.Diagnostics {
	var diags diag.Diagnostics

	if !plan.dependsOnChannel() {
		return diags
	}

	id := plan.ChatID.ValueString()

	channel, err := r.client.Channel(ctx, id)
	if err == nil {
		return checkMessage(channel, plan.fields(), path.Empty())
	}

	if !transport.IsNotFound(err) {
		apidiag.Add(&diags, "read chat "+id, err)
	}

	return diags
}

// fields returns the message's attributes by name.
func (m *sentMessageModel) fields() map[string]attr.Value {
	return map[string]attr.Value{
		"type": m.Type, "text": m.Text, "attachment": m.Attachment, "timestamp": m.Timestamp, "abc_sub_type": m.ABCSubType,
		"listpicker_response": m.ListpickerResponse, "timepicker_response": m.TimepickerResponse, "livechat_sub_type": m.LivechatSubType,
		"quick_replies": m.QuickReplies, "quick_reply_response": m.QuickReplyResponse, "whatsapp_sub_type": m.WhatsAppSubType,
		"template_name": m.TemplateName, "delivery_details": m.DeliveryDetails,
	}
}

// dependsOnChannel reports whether the message has a field that not every channel takes.
func (m *sentMessageModel) dependsOnChannel() bool {
	return isGiven(m.ABCSubType) || isGiven(m.LivechatSubType) || isGiven(m.WhatsAppSubType) || isGiven(m.TemplateName)
}

// keyOf returns what tells a message from others of its chat.
func keyOf(message api.Message) string {
	if message.DeliveryDetails != nil {
		return message.DeliveryDetails.CorrelationID
	}

	raw, err := json.Marshal(message)
	if err != nil {
		return message.Timestamp
	}

	sum := sha256.Sum256(raw)

	return hex.EncodeToString(sum[:12])
}
