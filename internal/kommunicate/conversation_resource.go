package kommunicate

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/importid"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*conversationResource)(nil)
	_ resource.ResourceWithIdentity       = (*conversationResource)(nil)
	_ resource.ResourceWithImportState    = (*conversationResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*conversationResource)(nil)
	_ resource.ResourceWithValidateConfig = (*conversationResource)(nil)
)

const (
	conversationType = "kommunicate_conversation"

	conversationClose   = "close"
	conversationDelete  = "delete"
	conversationAbandon = "abandon"

	// byClientID marks a claim of a client group id.
	byClientID = "client:"
)

func newConversationResource() resource.Resource { return &conversationResource{} }

type conversationResource struct{ configuredResource }

func (r *conversationResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = conversationType
}

// Create creates the conversation, or adopts the one that has its client group id.
func (r *conversationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	intended := plan.withDefaults(r.client.Defaults)
	found, isAdopted, diags := r.createOrAdopt(ctx, intended)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	// The conversation is in the state before anything else is done to it: what fails leaves it tainted, not lost.
	prior := plan
	prior.fromAPI(found, false, nil)
	resp.Diagnostics.Append(resp.State.Set(ctx, prior)...)
	planned.FillUnknown(noState, &resp.State)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("group_id"), prior.ID)...)
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, keyedConversation()...)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)

	if isAdopted && intended.Status.ValueString() == "" && found.Metadata[api.KeyStatus] == api.StatusClosed {
		intended.Status = types.StringValue(statusOpen)
	}

	resp.Diagnostics.Append(r.complete(ctx, &plan, conversationChange{client: r.client, plan: intended, prior: &prior, found: found})...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(noState, &resp.State)
	planned.KeepCreate(req, resp, "conversation")
	r.warnSingles(ctx, plan.ID, plan.GroupMemberList, ownership.Managed{}, &resp.Diagnostics)
}

// Read refreshes the state. What the platform does not let this key read stays as it was.
func (r *conversationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state conversationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	resp.Diagnostics.Append(r.origin().Admit(ctx, req.Private, resp.Private, "conversation", state.ID.ValueString())...)
	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("group_id"), state.ID)...)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.client.Conversation(ctx, state.ID.ValueString())

	switch {
	case transport.IsNotFound(err):
		resp.State.RemoveResource(ctx)
		return
	case api.IsUnreadable(err) && !imported:
		resp.Diagnostics.AddWarning("Conversations cannot be read back", explainUnreadable(err))
		return
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read conversation "+state.ID.ValueString(), err)
		return
	}

	resp.Diagnostics.Append(r.refresh(ctx, req.Private, &state, found, imported)...)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
	if !imported {
		planned.KeepSpelling(req.State, &resp.State)
	}
}

// Update sends what changed, one request after the other.
func (r *conversationResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "conversation", state.ID.ValueString())...)
	managed, diags := ownership.Load(ctx, req.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("group_id"), state.ID)...)
	if resp.Diagnostics.HasError() {
		return
	}

	done, diags := r.change(ctx, &plan, conversationChange{client: r.client, plan: &plan, prior: &state, managed: managed})
	resp.Diagnostics.Append(diags...)
	if !done {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(req.State, &resp.State)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, keyedConversation()...)...)
	planned.KeepUpdate(req, resp, "conversation")
	r.warnSingles(ctx, plan.ID, plan.GroupMemberList, ownership.Managed{}, &resp.Diagnostics)
}

// Delete closes the conversation, deletes it, or leaves it as it is.
func (r *conversationResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state conversationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "conversation", state.ID.ValueString())...)
	if resp.Diagnostics.HasError() {
		return
	}

	id := state.ID.ValueString()
	if r.claims.IsAdopted(conversationType, id) {
		ownership.ReportKept(&resp.Diagnostics, conversationType, id)
		return
	}

	r.claims.Release(conversationType, id)
	r.claims.Release(conversationType, byClientID+state.ClientGroupID.ValueString())

	actor := r.client.Actor(state.ActingUserID.ValueString())

	switch state.OnDestroy.ValueString() {
	case conversationAbandon:
	case conversationDelete:
		resp.Diagnostics.Append(errorDelete(&state, actor, r.client.DeleteConversation(ctx, actor, id))...)
	default:
		err := r.client.ChangeStatus(ctx, actor, id, api.StatusClosed, state.SendNotifyMessage.ValueBool())
		if !transport.IsNotFound(err) {
			apidiag.Add(&resp.Diagnostics, "close conversation "+id, err)
		}
	}
}

// errorDelete explains why a conversation could not be deleted.
func errorDelete(state *conversationModel, actor string, err error) diag.Diagnostics {
	var diags diag.Diagnostics

	id := state.ID.ValueString()

	switch {
	case err == nil || transport.IsNotFound(err):
	case api.IsNotAdmin(err):
		diags.AddError("Unable to delete conversation "+id, fmt.Sprintf(
			"Only the conversation's admin may delete it. The admin is %q, and %q asked. Set acting_user_id to the admin and apply, then destroy; or set on_destroy to %q.\n\n%s",
			state.AdminID.ValueString(), actor, conversationClose, apidiag.Detail(err)))
	case api.IsUnreadable(err):
		diags.AddError("Unable to delete conversation "+id, fmt.Sprintf(
			"The platform accepts the API key, but does not let it delete conversations, which no page of the Platform API documents. Set on_destroy to %q and apply, then destroy.\n\n%s",
			conversationClose, apidiag.Detail(err)))
	default:
		apidiag.Add(&diags, "delete conversation "+id, err)
	}

	return diags
}

// conversationImport is the form of an import id.
var conversationImport = importid.Form{
	Type: conversationType, Parts: []importid.Part{{Name: "group_id", Form: importid.Integer, Example: "131000417"}},
	Keys: []importid.Key{{Name: "client_group_id", Example: "order-7781"}, {Name: "client", Example: "order-7781"}},
}

// ImportState accepts a group id, a client group id, or the identity.
func (r *conversationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	if req.ID != "" {
		parts, ok := conversationImport.Resolve(ctx, req.ID, r.findByClientID, &resp.Diagnostics)
		if !ok {
			return
		}

		req.ID = parts["group_id"]
	}

	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("group_id"), req, resp)
	resp.Diagnostics.Append(ownership.MarkImported(ctx, resp.Private)...)
	resp.Diagnostics.Append(r.origin().Record(ctx, resp.Private)...)
}

// findByClientID returns the conversation that has the client group id.
func (r *conversationResource) findByClientID(ctx context.Context, id importid.ID) ([]string, error) {
	found, err := r.client.ConversationByClientID(ctx, id.Value)
	if transport.IsNotFound(err) {
		return nil, nil
	}

	return []string{string(found.ID)}, err
}

// explainUnreadable explains why the state stays as it was.
func explainUnreadable(err error) string {
	return "The platform accepts the API key, but does not let it read conversations, which no page of the Platform API documents. " +
		"The state is kept as it was last known, so changes made elsewhere are not noticed.\n\n" + apidiag.Detail(err)
}
