package talk

import (
	"context"
	"fmt"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// open opens the planned conversation in a session that the plan names, that the contact has, or that is made with it. It
// stores the session in the plan. The id of the conversation is 0 if nothing was opened; then diags tell the error. With an
// id, it is about a step after that.
func (r *conversationResource) open(ctx context.Context, plan *conversationModel, diags *diag.Diagnostics) (api.Conversation, error) {
	if !r.hasParties(ctx, plan, diags) {
		return api.Conversation{}, nil
	}

	source, done, ok := r.session(ctx, plan, diags)
	defer done()

	if !ok {
		return api.Conversation{}, nil
	}

	req, problems := plan.createRequest(source)
	diags.Append(problems...)
	if diags.HasError() {
		return api.Conversation{}, nil
	}

	created, err := r.create(ctx, req, diags)
	if created.ID == 0 {
		plan.SourceID = tfvalue.StringOrNull(source)
		return api.Conversation{}, err
	}

	if source == "" && err == nil {
		// The server made the session. If it does not tell which, a later read may.
		source, _ = r.Client.ConversationSource(ctx, &created.Conversation)
	}

	plan.SourceID = tfvalue.StringOrNull(source)

	isFirst := r.Claims.Claim(conversationType, created.ID.String())

	if err != nil || !created.Existed {
		return created.Conversation, err
	}

	// A run that was killed may have left both: who adopts the contact takes up its only conversation.
	if isFirst && r.Claims.IsAdopted(contactType, plan.ContactID.ValueString()) {
		return created.Conversation, nil
	}

	return r.reopen(ctx, plan, created.Conversation, diags)
}

// create sends the request. If its answer is lost, it looks for the conversation that it made.
func (r *conversationResource) create(ctx context.Context, req api.ConversationRequest, diags *diag.Diagnostics) (api.OpenedConversation, error) {
	begun := time.Now()

	created, err := r.Client.CreateConversation(ctx, req)

	switch {
	case created.ID != 0:
		return created, err
	case transport.IsNotFound(err):
		diags.AddError("Unable to create conversation", apidiag.Absent(fmt.Sprintf("inbox %s, or no contact %s", req.InboxID, req.ContactID), err))
		return created, nil
	case transport.IsLost(err) && req.SourceID != "":
		found, ok, _ := r.Client.LostConversation(ctx, req, begun)
		if ok {
			return api.OpenedConversation{Conversation: found}, nil
		}
	}

	apidiag.Add(diags, "create conversation", err)

	return created, err
}

// like finds the conversation that a create has opened whose answer was lost.
func (r *conversationResource) like(plan conversationModel) account.Keyless[api.Conversation] {
	return account.Keyless[api.Conversation]{
		Type: conversationType,
		Since: func(ctx context.Context, begun time.Time) ([]api.Conversation, error) {
			req, diags := plan.createRequest(plan.SourceID.ValueString())

			found, ok, err := r.Client.LostConversation(ctx, req, begun)
			if diags.HasError() || !ok {
				return nil, err
			}

			return []api.Conversation{found}, err
		},
	}
}

// reopen takes up a resolved conversation that the inbox keeps as the contact's only one. One that is still in use belongs
// to somebody else, or to another resource.
func (r *conversationResource) reopen(ctx context.Context, plan *conversationModel, found api.Conversation, diags *diag.Diagnostics) (api.Conversation, error) {
	attributes := tfvalue.TrackedObject(plan.AdditionalAttributes, found.AdditionalAttributes)

	if found.Status != "resolved" || !tfvalue.Same(attributes, plan.AdditionalAttributes) && tfvalue.IsSet(plan.AdditionalAttributes) {
		diags.AddError("The conversation exists already", fmt.Sprintf(
			"Inbox %s keeps a single conversation per contact, and the platform answered with conversation %s, which was there before. "+
				"It is reopened only if it is resolved and has the planned additional_attributes. Nothing was changed.\n\n"+
				"If another resource of this configuration has the conversation, take this one out. Else import it:\n\n"+
				"import {\n  to = chatlake_conversation.example # Put the address of this resource here.\n  id = %[2]q\n}", found.InboxID, found.ID.String()))

		return api.Conversation{}, nil
	}

	if plan.Status.IsUnknown() && !found.Muted {
		err := r.Client.SetStatus(ctx, found.ID, "open", time.Time{})
		if err != nil {
			return found, err
		}

		found.Status = "open"
	}

	return found, nil
}

// hasParties reports whether the planned agent and team exist. The server takes one that does not exist for none, so this is
// asked before anything is made.
func (r *conversationResource) hasParties(ctx context.Context, plan *conversationModel, diags *diag.Diagnostics) bool {
	agent, team := api.ParseID(plan.AssigneeID.ValueString()), api.ParseID(plan.TeamID.ValueString())

	if agent != 0 {
		_, err := r.Client.Agent(ctx, agent)
		if transport.IsNotFound(err) {
			diags.AddAttributeError(path.Root("assignee_id"), "Unable to create conversation", apidiag.Absent("agent "+agent.String(), err))
		}
	}

	if team != 0 {
		_, err := r.Client.Team(ctx, team)
		if transport.IsNotFound(err) {
			diags.AddAttributeError(path.Root("team_id"), "Unable to create conversation", apidiag.Absent("team "+team.String(), err))
		}
	}

	return !diags.HasError()
}

// session returns the source id for the conversation. Call done when the conversation is open.
func (r *conversationResource) session(ctx context.Context, plan *conversationModel, diags *diag.Diagnostics) (source string, done func(), ok bool) {
	if plan.SourceID.ValueString() != "" {
		return plan.SourceID.ValueString(), func() {}, true
	}

	inbox, contact := api.ParseID(plan.InboxID.ValueString()), api.ParseID(plan.ContactID.ValueString())

	source, done, err := r.Client.Session(ctx, contact, inbox)

	switch {
	case transport.IsNotFound(err):
		diags.AddAttributeError(path.Root("contact_id"), "Unable to create conversation", apidiag.Absent("contact "+contact.String(), err))
	case err != nil:
		apidiag.Add(diags, fmt.Sprintf("read contact %s", contact), err)
	case source == "":
		source, err = r.Client.NewSourceID(ctx, inbox)
		if transport.IsNotFound(err) {
			diags.AddAttributeError(path.Root("inbox_id"), "Unable to create conversation", apidiag.Absent("inbox "+inbox.String(), err))
		} else {
			apidiag.Add(diags, fmt.Sprintf("open a session in inbox %s", inbox), err)
		}
	}

	return source, done, err == nil
}
