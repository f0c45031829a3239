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
	_ resource.ResourceWithConfigure   = (*policyResource)(nil)
	_ resource.ResourceWithIdentity    = (*policyResource)(nil)
	_ resource.ResourceWithImportState = (*policyResource)(nil)
)

func newAssignmentPolicyResource() resource.Resource {
	return &policyResource{account.WithID("chatlake_assignment_policy")}
}

type policyResource struct{ account.ResourceWithID }

func (r *policyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	orders, priorities := []string{"round_robin", "balanced"}, []string{"earliest_created", "longest_waiting"}
	resp.Schema = schema.Schema{
		MarkdownDescription: "To whom conversations go. Needs version 4.5.1 of the server and an administrator's token. Destroy deletes it. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The policy's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the policy is called, and its key in the account.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":              attribute.OptionalText("What the policy is for.", account.MaxText),
			"assignment_order":         attribute.Followed("Who is next: `round_robin`, the platform's default, or `balanced`, which only the enterprise build knows.", stringvalidator.OneOf(orders...)),
			"conversation_priority":    attribute.Followed("Which conversation is next: `earliest_created`, the platform's default, or `longest_waiting`.", stringvalidator.OneOf(priorities...)),
			"fair_distribution_limit":  attribute.FollowedNumber("How many conversations an agent gets at most within the window. The platform's default is `100`."),
			"fair_distribution_window": attribute.FollowedNumber("The window, in seconds. The platform's default is `3600`."),
			"enabled":                  attribute.FollowedFlag("Whether the policy is in force. The platform's default is `true`."),
			"adopt_existing":           attribute.AdoptExisting("name", false),
		},
	}
}

func (r *policyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan policyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.CreateAssignmentPolicy(ctx, plan.request(policyData{}))
	if err != nil {
		var adopted bool

		created, adopted = r.adopt(ctx, plan, err, &resp.Diagnostics)
		if !adopted {
			return
		}
	}

	plan.fromAPI(created, false)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

// adopt makes the assignment policy that holds the name into the planned one, if it may.
func (r *policyResource) adopt(ctx context.Context, plan policyModel, cause error, diags *diag.Diagnostics) (api.AssignmentPolicy, bool) {
	h := account.Holder{Kind: "chatlake_assignment_policy", Key: "name", Value: plan.Name.ValueString()}

	var found api.AssignmentPolicy

	if account.KeyMayBeTaken(cause, "name") {
		all, _ := r.Client.AssignmentPolicies(ctx) // Without the list, the first failure stands.
		for _, one := range all {
			if one.Name == h.Value {
				found, h.ID = one, one.ID
			}
		}
	}

	prior := plan.policyData
	prior.fromAPI(found, false)
	fields := plan.request(prior)

	h.Same = len(fields) == 0
	if h.ID == 0 {
		policyFailed(diags, "create assignment policy "+h.Value, cause, plan)
		return found, false
	}

	if !account.MayAdopt(diags, "create assignment policy "+h.Value, cause, plan.AdoptExisting, h) {
		return found, false
	}

	if h.Same {
		return found, true
	}

	updated, err := r.Client.UpdateAssignmentPolicy(ctx, found.ID, fields)
	policyFailed(diags, fmt.Sprintf("update assignment policy %s", found.ID), err, plan)

	return updated, err == nil
}

// policyFailed reports a failure to make or change a policy.
func policyFailed(diags *diag.Diagnostics, action string, err error, plan policyModel) {
	if plan.AssignmentOrder.ValueString() != "balanced" {
		apidiag.Add(diags, action, err)
		return
	}

	reportCrash(diags, action, err, "assignment_order", "A server that is not the enterprise build crashes over \"balanced\".")
}

func (r *policyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state policyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, state.ID)...) // Also for what turns out to be gone.

	found, err := r.Client.AssignmentPolicy(ctx, api.ParseID(state.ID.ValueString()))
	if transport.IsNotFound(err) {
		resp.State.RemoveResource(ctx)
		return
	}

	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read assignment policy "+state.ID.ValueString(), err)
		return
	}

	state.fromAPI(found, state.Name.IsNull())
	resp.Diagnostics.Append(resp.State.Set(ctx, state)...)
}

func (r *policyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state policyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	fields := plan.request(state.policyData)
	if len(fields) > 0 {
		updated, err := r.Client.UpdateAssignmentPolicy(ctx, api.ParseID(state.ID.ValueString()), fields)
		if err != nil {
			policyFailed(&resp.Diagnostics, "update assignment policy "+state.ID.ValueString(), err, plan)
			return
		}

		plan.fromAPI(updated, false)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	resp.Diagnostics.Append(account.KeepPlanned(req.Plan, &resp.State, resp.Diagnostics)...)
	resp.Diagnostics.Append(r.SetIdentity(ctx, resp.Identity, plan.ID)...)
}

func (r *policyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state policyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	if err := r.Client.DeleteAssignmentPolicy(ctx, api.ParseID(state.ID.ValueString())); err != nil && !transport.IsNotFound(err) {
		apidiag.Add(&resp.Diagnostics, "delete assignment policy "+state.ID.ValueString(), err)
	}
}
