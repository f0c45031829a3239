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
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = &messageResource{}
	_ resource.ResourceWithIdentity       = &messageResource{}
	_ resource.ResourceWithImportState    = &messageResource{}
	_ resource.ResourceWithModifyPlan     = &messageResource{}
	_ resource.ResourceWithValidateConfig = &messageResource{}
)

func newMessageResource() resource.Resource { return &messageResource{} }

type messageResource struct{ configuredResource }

// sentMessageModel is a message with the chat that it was sent to.
type sentMessageModel struct {
	messageModel

	ID       types.String `tfsdk:"id"`
	ChatID   types.String `tfsdk:"chat_id"`
	Triggers types.Map    `tfsdk:"triggers"`
}

// messageIdentity is what identifies a message.
type messageIdentity struct {
	ID types.String `tfsdk:"id"`
}

// Metadata names the type.
func (r *messageResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "imichat_message"
}

// Schema describes a message.
func (r *messageResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	attributes := messageAttributes(true)
	attributes["id"] = attribute.ID("Id of the message in the state: the chat's id, a slash, and the correlation id or else a sum of what was sent. The platform gives messages no id.")
	attributes["chat_id"] = schema.StringAttribute{
		MarkdownDescription: "Id of the chat that the message is appended to.",
		Required:            true,
		PlanModifiers:       []planmodifier.String{stringplanmodifier.RequiresReplace()},
		Validators:          []validator.String{noBlanks()},
	}
	triggers := attribute.Triggers("Any values: when one changes, the message is sent once more.")
	triggers.PlanModifiers = []planmodifier.Map{mapplanmodifier.RequiresReplace()}
	attributes["triggers"] = triggers
	resp.Schema = schema.Schema{
		MarkdownDescription: "A message that is [appended to a chat](https://docs.imi.chat/reference/messagearrived). An outbound one goes to the customer, an inbound one is the customer's, as a " +
			"channel of your own would deliver it.\n\nA message is an event: it is sent once, and again only when its arguments or `triggers` change, or the chat is gone. " +
			"**Destroy** only forgets it, with a warning: the platform takes no message back. It cannot be imported, for the platform gives it no id.\n\n" +
			"Which fields a message takes depends on its direction and on the chat's channel, which only the chat knows: the chat is read for it, one request, if the message " +
			"has a field that not every channel takes. No page documents the call that appends; a bare message is sent, as in the vendor's samples, and if that is refused, one inside of an array.",
		Attributes: attributes,
	}
}

// IdentitySchema is the id in the state, for the platform has none.
func (r *messageResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"id": identityschema.StringAttribute{Description: "Id of the message in the state.", RequiredForImport: true},
	}}
}

// ValidateConfig checks what does not depend on the channel.
func (r *messageResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config sentMessageModel
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	if !resp.Diagnostics.HasError() {
		resp.Diagnostics.Append(checkMessage("", config.fields(), path.Empty())...)
	}
}

// ModifyPlan checks a new message against the channel, if the chat exists already. One that replaces another is planned
// as a new one, too.
func (r *messageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() || r.client == nil || r.client.Transport.Refuse != nil {
		return
	}

	var plan sentMessageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() || !req.State.Raw.IsNull() || !tfvalue.IsSet(plan.ChatID) {
		return
	}

	r.checkChannel(ctx, &plan, &resp.Diagnostics)
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
	message, problems := plan.request(ctx, r.client.Stamp(0))
	resp.Diagnostics.Append(problems...)
	r.checkChannel(ctx, &plan, &resp.Diagnostics)

	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.client.AppendMessage(ctx, chatID, message); err != nil {
		apidiag.Add(&resp.Diagnostics, "append a message to chat "+chatID, err)
		return
	}

	plan.ID = types.StringValue(chatID + "/" + handle(message))
	resp.Diagnostics.Append(resp.Identity.Set(ctx, messageIdentity{ID: plan.ID})...)
	resp.Diagnostics.Append(resp.State.Set(ctx, &plan)...)
}

// Read asks only whether the chat is still there. That a transcript no longer shows a message is no reason to send it
// again.
func (r *messageResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state sentMessageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	resp.Diagnostics.Append(resp.Identity.Set(ctx, messageIdentity{ID: state.ID})...)

	err := r.client.ChatExists(ctx, state.ChatID.ValueString())
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	apidiag.Add(&resp.Diagnostics, "read chat "+state.ChatID.ValueString(), err)
}

// Update is never called: every argument makes a new message.
func (r *messageResource) Update(_ context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	resp.State.Raw = req.Plan.Raw
}

// Delete forgets the message.
func (r *messageResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state sentMessageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.AddWarning("The message stays in the chat", fmt.Sprintf(
		"IMIchat takes no message back. That of chat %s is only removed from the state.", state.ChatID.ValueString()))
}

// ImportState says why there is none.
func (r *messageResource) ImportState(_ context.Context, _ resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	resp.Diagnostics.AddError("A message cannot be imported",
		"IMIchat gives messages no id, so none can be told from another. Read the transcript with the data source imichat_chat.")
}

// checkChannel checks a message against the channel of its chat. A chat that is not there is the next call's to report.
func (r *messageResource) checkChannel(ctx context.Context, plan *sentMessageModel, diags *diag.Diagnostics) {
	if !plan.dependsOnChannel() || diags.HasError() {
		return
	}

	id := plan.ChatID.ValueString()

	channel, err := r.client.Channel(ctx, id)
	switch {
	case transport.IsNotFound(err):
	case err != nil:
		apidiag.Add(diags, "read chat "+id, err)
	default:
		diags.Append(checkMessage(channel, plan.fields(), path.Empty())...)
	}
}

// fields are the message's attributes by name.
func (m *sentMessageModel) fields() map[string]attr.Value {
	return map[string]attr.Value{
		"type": m.Type, "text": m.Text, "attachment": m.Attachment, "timestamp": m.Timestamp, "abc_sub_type": m.ABCSubType,
		"listpicker_response": m.ListpickerResponse, "timepicker_response": m.TimepickerResponse, "livechat_sub_type": m.LivechatSubType,
		"quick_replies": m.QuickReplies, "quick_reply_response": m.QuickReplyResponse, "whatsapp_sub_type": m.WhatsAppSubType,
		"template_name": m.TemplateName, "delivery_details": m.DeliveryDetails,
	}
}

// dependsOnChannel says that not every channel takes the message.
func (m *sentMessageModel) dependsOnChannel() bool {
	return tfvalue.IsSet(m.ABCSubType) || tfvalue.IsSet(m.LivechatSubType) || tfvalue.IsSet(m.WhatsAppSubType) || tfvalue.IsSet(m.TemplateName)
}

// handle tells messages of a chat apart.
func handle(message api.Message) string {
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
