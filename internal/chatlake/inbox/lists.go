package inbox

import (
	"context"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// ListResources lists what terraform query can list of this area.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{inboxList.New, inboxMembership.List}
}

// inboxList lists inboxes. Members, bot and assignment policy of each take requests of their own.
var inboxList = account.Listing[api.Inbox, inboxModel]{
	Type: "chatlake_inbox", Noun: "inboxes",
	Description: "The inboxes of the account; with an agent's token, those of which the agent is a member. Inboxes of a channel that is set up in a browser, such as Facebook, " +
		"are left out: they cannot be managed. With `include_resource`, the members, the bot and the assignment policy of each inbox take a request each.",
	Objects: func(ctx context.Context, client *api.Client, _ lookup.Arguments) iter.Seq2[api.Inbox, error] {
		all := lookup.Each(func() ([]api.Inbox, error) { return client.Inboxes(ctx) })
		return lookup.Only(all, func(found api.Inbox) bool { return channelName(found) != "" })
	},
	Name: func(found api.Inbox) string {
		return found.Name + " (" + strings.ReplaceAll(channelName(found), "_", " ") + ")"
	},
	Fill: func(ctx context.Context, client *api.Client, m *inboxModel, found api.Inbox, diags *diag.Diagnostics) {
		reader := inboxResource{account.WithID("chatlake_inbox")}
		reader.Client = client

		err := reader.readStaff(ctx, found.ID, m, true)
		if err == nil {
			m.PortalID, err = reader.portal(ctx, found)
		}

		apidiag.Add(diags, "read inbox "+found.ID.String(), account.UnlessGone(err))
		m.CSATTemplate = readTemplate(ctx, client, m.CSATTemplate, m.CSATConfig.IsNull(), found, diags)
		diags.Append(m.fromAPI(ctx, found, true)...)
	},
}
