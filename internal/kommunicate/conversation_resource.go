package kommunicate

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*conversationResource)(nil)
	_ resource.ResourceWithIdentity       = (*conversationResource)(nil)
	_ resource.ResourceWithImportState    = (*conversationResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*conversationResource)(nil)
	_ resource.ResourceWithValidateConfig = (*conversationResource)(nil)
)

func newConversationResource() resource.Resource { return &conversationResource{} }

type conversationResource struct{ configuredResource }

const (
	conversationClose   = "close"
	conversationDelete  = "delete"
	conversationAbandon = "abandon"

	// byClientID marks an import id as the caller's own.
	byClientID = "client:"
)

// Metadata names the type.
func (r *conversationResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "kommunicate_conversation"
}

// Create makes the conversation, or takes up the one that has its client group id.
func (r *conversationResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan.withDefaults(r.client.Defaults)
	found, took, diags := r.obtain(ctx, wanted)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	if took && found.Metadata[api.KeyStatus] == api.StatusClosed && !tfvalue.IsSet(wanted.Status) {
		wanted.Status = types.StringValue(statusOpen)
	}
	// The conversation is in the state before anything else is done to it; what fails leaves it tainted, not lost.
	prior := plan
	prior.fromAPI(found, false, nil)
	resp.Diagnostics.Append(resp.State.Set(ctx, prior)...)
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("group_id"), prior.ID)...)
	steps, diags := r.steps(ctx, wanted, prior, found)
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	if _, failed, err := run(ctx, steps); err != nil {
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("%s of the new conversation %s", failed, prior.ID.ValueString()), err)
		resp.Diagnostics.AddWarning("The conversation is only half done", unfinished("kommunicate_conversation", "to "+failed))

		return
	}

	wanted.assume(prior)
	resp.Diagnostics.Append(r.conclude(ctx, &plan, wanted, &found, len(steps) > 0 || !found.Whole())...)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// Read refreshes the state. What the platform does not let anybody read stays as it was.
func (r *conversationResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state conversationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id, imported := state.ID.ValueString(), state.GroupName.IsNull()
	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("group_id"), id)...)

	found, err := r.client.Conversation(ctx, id)
	switch {
	case transport.IsNotFound(err):
		resp.State.RemoveResource(ctx)
		return
	case api.IsUnreadable(err) && !imported:
		resp.Diagnostics.AddWarning("Conversations cannot be read back", unreadable(err))
		return
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read conversation "+id, err)
		return
	}

	resp.Diagnostics.Append(r.fill(ctx, &state, found, imported)...)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

// Update sends what changed, one thing after the other.
func (r *conversationResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	steps, diags := r.steps(ctx, plan, state, api.Conversation{})
	resp.Diagnostics.Append(diags...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.Identity.SetAttribute(ctx, path.Root("group_id"), state.ID)...)

	done, failed, err := run(ctx, steps)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, fmt.Sprintf("%s of conversation %s", failed, state.ID.ValueString()), err)

		if done == 0 {
			return
		}
		// What was done before is in the state, and what was not is planned again.
		plan.GroupMemberList = union(plan.GroupMemberList, state.GroupMemberList)

		found, failure := r.client.Conversation(ctx, state.ID.ValueString())
		if failure != nil {
			return
		}

		resp.Diagnostics.Append(r.fill(ctx, &plan, found, false)...)
	} else {
		resp.Diagnostics.Append(r.conclude(ctx, &plan, state, nil, len(steps) > 0)...)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
}

// conclude fills in the plan after the steps: from what is read back if anything was done, else from what is known.
func (r *conversationResource) conclude(ctx context.Context, plan *conversationModel, prior conversationModel, found *api.Conversation, changed bool) diag.Diagnostics {
	var diags diag.Diagnostics

	if changed {
		fresh, err := r.client.Conversation(ctx, prior.ID.ValueString())
		found = nil

		switch {
		case err == nil:
			found = &fresh
		case api.IsUnreadable(err):
			diags.AddWarning("Conversations cannot be read back", unreadable(err))
		default: // Everything was done. As an error, this would have a new conversation replaced.
			diags.AddWarning("The conversation could not be read back", "Everything was done, and the state holds what was planned. The next plan reads it again.\n\n"+apidiag.Detail(err))
		}
	}

	if found == nil {
		plan.assume(prior)
		return diags
	}

	planned := *plan
	diags.Append(r.fill(ctx, plan, *found, false)...)
	surprise(&diags, "conversation", plan.insist(planned))

	return diags
}

