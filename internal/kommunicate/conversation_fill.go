package kommunicate

import (
	"context"
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/ownership"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// complete makes a new conversation what was intended, and fills it in.
func (r *conversationResource) complete(ctx context.Context, plan *conversationModel, c conversationChange) diag.Diagnostics {
	changes, diags := c.list(ctx)
	if diags.HasError() {
		return diags
	}

	_, failed, err := sendAll(ctx, changes)
	if err != nil {
		id := c.prior.ID.ValueString()
		apidiag.Add(&diags, fmt.Sprintf("%s of the new conversation %s", failed, id), err)
		adopt.AddUnfinished(&diags, conversationType, id, "the step to "+failed+" is missing")

		return diags
	}

	if len(changes) == 0 && c.found.IsWhole() {
		diags.Append(r.fill(ctx, plan, c.found)...)
	} else {
		c.prior.assume(c.plan)
		_, problems := r.readBack(ctx, plan, c.prior)
		diags.Append(problems...)
	}

	return diags
}

// assume takes what was just set as the last known values, for a platform that does not let conversations be read.
func (m *conversationModel) assume(set *conversationModel) {
	for to, from := range map[*types.String]types.String{&m.Assignee: set.Assignee, &m.TeamID: set.TeamID, &m.Status: set.Status} {
		if from.ValueString() != "" {
			*to = from
		}
	}

	m.AllMembers = union(m.AllMembers, set.GroupMemberList)
}

// change makes the conversation what is planned, and fills it in. It reports false if nothing was changed. What was done
// before a failure is filled in, and what was not is planned again.
func (r *conversationResource) change(ctx context.Context, plan *conversationModel, c conversationChange) (bool, diag.Diagnostics) {
	changes, diags := c.list(ctx)
	if diags.HasError() {
		return false, diags
	}

	diags.Append(c.explainKept()...)

	isRemaining := c.remaining(ctx)
	prior := *c.prior
	id := prior.ID.ValueString()
	done, failed, err := sendAll(ctx, changes)

	switch {
	case err == nil && len(changes) > 0:
		found, problems := r.readBack(ctx, plan, &prior)
		diags.Append(problems...)
		diags.Append(warnRemaining(isRemaining(found))...)

		return true, diags
	case err == nil:
		return true, diags
	}

	apidiag.Add(&diags, fmt.Sprintf("%s of conversation %s", failed, id), err)

	if done == 0 {
		return false, diags
	}

	plan.GroupMemberList = union(plan.GroupMemberList, prior.GroupMemberList)

	found, lookup := r.client.Conversation(ctx, id)
	if lookup == nil {
		diags.Append(r.fill(ctx, plan, found)...)
	}

	return lookup == nil, diags
}

// readBack fills in the conversation as it is now. It never reports an error: everything was done, and Terraform would
// replace a conversation whose create reported one.
func (r *conversationResource) readBack(ctx context.Context, plan, prior *conversationModel) (api.Conversation, diag.Diagnostics) {
	found, err := r.client.ConversationAfterWrite(ctx, prior.ID.ValueString())
	if err == nil {
		return found, r.fill(ctx, plan, found)
	}

	plan.fillUnknown(prior)

	if api.IsUnreadable(err) {
		return found, diag.Diagnostics{diag.NewWarningDiagnostic("Conversations cannot be read back", explainUnreadable(err))}
	}

	return found, warnUnread("conversation", err)
}

// fillUnknown fills in what was last known where the platform could not be read.
func (m *conversationModel) fillUnknown(prior *conversationModel) {
	m.ID, m.GroupID, m.AdminID, m.CreatedAt = prior.ID, prior.GroupID, prior.AdminID, prior.CreatedAt
	m.AllMembers = union(prior.AllMembers, m.GroupMemberList)

	for unknown, last := range map[*types.String]types.String{
		&m.ClientGroupID: prior.ClientGroupID, &m.Assignee: prior.Assignee, &m.TeamID: prior.TeamID, &m.Status: prior.Status,
	} {
		if unknown.IsUnknown() {
			*unknown = last
		}
	}
}

// fill fills in the conversation that was read back after a write.
func (r *conversationResource) fill(ctx context.Context, plan *conversationModel, found api.Conversation) diag.Diagnostics {
	bots, diags := r.missingBots(ctx, plan, found)
	prior := *plan
	plan.fromWrite(found, bots)

	if !found.HasMetadata() {
		plan.fillUnknown(&prior)
		diags.Append(warnPartial(found))
	}

	return diags
}

// refresh fills in the conversation that was read.
func (r *conversationResource) refresh(ctx context.Context, private ownership.Reader, state *conversationModel, found api.Conversation, imported bool) diag.Diagnostics {
	bots, diags := r.missingBots(ctx, state, found)
	managed, problems := ownership.Load(ctx, private)
	diags.Append(problems...)

	r.warnSingles(ctx, state.ID, state.GroupMemberList, managed, &diags)

	prior := state.Status
	state.fromAPI(found, imported, bots)

	if managed.Has("status") && found.HasMetadata() {
		state.keepOpen(prior, found)
	}

	if !found.HasMetadata() {
		diags.Append(warnPartial(found))
	}

	return diags
}

// warnPartial returns the warning for an answer without metadata.
func warnPartial(found api.Conversation) diag.Diagnostic {
	return diag.NewWarningDiagnostic("The conversation was read in part", fmt.Sprintf(
		"The platform's answer on conversation %s does not hold its metadata. Status, assignee, team and metadata are kept as they were last known, so changes made elsewhere are not noticed.", found.ID))
}

// missingBots returns the configured members who are bots and have left. They are not missed: handing over to a person
// makes bots leave.
func (r *conversationResource) missingBots(ctx context.Context, m *conversationModel, found api.Conversation) ([]string, diag.Diagnostics) {
	configured, diags := tfvalue.Strings(ctx, m.GroupMemberList)

	var bots []string

	for _, id := range missing(configured, found.Members()) {
		user, err := r.client.User(ctx, id)
		if err == nil && user.RoleType == api.RoleBot {
			bots = append(bots, id)
		} else if err != nil && !transport.IsNotFound(err) {
			apidiag.Add(&diags, "read member "+id, err)
		}
	}

	return bots, diags
}
