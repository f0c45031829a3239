package kommunicate

import (
	"context"
	"fmt"
	"regexp"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure        = (*messageResource)(nil)
	_ resource.ResourceWithIdentity         = (*messageResource)(nil)
	_ resource.ResourceWithImportState      = (*messageResource)(nil)
	_ resource.ResourceWithConfigValidators = (*messageResource)(nil)
	_ resource.ResourceWithModifyPlan       = (*messageResource)(nil)
	_ resource.ResourceWithValidateConfig   = (*messageResource)(nil)
)

func newMessageResource() resource.Resource { return &messageResource{} }

type messageResource struct{ configuredResource }

const (
	messageAbandon = "abandon"
	messageDelete  = "delete_for_all"
)

// messageKeyForm is loose, for nobody published the platform's rule.
var messageKeyForm = regexp.MustCompile(`^[0-9A-Za-z_.@+#=|;?-]{3,256}$`)

// Metadata names the type.
func (r *messageResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "kommunicate_message"
}

// ModifyPlan sends a new message if it is for another conversation. To name the same one by its other id, as after an
// import, is no change.
func (r *messageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.State.Raw.IsNull() || req.Plan.Raw.IsNull() {
		return
	}

	var plan, state messageConfig
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || plan.GroupID.Equal(state.GroupID) && plan.ClientGroupID.Equal(state.ClientGroupID) {
		return
	}

	if !r.sameConversation(ctx, plan, state) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("group_id"), path.Root("client_group_id"))
	}
}

// sameConversation says that plan and state name one conversation by different ids. In doubt, it is another one.
func (r *messageResource) sameConversation(ctx context.Context, plan, state messageConfig) bool {
	if tfvalue.IsSet(plan.GroupID) && state.GroupID.IsNull() {
		id, _ := api.GroupOfMessage(state.ID.ValueString())
		return id == plan.GroupID.ValueString()
	}

	if tfvalue.IsSet(plan.ClientGroupID) && state.ClientGroupID.IsNull() && r.client != nil {
		found, err := r.client.ConversationByClientID(ctx, plan.ClientGroupID.ValueString())
		return err == nil && string(found.ID) == state.GroupID.ValueString()
	}

	return false
}

// Create sends the message, once.
func (r *messageResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	request, diags := plan.sendRequest(ctx)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	send := r.client.SendMessage
	if plan.Attachment != nil {
		file, err := r.fileMeta(ctx, *plan.Attachment, request.FromUserName)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "upload the attachment", err)
			return
		}

		request.FileMeta, send = &file, r.client.SendAttachment
	}

	answer, err := send(ctx, request)
	if err != nil {
		r.unsent(resp, err)
		return
	}

	plan.sent(answer)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("message_key"), plan.ID)...)
}

func (r *messageResource) unsent(resp *resource.CreateResponse, err error) {
	if !transport.IsLost(err) {
		apidiag.Add(&resp.Diagnostics, "send message", err)
		return
	}

	resp.Diagnostics.AddError("Unable to send message", "The answer did not arrive, so the message may have been sent all the same, and a message has no key by which to find it. "+
		"Look into the conversation before you apply again: people would get it twice.\n\n"+said(err))
}

// said is the failure without the advice for objects that can be imported.
func said(err error) string {
	failure := transport.As(err)
	if failure != nil {
		return failure.Error()
	}

	return err.Error()
}

// Read forgets the message only if its conversation is gone. That the message cannot be found is no reason to send it again.
func (r *messageResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state messageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("message_key"), state.ID)...)

	if state.FromUserName.IsNull() { // Imported.
		found, err := r.client.Message(ctx, state.ID.ValueString())
		if transport.IsNotFound(err) {
			resp.State.RemoveResource(ctx)
			return
		}

		if err != nil {
			apidiag.Add(&resp.Diagnostics, "read message "+state.ID.ValueString(), err)
			return
		}

		state.fromAPI(found)
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)

		return
	}

	key, look := state.groupID(), r.client.Conversation
	if key == "" {
		key, look = state.ClientGroupID.ValueString(), r.client.ConversationByClientID
	}

	_, err := look(ctx, key)
	switch {
	case transport.IsNotFound(err):
		resp.State.RemoveResource(ctx)
	case api.IsUnreadable(err):
		resp.Diagnostics.AddWarning("Conversations cannot be read back", unreadable(err))
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read the conversation of message "+state.ID.ValueString(), err)
	}
}

// Update keeps settings that only the provider uses. Everything else sends a new message.
func (r *messageResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan.ID, plan.CreatedAt = state.ID, state.CreatedAt
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("message_key"), plan.ID)...)
}

// Delete leaves the message where it is, or deletes it for everybody.
func (r *messageResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state messageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || state.OnDestroy.ValueString() != messageDelete {
		return
	}

	key := state.ID.ValueString()

	err := r.client.DeleteMessage(ctx, state.FromUserName.ValueString(), key)
	if err == nil || transport.IsNotFound(err) {
		return
	}
	// The platform says only that it did not work; perhaps there is nothing left to delete.
	_, failure := r.client.Message(ctx, key)
	if transport.IsNotFound(failure) {
		return
	}

	apidiag.Add(&resp.Diagnostics, "delete message "+key, err)
}

// ImportState takes a message key, or the identity.
func (r *messageResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID != "" && !messageKeyForm.MatchString(req.ID) {
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf("%q is not a message key, such as \"5-131000417-1760000001234\".", req.ID))
		return
	}

	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("message_key"), req, resp)
}

// ValidateConfig checks what one attribute says of another.
func (r *messageResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config messageConfig
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if config.Message.IsNull() && config.Attachment.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("message"), "Missing message", "A message needs message, or attachment, or both.")
	}

	attached, kind := tfvalue.IsSet(config.Attachment), config.ContentType
	switch {
	case !tfvalue.IsSet(kind):
	case attached && kind.ValueString() != contentAttachment:
		resp.Diagnostics.AddAttributeError(path.Root("content_type"), "Conflicting content type",
			"A message with an attachment is of the content type \"attachment\". Remove content_type, or the attachment.")
	case config.Attachment.IsNull() && kind.ValueString() == contentAttachment:
		resp.Diagnostics.AddAttributeError(path.Root("content_type"), "Missing attachment",
			"The content type \"attachment\" needs an attachment: its url, or the source of a local file.")
	}
}
