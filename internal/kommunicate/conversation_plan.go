package kommunicate

import (
	"context"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// ActsOnChangesOnly marks a ModifyPlan that changes nothing in a plan that is equal to the state.
func (r *conversationResource) ActsOnChangesOnly() {}

// ModifyPlan derives the client group id of a unique conversation, plans the followed attributes as they were last known,
// and checks what depends on the provider's defaults.
func (r *conversationResource) ModifyPlan(ctx context.Context, req resource.ModifyPlanRequest, resp *resource.ModifyPlanResponse) {
	if req.Plan.Raw.IsNull() {
		return
	}

	var plan, config conversationModel
	resp.Diagnostics.Append(req.Plan.Get(ctx, &plan)...)
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)

	var state *conversationModel
	if !req.State.Raw.IsNull() {
		state = &conversationModel{}
		resp.Diagnostics.Append(req.State.Get(ctx, state)...)
	}

	if resp.Diagnostics.HasError() {
		return
	}

	if state != nil {
		resp.Diagnostics.Append(planFollowed(ctx, &plan, &config, state, &resp.Plan)...)
	}

	if config.ClientGroupID.ValueString() == "" && !config.ClientGroupID.IsUnknown() {
		r.planUnique(ctx, &plan, state, resp)
	} else if state != nil && state.Unique.ValueBool() && !plan.Unique.ValueBool() {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("unique"))
	}

	if r.client != nil {
		resp.Diagnostics.Append(config.checkRouting(r.client.Defaults, state == nil)...)
	}
}

// planFollowed plans the attributes that are followed. They keep their last known value, and are unknown only where the
// update itself may change them: a new team may choose another assignee, and assigning may open the conversation.
func planFollowed(ctx context.Context, plan, config, state *conversationModel, target *tfsdk.Plan) diag.Diagnostics {
	isNewTeam := config.TeamID.ValueString() != "" && !config.TeamID.Equal(state.TeamID) || config.TeamID.IsUnknown()
	isNewAssignee := config.Assignee.IsUnknown() ||
		config.Assignee.ValueString() != "" && !strings.EqualFold(config.Assignee.ValueString(), state.Assignee.ValueString())
	isReassigned := isNewTeam || isNewAssignee

	var diags diag.Diagnostics

	for _, followed := range []struct {
		name          string
		config, state types.String
		mayChange     bool
	}{
		{"assignee", config.Assignee, state.Assignee, isNewTeam},
		{"team_id", config.TeamID, state.TeamID, false},
		{"status", config.Status, state.Status, isReassigned},
	} {
		if !followed.config.IsNull() {
			continue
		}

		value := followed.state
		if followed.mayChange {
			value = types.StringUnknown()
		}

		diags.Append(target.SetAttribute(ctx, path.Root(followed.name), value)...)
	}

	if !isReassigned && plan.GroupMemberList.Equal(state.GroupMemberList) {
		diags.Append(target.SetAttribute(ctx, path.Root("all_members"), state.AllMembers)...)
	}

	return diags
}

// planUnique derives the client group id from the members. It replaces a unique conversation whose members changed, and one
// that is no longer unique.
func (r *conversationResource) planUnique(ctx context.Context, plan, state *conversationModel, resp *resource.ModifyPlanResponse) {
	if plan.Unique.IsUnknown() {
		resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("client_group_id"), types.StringUnknown())...)
		return
	}

	if !plan.Unique.ValueBool() {
		if state != nil && state.Unique.ValueBool() {
			resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("client_group_id"), types.StringUnknown())...)
			resp.RequiresReplace = append(resp.RequiresReplace, path.Root("unique"))
		}

		return
	}

	if state != nil && state.Unique.ValueBool() && plan.GroupMemberList.Equal(state.GroupMemberList) {
		return
	}

	planned := types.StringUnknown()

	key, known := uniqueKey(plan.GroupMemberList)
	if known {
		resp.Diagnostics.Append(checkKey(key)...) // The members may not have been known before.
		planned = types.StringValue(key)
	}

	resp.Diagnostics.Append(resp.Plan.SetAttribute(ctx, path.Root("client_group_id"), planned)...)

	if state != nil && !planned.Equal(state.ClientGroupID) {
		resp.RequiresReplace = append(resp.RequiresReplace, path.Root("client_group_id"))
	}
}