// fill takes what was found into the model. A configured bot that is no longer a member is not missed: handing over to a
// person makes bots leave.
func (r *conversationResource) fill(ctx context.Context, m *conversationModel, found api.Conversation, imported bool) diag.Diagnostics {
	var (
		diags diag.Diagnostics
		bots  []string
	)

	configured, problems := tfvalue.Strings(ctx, m.GroupMemberList)
	diags.Append(problems...)

	for _, id := range missing(configured, found.Members()) {
		user, err := r.client.User(ctx, id)
		if err == nil && user.RoleType == api.RoleBot {
			bots = append(bots, id)
		} else if err != nil && !transport.IsNotFound(err) {
			apidiag.Add(&diags, "read member "+id, err)
		}
	}

	m.fromAPI(found, imported, bots)

	return diags
}

// Delete closes the conversation, deletes it, or forgets it.
func (r *conversationResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state conversationModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	id, actor := state.ID.ValueString(), r.client.Actor(state.ActingUserID.ValueString())

	var err error

	switch state.OnDestroy.ValueString() {
	case conversationAbandon:
	case conversationDelete:
		err = r.client.DeleteConversation(ctx, actor, id)
	default:
		err = r.client.ChangeStatus(ctx, actor, id, api.StatusClosed, state.SendNotifyMessage.ValueBool())
	}

	switch {
	case err == nil || transport.IsNotFound(err):
	case api.IsNotAdmin(err):
		resp.Diagnostics.AddError("Unable to delete conversation "+id, fmt.Sprintf(
			"Only the conversation's admin may delete it. That is %q, and %q asked. Set acting_user_id to the admin and apply, then destroy; or set on_destroy to %q.\n\n%s",
			state.AdminID.ValueString(), actor, conversationClose, apidiag.Detail(err)))
	case api.IsUnreadable(err):
		resp.Diagnostics.AddError("Unable to delete conversation "+id, fmt.Sprintf(
			"The platform takes the API key, but does not let it delete conversations, which no page of the Platform API documents. Set on_destroy to %q and apply, then destroy.\n\n%s",
			conversationClose, apidiag.Detail(err)))
	default:
		action := "close conversation " + id
		if state.OnDestroy.ValueString() == conversationDelete {
			action = "delete conversation " + id
		}

		apidiag.Add(&resp.Diagnostics, action, err)
	}
}

// ImportState takes a group id, client: and a client group id, or the identity.
func (r *conversationResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	key, ours := strings.CutPrefix(req.ID, byClientID)
	switch {
	case req.ID == "":
	case ours && key != "":
		found, err := r.client.ConversationByClientID(ctx, key)
		if transport.IsNotFound(err) {
			resp.Diagnostics.AddError("Cannot import non-existent conversation", fmt.Sprintf("No conversation has the client group id %q.", key))
			return
		}

		if err != nil {
			apidiag.Add(&resp.Diagnostics, "find conversation "+req.ID, err)
			return
		}

		req.ID = string(found.ID)
	case !groupIDForm.MatchString(req.ID):
		resp.Diagnostics.AddError("Invalid import id", fmt.Sprintf("%q is neither a group id, such as \"131000417\", nor %q and a client group id, such as \"client:order-7781\".", req.ID, byClientID))
		return
	}

	resource.ImportStatePassthroughWithIdentity(ctx, path.Root("id"), path.Root("group_id"), req, resp)
}

// unreadable explains why the state stays as it was.
func unreadable(err error) string {
	return "The platform takes the API key, but does not let it read conversations, which no page of the Platform API documents. " +
		"The state is kept as it was last known, so changes made elsewhere are not noticed.\n\n" + apidiag.Detail(err)
}
