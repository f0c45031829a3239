package talk

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// isChange reports whether the plan has a value that differs from the state's. An empty value is none.
func isChange(plan, state interface {
	IsUnknown() bool
	ValueString() string
},
) bool {
	return !plan.IsUnknown() && plan.ValueString() != "" && plan.ValueString() != state.ValueString()
}

// update makes the conversation, which is in state, what the plan says. It sends only what the plan changes, and returns the
// conversation as it is then; nil if the plan holds what the platform answered.
func (r *conversationResource) update(ctx context.Context, plan, state *conversationModel, managed ownership.Managed, diags *diag.Diagnostics) *api.Conversation {
	id := api.ParseID(state.ID.ValueString())

	isMoved := r.setStatus(ctx, id, plan, state, diags)
	isMoved = r.assign(ctx, id, plan, state, isMoved, diags) || isMoved

	isPrioritized := isChange(plan.Priority, state.Priority)
	if isPrioritized {
		err := r.Client.SetPriority(ctx, id, plan.Priority.ValueString())
		apidiag.Add(diags, fmt.Sprintf("set the priority of conversation %s", id), err)
	}

	isGiven := isChange(plan.SLAPolicyID, state.SLAPolicyID)
	if isGiven {
		err := r.Client.GiveSLAPolicy(ctx, id, api.ParseID(plan.SLAPolicyID.ValueString()))
		apidiag.Add(diags, fmt.Sprintf("give conversation %s its SLA policy", id), err)
	}

	r.setLabels(ctx, id, plan, state, diags)

	described := r.setAttributes(ctx, id, plan, state, managed, diags)
	if described != nil || diags.HasError() || !isMoved && !isPrioritized && !isGiven {
		return described
	}

	// The answers do not tell what was taken, and a change of status or team may change the assignee.
	read, err := r.Client.WrittenConversation(ctx, id)
	if err != nil {
		apidiag.Add(diags, fmt.Sprintf("read conversation %s", id), err)
		return nil
	}

	return &read
}

// setStatus sets status and time of snoozing if the plan changes them, and reports whether it did.
func (r *conversationResource) setStatus(ctx context.Context, id api.ID, plan, state *conversationModel, diags *diag.Diagnostics) bool {
	isSnoozedAnew := tfvalue.IsSet(plan.SnoozedUntil) && plan.Status.ValueString() == "snoozed" && !tfvalue.Same(plan.SnoozedUntil, state.SnoozedUntil)
	if !isChange(plan.Status, state.Status) && !isSnoozedAnew {
		return false
	}

	err := r.Client.SetStatus(ctx, id, plan.Status.ValueString(), instant(plan.SnoozedUntil))
	apidiag.Add(diags, fmt.Sprintf("set the status of conversation %s", id), err)

	return err == nil
}

// assign gives the conversation to the planned team and agent, and reports whether it changed the team. The agent comes
// after status and team, for both may change the assignee.
func (r *conversationResource) assign(ctx context.Context, id api.ID, plan, state *conversationModel, isMoved bool, diags *diag.Diagnostics) bool {
	toTeam := isChange(plan.TeamID, state.TeamID)
	if toTeam {
		err := r.Client.AssignTeam(ctx, id, api.ParseID(plan.TeamID.ValueString()))
		apidiag.Add(diags, fmt.Sprintf("assign conversation %s", id), err)
	}

	isKept := (isMoved || toTeam) && tfvalue.IsSet(plan.AssigneeID) && plan.AssigneeID.ValueString() != ""
	if !diags.HasError() && (isKept || isChange(plan.AssigneeID, state.AssigneeID)) {
		err := r.Client.AssignAgent(ctx, id, api.ParseID(plan.AssigneeID.ValueString()))
		apidiag.Add(diags, fmt.Sprintf("assign conversation %s", id), err)
	}

	return toTeam
}

// checkSLAPolicy refuses a policy that does not exist, and a server that has none, before a conversation is opened that then lacks it.
func (r *conversationResource) checkSLAPolicy(ctx context.Context, prior, wanted types.String, diags *diag.Diagnostics) {
	account.Part[api.SLAPolicy]{
		Attribute: "sla_policy_id", Noun: "SLA policy", Prior: prior, Wanted: wanted, All: r.Client.SLAPolicies().All,
	}.Check(ctx, &r.Resource, diags)
}

// setLabels sets the labels if the plan changes them, and puts those that the conversation got into the plan.
func (r *conversationResource) setLabels(ctx context.Context, id api.ID, plan, state *conversationModel, diags *diag.Diagnostics) {
	if plan.Labels.IsUnknown() || sameLabelSets(ctx, state.Labels, plan.Labels) {
		return
	}

	labels, problems := tfvalue.Strings(ctx, plan.Labels)
	diags.Append(problems...)

	set, err := r.Client.SetConversationLabels(ctx, id, labels)
	apidiag.Add(diags, fmt.Sprintf("set the labels of conversation %s", id), err)

	if err == nil {
		plan.Labels = labelSet(ctx, plan.Labels, set)
	}
}

// setAttributes sets and removes custom attributes, and returns the conversation if it did. Keys of others stay.
func (r *conversationResource) setAttributes(
	ctx context.Context, id api.ID, plan, state *conversationModel, managed ownership.Managed, diags *diag.Diagnostics,
) *api.Conversation {
	change, problems := account.ObjectChangeOf(state.CustomAttributes, plan.CustomAttributes)
	diags.Append(problems...)

	removed, others := managed.Split("custom_attributes", change.Removed)
	account.WarnKeptKeys(diags, "custom_attributes", "the configuration never had them", others)

	if diags.HasError() || len(change.Changed) == 0 && len(removed) == 0 {
		return nil
	}

	found, lost, err := r.Client.SetConversationAttributes(ctx, id, change.Changed, removed)
	apidiag.Add(diags, fmt.Sprintf("set the custom attributes of conversation %s", id), err)

	if len(lost) > 0 {
		diags.AddWarning("Another client writes custom attributes of the conversation", fmt.Sprintf(
			"The platform replaces all custom attributes of a conversation in one call. Another client wrote those of conversation %s at the same time, "+
				"and these were not kept: %s. Let one client write the custom attributes of a conversation.", id, strings.Join(lost, ", ")))
	}

	if err != nil {
		return nil
	}

	return &found
}
