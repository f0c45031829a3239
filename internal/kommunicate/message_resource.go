package kommunicate

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/localfile"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
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

const (
	messageType = "kommunicate_message"

	messageAbandon = "abandon"
	messageDelete  = "delete_for_all"
)

// messageKeyForm accepts more than the keys that were seen: the platform's rule was never published.
var messageKeyForm = regexp.MustCompile(`^[0-9A-Za-z_.@+#=|;?-]{3,256}$`)

func newMessageResource() resource.Resource { return &messageResource{} }

type messageResource struct{ configuredResource }

func (r *messageResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = messageType
}

// Create sends the message, once.
func (r *messageResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	sent, diags := r.send(ctx, &plan, resp.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan.fromSent(sent)
	r.claims.Note(messageRead, plan.ID.ValueString())
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("message_key"), plan.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "metadata")...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
	planned.FillUnknown(noState, &resp.State)
}

// Read removes the message from the state only if its conversation is gone. That the message cannot be found is no reason
// to send it again.
func (r *messageResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state messageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Admit(ctx, req.Private, resp.Private, "message", state.ID.ValueString())...)
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("message_key"), state.ID)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.claims.Note(messageRead, state.ID.ValueString())

	err := r.read(ctx, &state, imported)

	switch {
	case transport.IsNotFound(err):
		resp.State.RemoveResource(ctx)
	case api.IsUnreadable(err) && !imported:
		resp.Diagnostics.AddWarning("Conversations cannot be read back", explainUnreadable(err))
	case err != nil && imported:
		apidiag.Add(&resp.Diagnostics, "read message "+state.ID.ValueString(), err)
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read the conversation of message "+state.ID.ValueString(), err)
	case imported:
		resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
	}
}

// Update changes the metadata in place. Every other change of what people see sends a new message.
func (r *messageResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state messageModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "message", state.ID.ValueString())...)
	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.updateMetadata(ctx, &plan, &state, managed)...)
	if resp.Diagnostics.HasError() {
		return
	}

	plan.ID, plan.CreatedAt = state.ID, state.CreatedAt
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("message_key"), plan.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "metadata")...)
	planned.FillUnknown(req.State, &resp.State)
	planned.KeepUpdate(req, resp, "message")
}

// Delete leaves the message where it is, or deletes it for everyone.
func (r *messageResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state messageModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "message", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() || state.OnDestroy.ValueString() != messageDelete {
		return
	}

	key, sender := state.ID.ValueString(), state.FromUserName.ValueString()

	err := r.client.DeleteMessage(ctx, sender, key)
	if err == nil || transport.IsNotFound(err) {
		return
	}

	// The platform only says that it did not work. The message may have been deleted before.
	_, lookup := r.client.Message(ctx, key, sender)
	if !transport.IsNotFound(lookup) {
		apidiag.Add(&resp.Diagnostics, "delete message "+key, err)
	}
}

// messageImport is the form of an import id.
var messageImport = importid.Form{
	Type: messageType, Parts: []importid.Part{{Name: "message_key", Form: messageKeyForm, Example: "5-131000417-1760000001234"}},
	Keys: []importid.Key{{Name: "message_key", Example: "5-131000417-1760000001234"}},
}

// ImportState accepts a message key, or the identity.
func (r *messageResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID != "" {
		parts, ok := messageImport.Resolve(ctx, req.ID, keyIsID, &resp.Diagnostics)
		if !ok {
			return
		}

		req.ID = parts["message_key"]
	}

	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("message_key"), req, resp)
	resp.Diagnostics.Append(ownership.MarkImported(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
}

// ActsOnChangesOnly marks a ModifyPlan that changes nothing in a plan that is equal to the state.
func (r *messageResource) ActsOnChangesOnly() {}

// ModifyPlan sends a new message if it is for another conversation. To name the same conversation by its other id, as after
// an import, is no change.
func (r *messageResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}

	var plan, state messageConfig
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)

	if req.State.Raw.IsNull() {
		resp.Diagnostics.Append(checkSource(plan.Attachment)...)
		return
	}

	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.checkLate(ctx, req)...)
	if resp.Diagnostics.HasError() || tfvalue.Same(plan.GroupID, state.GroupID) && tfvalue.Same(plan.ClientGroupID, state.ClientGroupID) {
		return
	}

	if !r.isSameConversation(ctx, plan, state) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("group_id"), path.Root("client_group_id"))
	}
}

// isSameConversation reports whether plan and state surely name one conversation by different ids.
func (r *messageResource) isSameConversation(ctx context.Context, plan, state messageConfig) bool {
	if plan.GroupID.ValueString() != "" && state.GroupID.ValueString() == "" {
		return api.GroupOfMessage(state.ID.ValueString()) == plan.GroupID.ValueString()
	}

	if plan.ClientGroupID.ValueString() != "" && state.ClientGroupID.ValueString() == "" && r.client != nil {
		found, err := r.client.ConversationByClientID(ctx, plan.ClientGroupID.ValueString())
		return err == nil && string(found.ID) == state.GroupID.ValueString()
	}

	return false
}

// send uploads the attachment, if there is one, and sends the message.
func (r *messageResource) send(ctx context.Context, plan *messageModel, private ownership.Writer) (api.Sent, diag.Diagnostics) {
	request, diags := plan.sendRequest(ctx)
	if diags.HasError() {
		return api.Sent{}, diags
	}

	send := r.client.SendMessage
	if plan.Attachment != nil {
		meta, problems := r.attach(ctx, *plan.Attachment, request.FromUserName, private)
		diags.Append(problems...)

		if diags.HasError() {
			return api.Sent{}, diags
		}

		request.FileMeta, send = &meta, r.client.SendAttachment
	}

	sent, err := send(ctx, request)
	if err != nil {
		diags.Append(errorSend(err)...)
	}

	return sent, diags
}

