package imichat

import (
	"cmp"
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ resource.ResourceWithConfigure      = &chatResource{}
	_ resource.ResourceWithIdentity       = &chatResource{}
	_ resource.ResourceWithImportState    = &chatResource{}
	_ resource.ResourceWithModifyPlan     = &chatResource{}
	_ resource.ResourceWithValidateConfig = &chatResource{}
)

const (
	destroyClose   = "close"
	destroyAbandon = "abandon"
)

func newChatResource() resource.Resource { return &chatResource{} }

type chatResource struct{ configuredResource }

// Metadata names the type.
func (r *chatResource) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = "imichat_chat"
}

// IdentitySchema is what identifies a chat across tenants.
func (r *chatResource) IdentitySchema(_ context.Context, _ resource.IdentitySchemaRequest, resp *resource.IdentitySchemaResponse) {
	resp.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"chat_id": identityschema.StringAttribute{Description: "Id of the chat.", RequiredForImport: true},
		"domain":  identityschema.StringAttribute{Description: "Domain of the tenant.", OptionalForImport: true},
	}}
}

// Create makes the chat, or takes over the one that has its alias.
func (r *chatResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan chatModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	chat := r.start(ctx, &plan, &resp.Diagnostics)
	if chat == nil {
		return
	}

	state := plan
	state.fromAPI(chat)
	update, problems := plan.followUp(ctx, chat)
	resp.Diagnostics.Append(problems...)
	resp.Diagnostics.Append(setTeam(ctx, resp.Private, stay(plan.TeamID, cmp.Or(r.client.TeamID, chat.TeamID)))...)
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, chat.ID)...)

	if !update.IsEmpty() {
		// The chat exists from here on, whatever becomes of the rest.
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)

		updated, err := r.client.UpdateChat(ctx, chat.ID, update)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, fmt.Sprintf("set %s of the new chat %s", names(update), chat.ID), err)
			addUnfinished(&resp.Diagnostics, chat.ID)

			return
		}

		state.fromAPI(updated)
	}

	lost := state.hold(&plan)
	if len(lost) > 0 {
		addLost(&resp.Diagnostics, chat.ID, lost)
		addUnfinished(&resp.Diagnostics, chat.ID)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Read follows what agents and timers did.
func (r *chatResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state chatModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	id, imported := state.ID.ValueString(), state.imported()
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, id)...) // Also for what turns out to be gone.
	r.client.Remember(id, state.TeamID.ValueString(), state.Channel.ValueString())

	read := r.client.Chat
	if imported {
		read = r.client.WholeChat // A row of the list would leave out what was given at creation.
	}

	chat, err := read(ctx, id)
	switch {
	case transport.IsNotFound(err), err == nil && chat.Closed() && state.RecreateWhenClosed.ValueBool():
		resp.State.RemoveResource(ctx)
		return
	case err != nil:
		apidiag.Add(&resp.Diagnostics, "read chat "+id, err)
		return
	}

	state.fromAPI(chat)

	if imported {
		resp.Diagnostics.Append(mark(ctx, resp.Private, privateImported, true)...)
		resp.Diagnostics.Append(mark(ctx, resp.Private, privateListed, chat.Listed)...)
		resp.Diagnostics.Append(setTeam(ctx, resp.Private, state.TeamID)...)
		warnOfRow(chat, &resp.Diagnostics)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Update changes what is to be changed, and asks nothing if only settings of the provider's own were.
func (r *chatResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, prior chatModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &prior)...)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	id := prior.ID.ValueString()
	resp.Diagnostics.Append(r.identify(ctx, resp.Identity, id)...)
	r.client.Remember(id, prior.TeamID.ValueString(), prior.Channel.ValueString())
	update, problems := plan.updateRequest(ctx, &prior)
	resp.Diagnostics.Append(problems...)

	state := plan
	if update.IsEmpty() {
		state.settle(&prior)
		resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)

		return
	}

	chat, err := r.change(ctx, id, update, &prior, &plan)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "update chat "+id, err)
		return
	}

	state.fromAPI(chat)
	warnOfLeft(chat, &prior, &plan, &resp.Diagnostics)

	lost := state.hold(&plan)
	if len(lost) > 0 {
		addLost(&resp.Diagnostics, id, lost)
	}

	state.settle(&prior)
	resp.Diagnostics.Append(resp.State.Set(ctx, &state)...)
}

// Delete closes the chat, for the platform deletes none.
func (r *chatResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state chatModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || state.OnDestroy.ValueString() == destroyAbandon || state.Status.ValueString() == "closed" {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	id := state.ID.ValueString()
	r.client.Remember(id, state.TeamID.ValueString(), state.Channel.ValueString())
	apidiag.Add(&resp.Diagnostics, "close chat "+id, r.client.CloseChat(ctx, id, tfvalue.StringPtr(state.Outcome)))
}

// ImportState takes a chat id, alias: and an alias, or an identity.
func (r *chatResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	id := r.importID(ctx, req, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}
	defer warnOfQuota(r.client, &resp.Diagnostics)

	if alias, ok := aliasOf(id); ok {
		id = r.aliased(ctx, alias, &resp.Diagnostics)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.Identity.Set(ctx, r.identity(id))...) // Completed, if one was given.
	resp.Diagnostics.Append(resp.State.SetAttribute(ctx, path.Root("id"), id)...)
}
