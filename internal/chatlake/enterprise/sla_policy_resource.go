package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
)

var (
	_ resource.ResourceWithConfigure   = (*slaPolicyResource)(nil)
	_ resource.ResourceWithIdentity    = (*slaPolicyResource)(nil)
	_ resource.ResourceWithImportState = (*slaPolicyResource)(nil)
)

func newSLAPolicyResource() resource.Resource {
	return &slaPolicyResource{account.WithID("chatlake_sla_policy")}
}

type slaPolicyResource struct{ account.ResourceWithID }

func (r *slaPolicyResource) Schema(ctx context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	threshold := func(description string) schema.Float64Attribute {
		return account.Managed(schema.Float64Attribute{
			MarkdownDescription: description + ", in seconds.", Optional: true, Validators: []validator.Float64{float64validator.AtLeast(0)},
		})
	}

	resp.Schema = schema.Schema{
		MarkdownDescription: "How soon conversations are to be answered and resolved. Rules give it to conversations with the action `add_sla`. " +
			"Destroy deletes it, and waits until the server has done so: its conversations are without a policy then. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The policy's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the policy is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description": account.ManagedText("What the policy is for.", account.MaxString),

			"first_response_time_threshold": threshold("How soon the first answer is due"),
			"next_response_time_threshold":  threshold("How soon each further answer is due"),
			"resolution_time_threshold":     threshold("How soon a conversation is to be resolved"),
			"only_during_business_hours":    attribute.FollowedFlagFrom(false, "Whether time counts only within the inbox's working hours. The platform's default is `false`."),

			"timeouts": account.DeleteTimeouts(ctx),
		},
	}
}

// key returns the name, by which people know SLA policies. Several may have the same.
func (r *slaPolicyResource) key() account.Key[api.SLAPolicy] {
	return account.Key[api.SLAPolicy]{
		Name: "name", Example: "Gold", Of: func(found api.SLAPolicy) string { return found.Name }, All: r.Client.SLAPolicies().All,
	}
}

// Create creates the SLA policy.
func (r *slaPolicyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan slaPolicyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.SLAPolicies().Create(ctx, plan.changeFrom(slaPolicyData{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create SLA policy", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	plan.fromAPI(created, true)
	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// like finds SLA policies that are as planned.
func (r *slaPolicyResource) like(plan slaPolicyModel) account.Keyless[api.SLAPolicy] {
	return account.Keyless[api.SLAPolicy]{Type: "chatlake_sla_policy", All: r.Client.SLAPolicies().All, IsPlanned: func(found api.SLAPolicy) bool {
		prior := plan.slaPolicyData
		prior.fromAPI(found, false)

		return plan.changeFrom(prior) == (api.SLAPolicyRequest{})
	}}
}

// Read refreshes the state.
func (r *slaPolicyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state slaPolicyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.SLAPolicies().One(ctx, id)
	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *slaPolicyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state slaPolicyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	change := plan.changeFrom(state.slaPolicyData)
	if change != (api.SLAPolicyRequest{}) {
		updated, err := r.Client.SLAPolicies().Update(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update SLA policy "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the SLA policy.
func (r *slaPolicyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state slaPolicyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	timeout, diags := state.Timeouts.Delete(ctx, account.DeleteTimeout)
	resp.Diagnostics.Append(diags...)

	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()

	id := api.ParseID(state.ID.ValueString())
	err := account.DeleteInBackground(ctx, req, resp,
		func(ctx context.Context) error { return r.Client.SLAPolicies().DeleteAndAwait(ctx, id) },
		func(ctx context.Context) error { return r.Client.SLAPolicies().Await(ctx, id) })
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the name with its value, or an identity.
func (r *slaPolicyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
