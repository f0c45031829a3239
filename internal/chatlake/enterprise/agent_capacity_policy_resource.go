package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/float64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/int64validator"
	"github.com/hashicorp/terraform-plugin-framework-validators/setvalidator"
	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/planned"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

var (
	_ resource.ResourceWithConfigure      = (*agentCapacityPolicyResource)(nil)
	_ resource.ResourceWithIdentity       = (*agentCapacityPolicyResource)(nil)
	_ resource.ResourceWithImportState    = (*agentCapacityPolicyResource)(nil)
	_ resource.ResourceWithValidateConfig = (*agentCapacityPolicyResource)(nil)
)

func newAgentCapacityPolicyResource() resource.Resource {
	return &agentCapacityPolicyResource{account.WithID("chatlake_agent_capacity_policy")}
}

type agentCapacityPolicyResource struct{ account.ResourceWithID }

func (r *agentCapacityPolicyResource) Schema(_ context.Context, _ resource.SchemaRequest, resp *resource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "How many conversations of an inbox agents get at most. An agent has one policy or none. " +
			"Destroy deletes it with its limits, and its users have none from then on. " +
			"It is not described in [the vendor's reference](https://developers.chatwoot.com/api-reference/introduction).",
		Attributes: map[string]schema.Attribute{
			"id": attribute.ID("The policy's id."),
			"name": schema.StringAttribute{
				MarkdownDescription: "What the policy is called. Several may have the same name.", Required: true,
				Validators: []validator.String{attribute.NotEmpty(), stringvalidator.UTF8LengthAtMost(account.MaxString)},
			},
			"description": account.ManagedText("What the policy is for.", account.MaxText),
			"exclusion_rules": account.Managed(schema.SingleNestedAttribute{
				MarkdownDescription: "Which conversations do not count. A rule that is left out does not apply.", Optional: true,
				Attributes: map[string]schema.Attribute{
					"excluded_labels": schema.SetAttribute{
						MarkdownDescription: "The titles of labels: conversations that have one of them do not count.",
						ElementType:         types.StringType, Optional: true,
						Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.NotEmpty())},
					},
					"exclude_older_than_hours": schema.Float64Attribute{
						MarkdownDescription: "After how many hours a conversation does not count any more.", Optional: true,
						Validators: []validator.Float64{float64validator.AtLeast(0)},
					},
				},
			}),
			"inbox_limits": account.Managed(schema.SetNestedAttribute{
				MarkdownDescription: "How many conversations of some inboxes each user gets at most, all of them: others are deleted. " +
					"An inbox without a limit is not limited.", Optional: true,
				Validators: []validator.Set{setvalidator.NoNullValues()},
				NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
					"inbox_id": schema.StringAttribute{
						MarkdownDescription: "The inbox. It may be named once.", Required: true, Validators: []validator.String{attribute.IntegerID()},
					},
					"conversation_limit": schema.Int64Attribute{
						MarkdownDescription: "How many conversations a user gets at most; 0 is none.", Required: true,
						Validators: []validator.Int64{int64validator.Between(0, account.MaxInteger)},
					},
				}},
			}),
			"user_ids": account.Managed(schema.SetAttribute{
				MarkdownDescription: "The ids of the users who have the policy, all of them: from others it is taken. Who has another policy is moved, so name a user in one policy only. " +
					"Left out, they are neither read nor changed: the data source `chatlake_agent_capacity_policy` tells them. Taken out of the configuration, they stay. `[]` is the policy without users.",
				ElementType: types.StringType, CustomType: tfvalue.Texts, Optional: true,
				Validators: []validator.Set{setvalidator.NoNullValues(), setvalidator.ValueStringsAre(attribute.IntegerID())},
			}),
		},
	}
}

