package captain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*inboxResource)(nil)
	_ resource.ResourceWithIdentity    = (*inboxResource)(nil)
	_ resource.ResourceWithImportState = (*inboxResource)(nil)
)

func newInboxResource() resource.Resource {
	return &inboxResource{account.WithID("chatlake_captain_inbox")}
}

type inboxResource struct{ account.ResourceWithID }

func (r *inboxResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	part := func(description string) schema.StringAttribute {
		return schema.StringAttribute{
			MarkdownDescription: description, Required: true,
			Validators:    []validator.String{attribute.IntegerID()},
			PlanModifiers: []planmodifier.String{attribute.ReplaceOnChange()},
		}
	}

	resp.Schema = schema.Schema{
		MarkdownDescription: "Which assistant answers in an inbox. An inbox has one assistant at most, and an assistant any number of inboxes. " +
			"Destroy lets the assistant answer there no longer; the assistant and the inbox stay. " +
			"It goes with its inbox, and with its assistant a moment later. One that somebody gave to another assistant is found there, and comes back. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id":             attribute.JoinedID("The inbox's id.", "inbox_id"),
			"assistant_id":   part("The id of the assistant. The server gives an inbox to another one only after the first has lost it, so a change replaces the resource."),
			"inbox_id":       part("The id of the inbox. It names the object: no inbox has two assistants."),
			"adopt_existing": attribute.AdoptExisting("inbox", false),
		},
	}
}

// key returns the inbox, which has one assistant.
func (r *inboxResource) key() account.Key[api.CaptainInbox] {
	return account.Key[api.CaptainInbox]{
		Name: "inbox_id", Example: "42", Of: func(found api.CaptainInbox) string { return found.ID.String() }, All: r.Client.AllCaptainInboxes,
	}
}

// Create gives the inbox the assistant. With adopt_existing, one that has another assistant moves.
func (r *inboxResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan inboxModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	assistant, inbox := api.ParseID(plan.AssistantID.ValueString()), api.ParseID(plan.InboxID.ValueString())
	move := func(ctx context.Context, request api.CaptainInboxRequest) (api.CaptainInbox, error) {
		return r.Client.MoveCaptainInbox(ctx, inbox, request)
	}

	created, ok := account.Creation[api.CaptainInbox, api.CaptainInboxRequest]{
		Key: r.key(), Value: plan.InboxID.ValueString(), Allowed: plan.AdoptExisting,
		Request: api.CaptainInboxRequest{To: assistant}, Create: move,
		ChangeOf: plan.changeOf,
		Update: func(ctx context.Context, _ api.ID, request api.CaptainInboxRequest) (api.CaptainInbox, error) {
			return move(ctx, request)
		},
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// Read refreshes the state. An inbox that has another assistant by now is there, with that one.
func (r *inboxResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state inboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, _ := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	assistant, _ := state.ids()

	found, err := r.Client.CaptainInbox(ctx, assistant, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends nothing: only adopt_existing changes in place.
func (r *inboxResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan inboxModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete takes the inbox from the assistant, unless another resource has adopted it in this run.
func (r *inboxResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state inboxModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	assistant, inbox := state.ids()
	err := r.Client.DeleteCaptainInbox(ctx, assistant, inbox)
	r.EndDelete(err, state.ID, state.InboxID.ValueString(), &resp.Diagnostics)
}

// ImportState takes the inbox's id, also with inbox_id: before it, or an identity.
func (r *inboxResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