// attach returns the description of the attachment. A local file is uploaded first.
func (r *messageResource) attach(ctx context.Context, a attachmentModel, sender string, private ownership.Writer) (api.FileMeta, diag.Diagnostics) {
	if a.Source.ValueString() == "" {
		return a.describe(), nil
	}

	var diags diag.Diagnostics

	content, hash, err := localfile.Read(a.Source.ValueString(), maxFileSize)
	if err != nil {
		addUnreadable(&diags, err)
		return api.FileMeta{}, diags
	}

	meta, err := r.upload(ctx, a, content, sender)
	apidiag.Add(&diags, "upload the attachment", err)
	diags.Append(storeHash(ctx, private, hash)...)

	return meta, diags
}

// errorSend returns the error for a message that was not sent, or that may have been.
func errorSend(err error) diag.Diagnostics {
	var diags diag.Diagnostics

	failure := transport.As(err)
	if failure == nil || !transport.IsLost(err) {
		apidiag.Add(&diags, "send message", err)
		return diags
	}

	diags.AddError("Unable to send message", "The answer did not arrive, so the message may have been sent, and a message has no key by which to find it. "+
		"Look into the conversation before you apply again: if it was sent, people would get it twice.\n\n"+failure.Error())

	return diags
}

// read fills in an imported message. For every other one it only checks that its conversation exists.
func (r *messageResource) read(ctx context.Context, state *messageModel, imported bool) error {
	if imported {
		found, err := r.client.Message(ctx, state.ID.ValueString(), "")
		if err == nil {
			state.fromAPI(found)
		}

		return err
	}

	groupID := state.groupID()
	if groupID == "" {
		return r.client.CheckConversationByClientID(ctx, state.ClientGroupID.ValueString())
	}

	return r.client.CheckConversation(ctx, groupID)
}

// updateMetadata sends the keys of metadata that changed, and compares what came back where messages can be read.
func (r *messageResource) updateMetadata(ctx context.Context, plan, state *messageModel, managed ownership.Managed) diag.Diagnostics {
	var diags diag.Diagnostics

	_, kept := managed.Split("metadata", removedKeys(state.Metadata, plan.Metadata))
	if len(kept) > 0 {
		diags.Append(ownership.WarnKept("metadata", kept))
	}

	update := plan.updateRequest(state, managed)
	if len(update.Metadata) == 0 {
		return diags
	}

	sender := plan.FromUserName.ValueString()

	err := r.client.UpdateMessageMetadata(ctx, sender, update)
	if api.IsUnreadable(err) {
		diags.AddAttributeError(path.Root("metadata"), "Unable to change the metadata of message "+update.Key,
			"The platform accepts the API key, but does not let it change the metadata of a message in place. Nothing was changed. "+
				"To send the message again with the new metadata, change triggers as well.\n\n"+apidiag.Detail(err))

		return diags
	}

	apidiag.Add(&diags, "change the metadata of message "+update.Key, err)

	found, err := r.client.Message(ctx, update.Key, sender)
	if err == nil {
		plan.Metadata = tfvalue.Tracked(plan.Metadata, found.Metadata)
	}

	return diags
}

// ValidateConfig checks what one attribute says about another.
func (r *messageResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var config messageConfig
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(requireOne(path.Empty(), map[string]attr.Value{"group_id": config.GroupID, "client_group_id": config.ClientGroupID})...)

	if tfvalue.IsSet(config.Attachment) {
		file := config.Attachment.Attributes()
		resp.Diagnostics.Append(requireOne(path.Root("attachment"), map[string]attr.Value{"source": file["source"], "url": file["url"]})...)
	}

	if config.Message.ValueString() == "" && !config.Message.IsUnknown() && config.Attachment.IsNull() {
		resp.Diagnostics.AddAttributeError(path.Root("message"), "Missing message", "A message needs message, or attachment, or both.")
	}

	kind := config.ContentType.ValueString()

	switch {
	case kind == "":
	case tfvalue.IsSet(config.Attachment) && kind != contentAttachment:
		resp.Diagnostics.AddAttributeError(path.Root("content_type"), "Conflicting content type",
			"A message with an attachment has the content type \"attachment\". Remove content_type, or the attachment.")
	case config.Attachment.IsNull() && kind == contentAttachment:
		resp.Diagnostics.AddAttributeError(path.Root("content_type"), "Missing attachment",
			"The content type \"attachment\" needs an attachment: its url, or the source of a local file.")
	}
}

// requireOne requires exactly one of the attributes. "" counts as not set.
func requireOne(parent path.Path, attributes map[string]attr.Value) diag.Diagnostics {
	var diags diag.Diagnostics

	names, set := slices.Sorted(maps.Keys(attributes)), 0
	for _, name := range names {
		text, ok := attributes[name].(types.String)
		if !ok || text.IsUnknown() {
			return nil
		}

		if text.ValueString() != "" {
			set++
		}
	}

	if set != 1 {
		detail := fmt.Sprintf("Exactly one of these attributes must be configured: %s.", strings.Join(names, ", "))
		if !parent.Equal(path.Empty()) {
			detail += fmt.Sprintf(" Without any, use %s = null.", parent)
		}

		diags.AddAttributeError(parent.AtName(names[0]), "Invalid combination of attributes", detail)
	}

	return diags
}