// ValidateConfig refuses two limits for one inbox.
func (r *agentCapacityPolicyResource) ValidateConfig(ctx context.Context, req resource.ValidateConfigRequest, resp *resource.ValidateConfigResponse) {
	var limits types.Set

	resp.Diagnostics.Append(req.Config.GetAttribute(ctx, path.Root("inbox_limits"), &limits)...)

	seen := map[api.ID]bool{}

	for _, limit := range limitRequests(limits) {
		if limit.Inbox != 0 && seen[limit.Inbox] {
			resp.Diagnostics.AddAttributeError(path.Root("inbox_limits"), "An inbox has two limits",
				"Inbox "+limit.Inbox.String()+" is named twice in inbox_limits. A policy has one limit for an inbox: take one of them out.")
		}

		seen[limit.Inbox] = true
	}
}

// key returns the name, by which people know agent capacity policies. Several may have the same.
func (r *agentCapacityPolicyResource) key() account.Key[api.AgentCapacityPolicy] {
	return account.Key[api.AgentCapacityPolicy]{
		Name: "name", Example: "Part-time", Of: func(found api.AgentCapacityPolicy) string { return found.Name }, All: r.Client.AgentCapacityPolicies().All,
	}
}

// Create creates the agent capacity policy, its limits, and gives it to its users.
func (r *agentCapacityPolicyResource) Create(ctx context.Context, req resource.CreateRequest, resp *resource.CreateResponse) {
	var plan agentCapacityPolicyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	if resp.Diagnostics.HasError() {
		return
	}

	nothing := agentCapacityPolicyModel{agentCapacityPolicyData{Limits: types.SetNull(inboxLimitType)}, tfvalue.TextSet{}}

	r.checkParts(ctx, nothing, plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	created, err := r.Client.AgentCapacityPolicies().Create(ctx, plan.changeFrom(agentCapacityPolicyData{}))
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "create agent capacity policy", err)
		r.like(plan).EndCreate(ctx, err, req, resp)

		return
	}

	// The policy exists: from here on the state has it, whatever becomes of its parts.
	wanted := plan
	plan.fromAPI(created, true)

	if !wanted.UserIDs.IsNull() {
		plan.UserIDs = account.IDSet(nil)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)

	r.setParts(ctx, &plan, wanted, &resp.Diagnostics)

	if resp.Diagnostics.HasError() {
		adopt.AddUnfinished(&resp.Diagnostics, "chatlake_agent_capacity_policy", plan.ID.ValueString(), "its limits and users are not all set")
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepCreate(ctx, req, resp, plan.ID)
}

// checkParts refuses ids of inboxes and users that are not there, before a policy is made or changed that then lacks them.
func (r *agentCapacityPolicyResource) checkParts(ctx context.Context, prior, wanted agentCapacityPolicyModel, diags *diag.Diagnostics) {
	account.Part[api.Inbox]{
		Attribute: "inbox_limits", Noun: "inbox", Prior: limitedInboxes(prior.Limits), Wanted: limitedInboxes(wanted.Limits), All: r.Client.Inboxes,
	}.Check(ctx, &r.Resource, diags)
	account.Part[api.Agent]{
		Attribute: "user_ids", Noun: "user", Prior: prior.UserIDs, Wanted: wanted.UserIDs, All: r.Client.Agents,
	}.Check(ctx, &r.Resource, diags)
}

// setParts sets the wanted limits and users, and puts them into the model, which has those that the policy has so far.
func (r *agentCapacityPolicyResource) setParts(ctx context.Context, m *agentCapacityPolicyModel, wanted agentCapacityPolicyModel, diags *diag.Diagnostics) {
	id := api.ParseID(m.ID.ValueString())
	policies := r.Client.AgentCapacityPolicies()

	if account.IsChanged(m.Limits, wanted.Limits) && !wanted.Limits.IsUnknown() {
		limits, err := policies.SetLimits(ctx, id, limitRequests(wanted.Limits))
		if err == nil {
			m.Limits = limitsOf(limits)
		}

		apidiag.Add(diags, "set the limits of agent capacity policy "+m.ID.ValueString(), err)
	}

	switch {
	case account.IsWanted(m.UserIDs, wanted.UserIDs):
		users, problems := account.IDs(ctx, wanted.UserIDs)
		diags.Append(problems...)

		has, err := policies.SetUsers(ctx, id, users)
		if err == nil {
			m.UserIDs = account.IDSet(has)
		}

		apidiag.Add(diags, "set the users of agent capacity policy "+m.ID.ValueString(), err)
	case wanted.UserIDs.IsNull():
		m.UserIDs = wanted.UserIDs
	}
}

