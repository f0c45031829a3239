package desk

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
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
			"created_at":     attribute.Timestamp("When it was made."),
			"adopt_existing": attribute.AdoptExisting("short code", false),
		},
	}
}

func (r *cannedResponseResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan cannedResponseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateCannedResponse(ctx, plan.request(cannedResponseData{}))
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	plan.fromAPI(created)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// adopt makes the canned response that holds the short code into the planned one, if it may.
func (r *cannedResponseResource) adopt(ctx context.Context, plan cannedResponseModel, cause error, diags *diag.Diagnostics) (api.CannedResponse, bool) {
	h := account.Holder{Kind: "chatlake_canned_response", Key: "short code", Value: plan.ShortCode.ValueString()}

	var found api.CannedResponse

	if account.KeyMayBeTaken(cause, "short_code") {
		responses, _ := r.Client.CannedResponses(ctx) // Without the list, the first failure stands.
		for _, response := range responses {
			if response.ShortCode == h.Value {
				found, h.ID = response, response.ID
			}
		}
	}

	prior := plan.cannedResponseData
	prior.fromAPI(found)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if !account.MayAdopt(diags, "create canned response "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateCannedResponse(ctx, found.ID, fields)
	apidiag.Add(diags, fmt.Sprintf("update canned response %s", found.ID), err)

	return updated, err == nil
}

func (r *cannedResponseResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state cannedResponseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.CannedResponse(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read canned response "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found)
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *cannedResponseResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state cannedResponseModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state.cannedResponseData)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateCannedResponse(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update canned response "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *cannedResponseResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state cannedResponseModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteCannedResponse(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete canned response "+state.ID.ValueString(), err)
	}
}
