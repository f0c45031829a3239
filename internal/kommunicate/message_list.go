package kommunicate

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// newMessageList lists the messages of a conversation for terraform query.
func newMessageList() list.ListResource {
	return lookup.Listing[*api.Client, api.Message, messageModel]{
		Type: messageType, Noun: "messages", Client: listClient,
		Description: "Messages of a conversation, the newest first.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents reading messages; the provider uses the chat backend's call, as the acting user.",
		Arguments: map[string]schema.Attribute{"group_id": lookup.Owner("Group id of the conversation.", attribute.IntegerID())},
		Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.Message, error] {
			return client.Messages(ctx, given.Text("group_id"))
		},
		Name: func(found api.Message) string { return lookup.Excerpt(found.Sender() + ": " + found.Text) },
		Identity: func(_ *api.Client, found api.Message, _ lookup.Arguments) map[string]string {
			return map[string]string{"message_key": found.Key}
		},
		Fill: func(_ context.Context, _ *api.Client, m *messageModel, found api.Message, _ *diag.Diagnostics) bool {
			m.fromAPI(found)
			return true
		},
		AddError: func(diags *diag.Diagnostics, given lookup.Arguments, err error) {
			apidiag.Add(diags, "list messages of conversation "+given.Text("group_id"), err)
		},
	}.New()
}
