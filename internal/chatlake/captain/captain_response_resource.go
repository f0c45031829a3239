package captain

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*responseResource)(nil)
	_ resource.ResourceWithIdentity    = (*responseResource)(nil)
	_ resource.ResourceWithImportState = (*responseResource)(nil)
)

func newResponseResource() resource.Resource {
	return &responseResource{account.WithID("chatlake_captain_response")}
}

type responseResource struct{ account.ResourceWithID }

// checkAssistant refuses an assistant that the account does not have: the server takes those of other accounts, and makes the
// response there.
func (r *responseResource) checkAssistant(ctx context.Context, prior, wanted types.String, diags *diag.Diagnostics) {
	account.Part[api.CaptainAssistant]{
		Attribute: "assistant_id", Noun: "Captain assistant", Prior: prior, Wanted: wanted, All: r.Client.CaptainAssistants().All,
	}.Check(ctx, &r.Resource, diags)
}

func (r *responseResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A question with its answer, which an assistant knows. Destroy deletes it. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The response's id."),
			"assistant_id": schema.StringAttribute{
				MarkdownDescription: "The id of the assistant, which has to be of the same account. The response moves to another one in place.", Required: true,
				Validators: []validator.String{attribute.IntegerID()},
			},
			"question": schema.StringAttribute{
				MarkdownDescription: "What customers ask. Several responses may have the same question.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"answer": schema.StringAttribute{
				MarkdownDescription: "What the assistant answers.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxText)},
			},
			"status": attribute.FollowedFrom("approved", "Whether the assistant uses it (`approved`), or people look at it first (`pending`). The platform's default is `approved`.",
				stringvalidator.OneOf("approved", "pending")),
			"edited": schema.BoolAttribute{MarkdownDescription: "Whether question or answer were ever changed.", Computed: true, PlanModifiers: []planmodifier.Bool{unlessChanged{"question", "answer"}}},
		},
	}
}

// key returns the question, by which people know Captain responses.
func (r *responseResource) key() account.Key[api.CaptainResponse] {
	return account.Key[api.CaptainResponse]{
		Name: "question", Example: "How do I reset my password?", Of: func(found api.CaptainResponse) string { return found.Question }, All: r.Client.CaptainResponses().All,
	}
}

// Create creates the Captain response.
func (r *responseResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan responseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	r.checkAssistant(ctx, types.StringNull(), plan.AssistantID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CaptainResponses().Create(ctx, plan.changeFrom(responseModel{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create Captain response", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds Captain responses that are as planned.
func (r *responseResource) like(plan responseModel) account.Keyless[api.CaptainResponse] {
	return account.Keyless[api.CaptainResponse]{Type: "chatlake_captain_response", All: r.Client.CaptainResponses().All, IsPlanned: func(found api.CaptainResponse) bool {
		prior := plan
		prior.fromAPI(found)

		return plan.changeFrom(prior) == (api.CaptainResponseRequest{})
	}}
}

// Read refreshes the state.
func (r *responseResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state responseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, _ := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CaptainResponses().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *responseResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state responseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	r.checkAssistant(ctx, state.AssistantID, plan.AssistantID, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state)
	if change != (api.CaptainResponseRequest{}) {
		updated, err := r.Client.CaptainResponses().Update(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update Captain response "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the Captain response.
func (r *responseResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state responseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.CaptainResponses().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the question with its value, or an identity.
func (r *responseResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
