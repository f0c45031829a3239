package talk

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// open opens the planned conversation, in a session that the plan names, that the contact has, or that is made with it.
// It settles the session in the plan. The id is 0 if nothing was opened; with an id, the error is about a step after that.
func (r *conversationResource) open(ctx context.Context, plan *conversationModel, diags *diag.Diagnostics) (api.Conversation, error) {
	none := api.Conversation{}

	source, done, ok := r.session(ctx, plan, diags)
	defer done()

	if !ok {
		return none, nil
	}

	req, problems := plan.createRequest(source)
	diags.Append(problems...)
	if diags.HasError() {
		return none, nil
	}

	begun := time.Now()

	created, err := r.Client.CreateConversation(ctx, req)
	switch {
	case transport.IsNotFound(err) && created.ID == 0:
		diags.AddError("Unable to create conversation", fmt.Sprintf("There is no inbox %s, or no contact %s.", req.InboxID, req.ContactID))
		return none, nil
	case transport.IsLost(err) && req.SourceID != "" && created.ID == 0:
		found, ok, _ := r.Client.LostConversation(ctx, req, begun)
		if !ok {
			apidiag.Add(diags, "create conversation", err)
			return none, nil
		}

		created, err = found, nil
	case created.ID == 0:
		apidiag.Add(diags, "create conversation", err)
		return none, nil
	}

	if source == "" && err == nil { // The server made the session; if it does not tell which, a later read may.
		source, _ = r.Client.ConversationSource(ctx, &created)
	}

	plan.SourceID = tfvalue.StringOrNull(source)

	if err != nil { // Only its id is known.
		return created, err
	}

	found := tfvalue.TrackedObject(plan.AdditionalAttributes, created.AdditionalAttributes)
	if tfvalue.IsSet(plan.AdditionalAttributes) && !found.Equal(plan.AdditionalAttributes) {
		diags.AddAttributeError(path.Root("additional_attributes"), "The conversation exists already", fmt.Sprintf(
			"Inbox %s keeps a single conversation per contact, and the platform answered with conversation %s, which was there before. "+
				"Its additional_attributes cannot be changed any more: leave them out, or import the conversation.", req.InboxID, created.ID))

		return none, nil
	}
	// A new conversation is resolved only if it should be, or if its contact is blocked. This one was kept from before.
	if created.Status == "resolved" && plan.Status.IsUnknown() && !created.Muted {
		if err := r.Client.SetStatus(ctx, created.ID, "open", time.Time{}); err != nil {
			return created, err
		}

		created.Status = "open"
	}

	return created, nil
}

// session is the source id of the conversation to be opened. Call done when that is done.
func (r *conversationResource) session(ctx context.Context, plan *conversationModel, diags *diag.Diagnostics) (source string, done func(), ok bool) {
	if tfvalue.IsSet(plan.SourceID) {
		return plan.SourceID.ValueString(), func() {}, true
	}

	inbox, contact := api.ParseID(plan.InboxID.ValueString()), api.ParseID(plan.ContactID.ValueString())

	source, done, err := r.Client.Session(ctx, contact, inbox)
	switch {
	case transport.IsNotFound(err):
		diags.AddAttributeError(path.Root("contact_id"), "Unable to create conversation", fmt.Sprintf("There is no contact %s.", contact))
	case err != nil:
		apidiag.Add(diags, fmt.Sprintf("read contact %s", contact), err)
	case source == "":
		source, err = r.Client.NewSourceID(ctx, inbox)
		if transport.IsNotFound(err) {
			diags.AddAttributeError(path.Root("inbox_id"), "Unable to create conversation", fmt.Sprintf("There is no inbox %s.", inbox))
		} else {
			apidiag.Add(diags, fmt.Sprintf("open a session in inbox %s", inbox), err)
		}
	}

	return source, done, err == nil
}

