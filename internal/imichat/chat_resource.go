package imichat

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = (*chatResource)(nil)
	_ resource.ResourceWithIdentity       = (*chatResource)(nil)
	_ resource.ResourceWithImportState    = (*chatResource)(nil)
	_ resource.ResourceWithModifyPlan     = (*chatResource)(nil)
	_ resource.ResourceWithValidateConfig = (*chatResource)(nil)
)

const (
	chatType = "imichat_chat"

	destroyClose   = "close"
	destroyAbandon = "abandon"
)

func newChatResource() resource.Resource { return &chatResource{} }

type chatResource struct{ tenantResource }

func (r *chatResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = chatType
}

func (r *chatResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identitySchema("chat_id", "Id of the chat.")
}

func (r *chatResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan chatModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	chat, diags := r.start(ctx, plan)
	resp.Diagnostics.Append(diags...)
	if chat == nil {
		return
	}

	// The chat exists from here on, whatever becomes of the rest.
	resp.Diagnostics.Append(r.remember(ctx, plan, chat, req, resp)...)

	if !resp.Diagnostics.HasError() {
		chat, diags = r.finish(ctx, plan, chat)
		resp.Diagnostics.Append(diags...)
	}

	plan.fromAPI(chat, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(tfsdk.State{}, &resp.State)
	planned.KeepCreate(req, resp, "chat")
}

func (r *chatResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state chatModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	id := state.ID.ValueString()
	resp.Diagnostics.Append(r.origin().Admit(ctx, req.Private, resp.Private, "chat", id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	imported, diags := ownership.TakeImported(ctx, req.Private, resp.Private)
	resp.Diagnostics.Append(diags...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "chat_id", id)...) // Also for a chat that is gone.

	chat, err := r.read(ctx, state, imported)

	switch {
	case transport.IsNotFound(err), err == nil && chat.Closed() && state.RecreateWhenClosed.ValueBool():
		resp.State.RemoveResource(ctx)
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read chat "+id, err)
	default:
		resp.Diagnostics.Append(r.refresh(ctx, state, chat, imported, req, resp)...)
	}
}

func (r *chatResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state chatModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	id := state.ID.ValueString()
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "chat", id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	chat, err := r.change(ctx, plan, state, req.Private, resp.Private)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "update chat "+id, err)
		r.nameHolder(ctx, plan, err, &resp.Diagnostics)

		return
	}

	if chat != nil {
		resp.Diagnostics.Append(r.compare(ctx, &plan, state, chat, req.Private)...)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	planned.FillUnknown(req.State, &resp.State)
	planned.KeepUpdate(req, resp, "chat")
	resp.Diagnostics.Append(ownership.Store(ctx, resp.Private, req.Config, "other_details")...)
	resp.Diagnostics.Append(r.setIdentity(ctx, resp.Identity, "chat_id", id)...)
}

// Delete closes the chat: the platform deletes none.
func (r *chatResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state chatModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	id := state.ID.ValueString()
	resp.Diagnostics.Append(r.origin().Refuse(ctx, req.Private, "chat", id)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	if r.claims.IsAdopted(chatType, id) {
		ownership.ReportKept(&resp.Diagnostics, chatType, id)
		return
	}

	if state.OnDestroy.ValueString() != destroyAbandon && state.Status.ValueString() != "closed" {
		r.client.Remember(id, state.TeamID.ValueString(), state.Channel.ValueString())
		apidiag.Add(&resp.Diagnostics, "close chat "+id, r.client.CloseChat(ctx, id, textPtr(state.Outcome)))
	}

	if !resp.Diagnostics.HasError() {
		r.release(id, state.AliasID)
	}
}

// ImportState accepts a chat id, an alias, or an identity.
func (r *chatResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	defer warnOfQuota(r.client, &resp.Diagnostics)

	id := r.importID(ctx, req, chatForm(), r.chatsByKey, &resp.Diagnostics)
	if id == "" {
		return
	}

	r.importState(ctx, resp, "chat_id", id)
}