// like finds agent capacity policies that are as planned, before they got their limits and users.
func (r *agentCapacityPolicyResource) like(plan agentCapacityPolicyModel) account.Keyless[api.AgentCapacityPolicy] {
	return account.Keyless[api.AgentCapacityPolicy]{
		Type: "chatlake_agent_capacity_policy", All: r.Client.AgentCapacityPolicies().All, IsPlanned: func(found api.AgentCapacityPolicy) bool {
			prior := plan.agentCapacityPolicyData
			prior.fromAPI(found, false)

			return plan.changeFrom(prior) == (api.AgentCapacityPolicyRequest{})
		},
	}
}

// Read refreshes the state.
func (r *agentCapacityPolicyResource) Read(ctx context.Context, req resource.ReadRequest, resp *resource.ReadResponse) {
	account.RecoverRead(ctx, &req, resp, r.like)

	var state agentCapacityPolicyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	before := state
	id, imported := r.StartRead(ctx, req, resp)
	if resp.Diagnostics.HasError() {
		return
	}

	found, err := r.Client.AgentCapacityPolicies().One(ctx, id)
	if err == nil {
		state.UserIDs, err = account.ReadMembers(ctx, r.Client.AgentCapacityPolicies().UserIDs, id, state.UserIDs, imported)
	}

	if !r.IsFound(ctx, err, id, resp) {
		return
	}

	state.fromAPI(found, imported)
	resp.Diagnostics.Append(planned.StoreFound(ctx, &resp.State, before, state)...)
}

// Update sends what changed.
func (r *agentCapacityPolicyResource) Update(ctx context.Context, req resource.UpdateRequest, resp *resource.UpdateResponse) {
	var plan, state agentCapacityPolicyModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	r.checkParts(ctx, state, plan, &resp.Diagnostics)
	if resp.Diagnostics.HasError() {
		return
	}

	wanted := plan
	plan.Limits, plan.UserIDs = state.Limits, state.UserIDs

	change := plan.changeFrom(state.agentCapacityPolicyData)
	if change != (api.AgentCapacityPolicyRequest{}) {
		updated, err := r.Client.AgentCapacityPolicies().Update(ctx, api.ParseID(state.ID.ValueString()), change)
		if err != nil {
			apidiag.Add(&resp.Diagnostics, "update agent capacity policy "+state.ID.ValueString(), err)
			return
		}

		plan.fromAPI(updated, true)
		resp.Diagnostics.Append(resp.State.Set(ctx, plan)...) // What is done, in case the parts fail.
	}

	r.setParts(ctx, &plan, wanted, &resp.Diagnostics)

	resp.Diagnostics.Append(resp.State.Set(ctx, plan)...)
	r.KeepUpdate(ctx, req, resp, plan.ID)
}

// Delete deletes the agent capacity policy.
func (r *agentCapacityPolicyResource) Delete(ctx context.Context, req resource.DeleteRequest, resp *resource.DeleteResponse) {
	account.RecoverDelete(ctx, &req, resp, r.like)

	var state agentCapacityPolicyModel
	resp.Diagnostics.Append(req.State.Get(ctx, &state)...)
	if resp.Diagnostics.HasError() {
		return
	}

	err := r.Client.AgentCapacityPolicies().Delete(ctx, api.ParseID(state.ID.ValueString()))
	r.EndDelete(err, state.ID, "", &resp.Diagnostics)
}

// ImportState takes an id, the name with its value, or an identity.
func (r *agentCapacityPolicyResource) ImportState(ctx context.Context, req resource.ImportStateRequest, resp *resource.ImportStateResponse) {
	account.ImportByKey(ctx, &r.Resource, r.key(), req, resp)
}
