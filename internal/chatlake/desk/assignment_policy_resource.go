package desk

import (
	"context"
	"fmt"
	"math"

	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/release"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*assignmentPolicyResource)(nil)
	_ resource.ResourceWithIdentity    = (*assignmentPolicyResource)(nil)
	_ resource.ResourceWithImportState = (*assignmentPolicyResource)(nil)
)

func newAssignmentPolicyResource() resource.Resource {
	return &assignmentPolicyResource{account.WithID("chatlake_assignment_policy")}
}

type assignmentPolicyResource struct{ account.ResourceWithID }

func (r *assignmentPolicyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	orders, priorities := []string{"round_robin", "balanced"}, []string{"earliest_created", "longest_waiting"}
	resp.Schema = schema.Schema{
		MarkdownDescription: "To whom conversations go. Needs version 4.5.1 of the server and an administrator's token; a server before 4.13.0 stores it and does not follow it. Destroy deletes it. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The policy's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "The policy's name, and its key in the account.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description":              account.ManagedText("What the policy is for.", account.MaxText),
			"assignment_order":         attribute.FollowedFrom(orders[0], "Who is next: `round_robin`, the platform's default, or `balanced`, which only the enterprise build knows.", attribute.Known(orders...)),
			"conversation_priority":    attribute.FollowedFrom(priorities[0], "Which conversation is next: `earliest_created`, the platform's default, or `longest_waiting`.", attribute.Known(priorities...)),
			"fair_distribution_limit":  followedLimit(100, "How many conversations an agent gets at most within the window, up to 2147483647. The platform's default is `100`."),
			"fair_distribution_window": followedLimit(3600, "The window, in seconds, up to 2147483647. The platform's default is `3600`."),
			"enabled":                  attribute.FollowedFlagFrom(true, "Whether the policy is in force. The platform's default is `true`."),
			"adopt_existing":           attribute.AdoptExisting("name", false),
		},
	}
}

// followedLimit is a number that fits into the platform's column: the server crashes over a greater one.
func followedLimit(initial int64, description string) schema.Int64Attribute {
	a := attribute.FollowedNumberFrom(initial, description)
	a.Validators = []validator.Int64{int64validator.Between(1, math.MaxInt32)}

	return a
}

// ModifyPlan warns that an older server stores a policy and does not follow it.
func (r *assignmentPolicyResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	r.Resource.ModifyPlan(ctx, req, resp)

	if r.Client == nil || req.Plan.Raw.IsNull() || !req.State.Raw.IsNull() {
		return
	}

	version, err := r.Client.Version(ctx)
	if err != nil || version.AtLeast(policiesWork) || !r.Client.IsFirstReport("assignment policies") {
		return
	}

	resp.Diagnostics.AddWarning("Assignment policies do nothing on this server", fmt.Sprintf(
		"The server runs Chatwoot %s. It stores assignment policies, and assigns conversations by them only since %s.", version, policiesWork))
}

// policiesWork is the first release that follows its policies.
const policiesWork release.Version = "4.13.0"

// key returns the name, by which people know assignment policies.
func (r *assignmentPolicyResource) key() account.Key[api.AssignmentPolicy] {
	return account.Key[api.AssignmentPolicy]{
		Name: "name", Example: "Night shift", Of: func(found api.AssignmentPolicy) string { return found.Name }, All: r.Client.AssignmentPolicies,
	}
}

// Create creates the assignment policy, or adopts the one that has its key.
func (r *assignmentPolicyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan assignmentPolicyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, ok := account.Creation[api.AssignmentPolicy, api.AssignmentPolicyRequest]{
		Key: r.key(), Value: plan.Name.ValueString(), Allowed: plan.AdoptExisting,
		Request: plan.changeFrom(assignmentPolicyData{}), Create: r.Client.CreateAssignmentPolicy,
		ChangeOf: plan.changeOf, Update: r.Client.UpdateAssignmentPolicy,
	}.Run(ctx, &r.Resource, &resp.Diagnostics)
	if !ok {
		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// Read refreshes the state.
func (r *assignmentPolicyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	var state assignmentPolicyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.AssignmentPolicy(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *assignmentPolicyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state assignmentPolicyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.assignmentPolicyData)
	if change != (api.AssignmentPolicyRequest{}) {
		updated, err := r.Client.UpdateAssignmentPolicy(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			r.key().AddUpdate(ctx, "chatlake_assignment_policy", state.ID, plan.Name.ValueString(), err, &resp.Diagnostics)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the assignment policy, unless another resource has adopted it in this run.
func (r *assignmentPolicyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	var state assignmentPolicyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() || r.IsKept(state.ID, &resp.Diagnostics) {
		return
	}

	err := r.Client.DeleteAssignmentPolicy(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, state.Name.ValueString(), &resp.Diagnostics)
}

// ImportState takes an id, the key with its value, or an identity.
func (r *assignmentPolicyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
