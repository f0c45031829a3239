package kommunicate

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// step is one call on the way from what is to what is wanted; name completes "Unable to ... of conversation 42".
type step struct {
	name string
	do   func(ctx context.Context) error
}

// run takes the steps in order, and says how many were taken and which one failed.
func run(ctx context.Context, steps []step) (int, string, error) {
	for i, s := range steps {
		if err := s.do(ctx); err != nil {
			return i, s.name, err
		}
	}

	return len(steps), "", nil
}

// steps lists what differs between prior and plan. Team and assignee are never one step: the platform assigns when the
// team changes, so the assignee is set after that. The status is last, because assigning may open a conversation. Found is
// what was read a moment ago, if anything was.
func (r *conversationResource) steps(ctx context.Context, plan, prior conversationModel, found api.Conversation) ([]step, diag.Diagnostics) {
	id, actor := prior.ID.ValueString(), r.client.Actor(plan.ActingUserID.ValueString())
	notify := plan.SendNotifyMessage.ValueBool()

	var steps []step

	add := func(name string, do func(ctx context.Context) error) { steps = append(steps, step{name, do}) }

	update, info := plan.updateRequest(prior)
	if !update.Empty() || info {
		add("change name, image and metadata", func(ctx context.Context) error {
			return r.update(ctx, actor, update, info, plan, prior, found)
		})
	}

	joining, leaving, diags := plan.memberChanges(ctx, prior)
	for _, member := range joining {
		add("add member "+member, func(ctx context.Context) error { return r.join(ctx, actor, id, member) })
	}

	for _, member := range leaving {
		add("remove member "+member, func(ctx context.Context) error { return r.leave(ctx, actor, id, member) })
	}

	team := tfvalue.IsSet(plan.TeamID) && !plan.TeamID.Equal(prior.TeamID)
	if team {
		add("change the team", func(ctx context.Context) error {
			return r.client.UpdateConversation(ctx, actor, api.ConversationUpdate{
				GroupID: id, Metadata: map[string]string{api.KeyTeam: plan.TeamID.ValueString()},
			})
		})
	}

	if tfvalue.IsSet(plan.Assignee) && (team || !plan.Assignee.Equal(prior.Assignee)) {
		add("change the assignee", func(ctx context.Context) error {
			return r.client.ChangeAssignee(ctx, actor, id, plan.Assignee.ValueString(), notify, plan.TakeOverFromBot.ValueBool())
		})
	}

	if tfvalue.IsSet(plan.Status) && !plan.Status.Equal(prior.Status) {
		add("change the status", func(ctx context.Context) error {
			return r.client.ChangeStatus(ctx, actor, id, statusCode(plan.Status.ValueString()), notify)
		})
	}

	return steps, diags
}

// update sends name, image and metadata in one call. What agents see beside the chat is one text for all of its keys, so
// it is read, changed and written.
func (r *conversationResource) update(ctx context.Context, actor string, update api.ConversationUpdate, info bool, plan, prior conversationModel, found api.Conversation) error {
	if info {
		if found.ID == "" {
			var err error
			// Where it cannot be read, the configured keys are all that is known.
			found, err = r.client.Conversation(ctx, update.GroupID)
			if err != nil && !api.IsUnreadable(err) {
				return err
			}
		}

		set := changedKeys(types.MapNull(types.StringType), plan.ConversationInfo)

		text, err := found.ChangeInfo(set, removedKeys(prior.ConversationInfo, plan.ConversationInfo))
		if err != nil {
			return err
		}

		update.Metadata[api.KeyInfo] = text
	}

	return r.client.UpdateConversation(ctx, actor, update)
}

// join adds a member. As when a conversation is created, a user who is not there yet is made.
//
// Unverified: that this call does not make users by itself.
func (r *conversationResource) join(ctx context.Context, actor, groupID, userID string) error {
	err := r.client.AddMember(ctx, actor, groupID, userID)
	if !api.IsUnknownUser(err) {
		return err
	}

	_, failure := r.client.User(ctx, userID)
	if !transport.IsNotFound(failure) {
		return err
	}

	failure = r.client.CreateUser(ctx, api.UserRequest{UserID: userID})
	if failure != nil {
		return failure
	}

	return r.client.AddMember(ctx, actor, groupID, userID)
}

// leave removes a member; one who left already is fine.
//
// Unverified: the answer for somebody who is no member; user not found may mean that, or the acting user.
func (r *conversationResource) leave(ctx context.Context, actor, groupID, userID string) error {
	err := r.client.RemoveMember(ctx, actor, groupID, userID)
	if !api.IsUnknownUser(err) {
		return err
	}

	found, failure := r.client.Conversation(ctx, groupID)
	if failure == nil && !contains(found.Members(), userID) {
		return nil
	}

	return err
}
