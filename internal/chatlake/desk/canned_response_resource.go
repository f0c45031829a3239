package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*cannedResponseResource)(nil)
	_ resource.ResourceWithIdentity    = (*cannedResponseResource)(nil)
	_ resource.ResourceWithImportState = (*cannedResponseResource)(nil)
)

func newCannedResponseResource() resource.Resource {
	return &cannedResponseResource{account.WithID("chatlake_canned_response")}
}

type cannedResponseResource struct{ account.ResourceWithID }

func (r *cannedResponseResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "A text that agents insert by its short code. Any user of the account may write them. Destroy deletes it.\n\n" +
			"See [the vendor's page](https://developers.chatwoot.com/api-reference/canned-responses/add-a-new-canned-response).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The canned response's id."),
			"short_code": schema.StringAttribute{
				MarkdownDescription: "What agents type to insert the text, and its key in the account. Case counts.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"content": schema.StringAttribute{
				MarkdownDescription: "The text.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxText)},
			},
			"created_at":     attribute.Timestamp("When it was created."),
			"adopt_existing": attribute.AdoptExisting("short code", false),
		},
	}
}

// key returns the short code, by which people know canned responses.
func (r *cannedResponseResource) key() account.Key[api.CannedResponse] {
	return account.Key[api.CannedResponse]{
		Name: "short_code", Example: "hello", Of: func(found api.CannedResponse) string { return found.ShortCode }, All: r.Client.CannedResponses,
	}
}

// Create creates the canned response, or adopts the one that has its key.
func (r *cannedResponseResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan cannedResponseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, ok := account.Creation[api.CannedResponse, api.CannedResponseRequest]{
		Key: r.key(), Value: plan.ShortCode.ValueString(), Allowed: plan.AdoptExisting,
		Request: plan.changeFrom(cannedResponseData{}), Create: r.Client.CreateCannedResponse,
		ChangeOf: plan.changeOf, Update: r.Client.UpdateCannedResponse,
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// Read refreshes the state.
func (r *cannedResponseResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state cannedResponseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, _ := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.CannedResponse(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *cannedResponseResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state cannedResponseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.cannedResponseData)
	if change != (api.CannedResponseRequest{}) {
		updated, err := r.Client.UpdateCannedResponse(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.key().AddUpdate(ctx, "chatlake_canned_response", state.ID, plan.ShortCode.ValueString(), err, &resp.Diagnostics)
			return
		}

		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the canned response, unless another resource has adopted it in this run.
func (r *cannedResponseResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state cannedResponseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteCannedResponse(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.ShortCode.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, the key with its value, or an identity.
func (r *cannedResponseResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
