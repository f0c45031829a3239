package kommunicate

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// newConversationList lists conversations for terraform query.
func newConversationList() list.ListResource {
	return lookup.Listing[*api.Client, api.Conversation, conversationModel]{
		Type: conversationType, Noun: "conversations", Client: listClient,
		Description: "Conversations of a Kommunicate application, those with the newest traffic first.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents listing conversations; the provider uses the call of the agents' apps. Whether it lists conversations without any message is not known.",
		Arguments: map[string]schema.Attribute{
			"status": lookup.Filter("Only those of this status: `initial`, `open`, `progress`, `closed`, `spam`, `duplicate`, `archive`, `unresponded` or `waiting`.",
				stringvalidator.OneOf(statusNames()...)),
			"assignee": lookup.Filter("Only those assigned to this agent or bot.", userIDValidator()),
		},
		Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.Conversation, error] {
			filter := api.ConversationFilter{Assignee: given.Text("assignee")}
			if given.Text("status") != "" {
				filter.Status = statusCode(given.Text("status"))
			}

			return client.Conversations(ctx, filter)
		},
		Name: func(found api.Conversation) string { return found.Name },
		Identity: func(_ *api.Client, found api.Conversation, _ lookup.Arguments) map[string]string {
			return map[string]string{"group_id": string(found.ID)}
		},
		Fill: fillConversation,
	}.New()
}

// fillConversation makes the model what an import reads. A row of the list is not always the whole conversation.
func fillConversation(ctx context.Context, client *api.Client, m *conversationModel, found api.Conversation, diags *diag.Diagnostics) bool {
	if !found.IsWhole() {
		whole, err := client.Conversation(ctx, string(found.ID))
		if err != nil {
			apidiag.Add(diags, "read conversation "+found.Name, err)
			return !transport.IsNotFound(err)
		}

		found = whole
	}

	m.fromAPI(found, true, nil)

	return true
}
