package inbox

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// checkParts refuses ids of objects that do not exist, before an inbox is made or changed that then lacks them.
func (r *inboxResource) checkParts(ctx context.Context, state, plan inboxModel, diags *diag.Diagnostics) {
	account.Part[api.Agent]{
		Attribute: "member_ids", Noun: "agent", Prior: state.MemberIDs, Wanted: plan.MemberIDs, All: r.Client.Agents,
	}.Check(ctx, &r.Resource, diags)
	account.Part[api.AgentBot]{
		Attribute: "agent_bot_id", Noun: "agent bot", Prior: state.AgentBotID, Wanted: plan.AgentBotID, All: r.Client.AgentBots,
	}.Check(ctx, &r.Resource, diags)
	account.Part[api.AssignmentPolicy]{
		Attribute: "assignment_policy_id", Noun: "assignment policy", Prior: state.AssignmentPolicyID, Wanted: plan.AssignmentPolicyID,
		All: r.Client.AssignmentPolicies,
	}.Check(ctx, &r.Resource, diags)
	account.Part[api.Portal]{
		Attribute: "portal_id", Noun: "portal", Prior: state.PortalID, Wanted: plan.PortalID, All: r.Client.Portals,
	}.Check(ctx, &r.Resource, diags)
}

// reportLeftOut reports members whom the platform left out. It takes users of other accounts, and does not keep them.
func reportLeftOut(inbox api.ID, sent, found []api.ID, diags *diag.Diagnostics) {
	var left []string

	for _, id := range sent {
		if !slices.Contains(found, id) {
			left = append(left, id.String())
		}
	}

	if len(left) > 0 {
		diags.AddAttributeError(path.Root("member_ids"), "Members that inbox "+inbox.String()+" did not get", fmt.Sprintf(
			"The platform did not keep these users, and did not say why: %s. They may belong to another account.", strings.Join(left, ", ")))
	}
}

// staff gives the inbox the wanted members, bot and assignment policy, each of which takes a call of its own.
func (r *inboxResource) staff(ctx context.Context, m *inboxModel, wanted inboxModel, diags *diag.Diagnostics) {
	id := api.ParseID(m.ID.ValueString())

	if wanted.MemberIDs.IsNull() {
		m.MemberIDs = wanted.MemberIDs
	}

	if account.IsWanted(m.MemberIDs, wanted.MemberIDs) {
		users, problems := account.IDs(ctx, wanted.MemberIDs)
		diags.Append(problems...)

		if found, err := r.Client.SetInboxMembers(ctx, id, users); err != nil {
			diags.AddAttributeError(path.Root("member_ids"), "Unable to set the members of inbox "+id.String(), apidiag.Detail(err)+unfinished)
		} else {
			m.MemberIDs = account.IDSet(found)
			reportLeftOut(id, users, found, diags)
		}
	}

	if account.IsChanged(m.AgentBotID, wanted.AgentBotID) {
		bot, err := r.setBot(ctx, id, api.ParseID(wanted.AgentBotID.ValueString()))
		if err != nil {
			diags.AddAttributeError(path.Root("agent_bot_id"), "Unable to set the bot of inbox "+id.String(), apidiag.Detail(err)+unfinished)
		} else {
			m.AgentBotID = account.IDOrNull(bot)
		}
	}

	if account.IsChanged(m.AssignmentPolicyID, wanted.AssignmentPolicyID) {
		if err := r.Client.SetInboxPolicy(ctx, id, api.ParseID(wanted.AssignmentPolicyID.ValueString())); err != nil {
			diags.AddAttributeError(path.Root("assignment_policy_id"), "Unable to set the assignment policy of inbox "+id.String(), apidiag.Detail(err)+unfinished)
		} else {
			m.AssignmentPolicyID = wanted.AssignmentPolicyID
		}
	}
}

// setBot sets the bot, and returns the one that the inbox has then: the answer does not tell it. If that cannot be read, the
// next refresh tells.
func (r *inboxResource) setBot(ctx context.Context, inbox, bot api.ID) (api.ID, error) {
	err := r.Client.SetInboxAgentBot(ctx, inbox, bot)
	if err != nil {
		return 0, err
	}

	found, err := r.Client.InboxAgentBot(ctx, inbox)
	if err != nil {
		return bot, nil //nolint:nilerr // It was set.
	}

	return found, nil
}

// takePortal stores the help center that the inbox got, if the plan gives it one. Where the list of help centers cannot be
// read, the next refresh tells: the inbox itself is as it should be.
func (r *inboxResource) takePortal(ctx context.Context, m *inboxModel, answered api.Inbox) {
	if m.PortalID.ValueString() == "" {
		return
	}

	portal, err := r.portal(ctx, answered)
	if err == nil {
		m.PortalID = portal
	}
}

// readStaff reads what the inbox itself does not tell, if it is managed: its members, its bot and its assignment policy.
func (r *inboxResource) readStaff(ctx context.Context, id api.ID, m *inboxModel, all bool) error {
	members, err := account.ReadMembers(ctx, r.Client.InboxMembers, id, m.MemberIDs, all)
	if err != nil {
		return err
	}

	m.MemberIDs = members

	if all || !m.AgentBotID.IsNull() {
		bot, err := r.Client.InboxAgentBot(ctx, id)
		if err != nil {
			return err
		}

		m.AgentBotID = account.IDOrNull(bot)
	}

	if m.AssignmentPolicyID.IsNull() && !all {
		return nil
	}

	policy, err := r.Client.InboxPolicy(ctx, id)

	failure := transport.As(err)
	if all && failure != nil {
		return nil //nolint:nilerr // A server without policies, or a token that may not see them: the inbox is imported without.
	}

	m.AssignmentPolicyID = account.IDOrNull(policy)

	return err
}

// portal is the id of the inbox's help center, of which the inbox tells only the slug.
func (r *inboxResource) portal(ctx context.Context, found api.Inbox) (types.String, error) {
	if found.HelpCenter == nil {
		return types.StringNull(), nil
	}

	portals, err := r.Client.Portals(ctx)
	for _, portal := range portals {
		if portal.Slug == found.HelpCenter.Slug {
			return account.IDOrNull(portal.ID), nil
		}
	}

	return types.StringNull(), err
}
