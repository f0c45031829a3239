package kommunicate

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/adopt"
	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// createOrAdopt creates the conversation, or finds the one to adopt and reports that it did. It claims the conversation for
// this resource. The platform has one natural key, the client group id.
func (r *conversationResource) createOrAdopt(ctx context.Context, plan *conversationModel) (found api.Conversation, isAdopted bool, diags diag.Diagnostics) {
	key := plan.ClientGroupID.ValueString()

	claim := byClientID + key
	if key != "" && !r.claims.Claim(conversationType, claim) {
		adopt.AddManaged(&diags, conversationType, "")
		return found, false, diags
	}

	request, diags := plan.createRequest(ctx, r.client.Defaults)
	if !diags.HasError() {
		found, isAdopted, diags = r.createUnlessFound(ctx, plan, request)
	}

	if diags.HasError() {
		r.claims.Release(conversationType, claim)
		return found, false, diags
	}

	id := string(found.ID)
	if !r.claims.Claim(conversationType, id) {
		adopt.AddManaged(&diags, conversationType, id)
		return found, false, diags
	}

	if isAdopted {
		r.claims.Adopted(conversationType, id)
	}

	return found, isAdopted, diags
}

// createUnlessFound looks the key up, and creates the conversation if nothing has it.
func (r *conversationResource) createUnlessFound(ctx context.Context, plan *conversationModel, request api.ConversationRequest) (api.Conversation, bool, diag.Diagnostics) {
	var diags diag.Diagnostics

	key := request.ClientGroupID
	if key != "" {
		// Where conversations cannot be read, creating tells as well.
		found, err := r.client.LookUpConversation(ctx, key)
		if err == nil {
			return r.adopt(plan, found)
		}

		if !transport.IsNotFound(err) && !api.IsUnreadable(err) {
			apidiag.Add(&diags, "look for a conversation with this client_group_id", err)
			return found, false, diags
		}
	}

	created, existed, err := r.client.CreateConversation(ctx, request)

	switch {
	case err == nil && existed && created.IsDeleted():
		diags.Append(errorUsedKey())
	case err == nil && existed:
		return r.adopt(plan, created)
	case err == nil:
	case key != "" && (transport.IsConflict(err) || transport.IsLost(err)):
		return r.findCreated(ctx, plan, request, err)
	default:
		apidiag.Add(&diags, "create conversation", err)
	}

	return created, false, diags
}

// adopt returns the conversation that has the key if it may be taken over: because the configuration allows it, or because
// it is closed, as an earlier destroy leaves it.
func (r *conversationResource) adopt(plan *conversationModel, found api.Conversation) (api.Conversation, bool, diag.Diagnostics) {
	var diags diag.Diagnostics
	if !plan.AdoptExisting.ValueBool() && found.Metadata[api.KeyStatus] != api.StatusClosed {
		apidiag.Taken(&diags, conversationType, "client_group_id", string(found.ID))
	}

	return found, true, diags
}

// findCreated looks the key up after a create that was refused, or whose answer was lost. The platform enforces the key, so
// a lost create is repeated if nothing has it.
func (r *conversationResource) findCreated(ctx context.Context, plan *conversationModel, request api.ConversationRequest, cause error) (api.Conversation, bool, diag.Diagnostics) {
	var diags diag.Diagnostics

	found, err := r.client.ConversationByClientID(ctx, request.ClientGroupID)
	if transport.IsLost(cause) && transport.IsNotFound(err) {
		created, existed, again := r.client.CreateConversation(ctx, request)
		if again == nil && !existed {
			return created, false, nil
		}

		// Another process was faster, or the first create was slow.
		found, err = r.client.ConversationByClientID(ctx, request.ClientGroupID)
	}

	switch {
	case err == nil && transport.IsLost(cause) && isRequested(request, found):
		return found, false, nil // The answer was lost, not the conversation: nothing had this key a moment ago.
	case err == nil:
		return r.adopt(plan, found)
	case transport.IsConflict(cause) && transport.IsNotFound(err):
		diags.Append(errorUsedKey())
	case transport.IsConflict(cause) && api.IsUnreadable(err):
		diags.AddError("The conversation already exists", fmt.Sprintf(
			"There is a conversation with this client_group_id, and the platform does not let this API key read which one. Nothing was changed.\n\n"+
				"Find its group id in Kommunicate's dashboard (it is the end of the conversation's address) and import it, or choose another client_group_id.\n\n%s",
			apidiag.Detail(err)))
	default:
		apidiag.Add(&diags, "create conversation", cause)
	}

	return found, false, diags
}

// errorUsedKey reports a key that a deleted conversation still holds.
func errorUsedKey() diag.Diagnostic {
	return diag.NewErrorDiagnostic("The client_group_id cannot be used again",
		"A conversation with this client_group_id was deleted on the platform, which keeps its id. Nothing was changed. Choose another client_group_id.")
}

// isRequested reports whether the conversation is the one that was just asked for.
func isRequested(request api.ConversationRequest, found api.Conversation) bool {
	members := found.Members()
	return found.Name == request.GroupName && !slices.ContainsFunc(request.GroupMemberList, func(id string) bool { return !contains(members, id) })
}