// converge makes the conversation, which is in state, what the plan says, and the plan what Terraform may store.
func (r *conversationResource) converge(ctx context.Context, plan, state *conversationModel, diags *diag.Diagnostics) {
	id := api.ParseID(state.ID.ValueString())
	planned := *plan

	moved := r.setStatus(ctx, id, plan, state, diags)
	if tfvalue.IsSet(plan.TeamID) && !plan.TeamID.Equal(state.TeamID) {
		moved = true
		err := r.Client.AssignTeam(ctx, id, api.ParseID(plan.TeamID.ValueString()))
		apidiag.Add(diags, fmt.Sprintf("assign conversation %s", id), err)
	}
	// After status and team, for both may change the assignee: to an agent who opens it, or to none who is not in the team.
	if tfvalue.IsSet(plan.AssigneeID) && (moved || !plan.AssigneeID.Equal(state.AssigneeID)) && !diags.HasError() {
		err := r.Client.AssignAgent(ctx, id, api.ParseID(plan.AssigneeID.ValueString()))
		apidiag.Add(diags, fmt.Sprintf("assign conversation %s", id), err)
	}

	if tfvalue.IsSet(plan.Priority) && !plan.Priority.Equal(state.Priority) {
		apidiag.Add(diags, fmt.Sprintf("set the priority of conversation %s", id), r.Client.SetPriority(ctx, id, plan.Priority.ValueString()))
	}

	if tfvalue.IsSet(plan.Labels) && !plan.Labels.Equal(state.Labels) {
		labels, problems := tfvalue.Strings(ctx, plan.Labels)
		diags.Append(problems...)

		_, err := r.Client.SetConversationLabels(ctx, id, labels)
		apidiag.Add(diags, fmt.Sprintf("set the labels of conversation %s", id), err)
	}

	r.setAttributes(ctx, id, plan, state, diags)

	if diags.HasError() {
		return
	}

	*plan = *state

	if moved && unknown(planned.AssigneeID, planned.SnoozedUntil, planned.Status) {
		found, err := r.Client.Conversation(ctx, id)
		apidiag.Add(diags, fmt.Sprintf("read conversation %s", id), err)

		if err == nil {
			plan.fromAPI(ctx, &found)
		}
	}

	plan.settle(&planned)
	plan.OnDestroy, plan.Timeouts = planned.OnDestroy, planned.Timeouts
}

func unknown(values ...types.String) bool {
	return slices.ContainsFunc(values, types.String.IsUnknown)
}

// setStatus sets status and time of snoozing if they should change, and says whether it did.
func (r *conversationResource) setStatus(ctx context.Context, id api.ID, plan, state *conversationModel, diags *diag.Diagnostics) bool {
	if !tfvalue.IsSet(plan.Status) || plan.Status.Equal(state.Status) && (!tfvalue.IsSet(plan.SnoozedUntil) || plan.SnoozedUntil.Equal(state.SnoozedUntil)) {
		return false
	}

	err := r.Client.SetStatus(ctx, id, plan.Status.ValueString(), instant(plan.SnoozedUntil))
	apidiag.Add(diags, fmt.Sprintf("set the status of conversation %s", id), err)

	return err == nil
}

func (r *conversationResource) setAttributes(ctx context.Context, id api.ID, plan, state *conversationModel, diags *diag.Diagnostics) {
	wanted, problems := tfvalue.JSONObject(plan.CustomAttributes)
	diags.Append(problems...)
	known, problems := tfvalue.JSONObject(state.CustomAttributes)
	diags.Append(problems...)

	change, remove := account.ChangedKeys(known, wanted), account.RemovedKeys(known, wanted)
	if diags.HasError() || len(change) == 0 && len(remove) == 0 {
		return
	}

	_, err := r.Client.SetConversationAttributes(ctx, id, change, remove)
	apidiag.Add(diags, fmt.Sprintf("set the custom attributes of conversation %s", id), err)
}
