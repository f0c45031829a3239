package kommunicate

import (
	"context"
	"fmt"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// obtain makes the conversation that is wanted, or finds the one to take up, and says which of the two.
func (r *conversationResource) obtain(ctx context.Context, wanted conversationModel) (api.Conversation, bool, diag.Diagnostics) {
	key := ""
	if tfvalue.IsSet(wanted.ClientGroupID) {
		key = wanted.ClientGroupID.ValueString()
	}

	request, diags := wanted.createRequest(ctx, r.client.Defaults)
	if diags.HasError() {
		return api.Conversation{}, false, diags
	}

	if key != "" {
		// Where conversations cannot be read, creating will tell as well.
		found, err := r.client.LookUpConversation(ctx, key)
		if err == nil {
			return r.takeUp(wanted, found)
		}

		if !transport.IsNotFound(err) && !api.IsUnreadable(err) {
			apidiag.Add(&diags, "look for conversation "+key, err)
			return found, false, diags
		}
	}

	made, existed, err := r.client.CreateConversation(ctx, request)
	switch {
	case err == nil && existed && made.Deleted():
		diags.Append(buried(key))
		return made, false, diags
	case err == nil && existed:
		return r.takeUp(wanted, made)
	case err == nil:
		return made, false, diags
	case key != "" && (transport.IsConflict(err) || transport.IsLost(err)):
		return r.reconcile(ctx, wanted, request, err)
	}

	apidiag.Add(&diags, "create conversation "+request.GroupName, err)

	return made, false, diags
}

// takeUp takes over the conversation that has the key: because the configuration allows it, or because it is closed, as
// an earlier destroy leaves it.
func (r *conversationResource) takeUp(wanted conversationModel, found api.Conversation) (api.Conversation, bool, diag.Diagnostics) {
	var diags diag.Diagnostics
	if !wanted.AdoptExisting.ValueBool() && found.Metadata[api.KeyStatus] != api.StatusClosed {
		apidiag.Taken(&diags, "kommunicate_conversation", "client_group_id", string(found.ClientGroupID), string(found.ID))
	}

	return found, true, diags
}

// reconcile looks the key up after creating said that it is taken, or did not answer.
func (r *conversationResource) reconcile(ctx context.Context, wanted conversationModel, request api.ConversationRequest, err error) (api.Conversation, bool, diag.Diagnostics) {
	var diags diag.Diagnostics

	found, failure := r.client.ConversationByClientID(ctx, request.ClientGroupID)
	switch {
	case failure == nil && transport.IsLost(err) && sent(request, found):
		return found, false, nil // The answer was lost, not the conversation: nothing had this key a moment ago.
	case failure == nil:
		return r.takeUp(wanted, found)
	case transport.IsConflict(err) && transport.IsNotFound(failure):
		diags.Append(buried(request.ClientGroupID))
	case transport.IsConflict(err) && api.IsUnreadable(failure):
		diags.AddError("The conversation already exists", fmt.Sprintf(
			"There is a conversation with client_group_id %q, and the platform does not let this key read which. Nothing was changed.\n\n"+
				"Find its group id in Kommunicate's dashboard (it is the end of the conversation's address), or choose another client_group_id.\n\n%s",
			request.ClientGroupID, apidiag.Detail(failure)))
	default:
		apidiag.Add(&diags, "create conversation "+request.ClientGroupID, err)
	}

	return found, false, diags
}

// buried reports a key that a deleted conversation still holds.
func buried(key string) diag.Diagnostic {
	return diag.NewErrorDiagnostic("The client group id is used up", fmt.Sprintf(
		"A conversation with client_group_id %q was deleted on the platform, which keeps its id. Choose another client_group_id.", key))
}

// sent says that the conversation is what was just asked for.
func sent(request api.ConversationRequest, found api.Conversation) bool {
	members := found.Members()
	return found.Name == request.GroupName && !slices.ContainsFunc(request.GroupMemberList, func(id string) bool { return !contains(members, id) })
}
