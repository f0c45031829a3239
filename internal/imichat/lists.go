package imichat

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

// ListResources lists what the room can list for terraform query.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{newChatList, newUserList}
}

// listClient returns the client for a list resource.
func listClient(data any, diags *diag.Diagnostics) *api.Client {
	return providerdata.Client(data, clientSource.IMIchat, diags)
}

func newChatList() list.ListResource {
	return lookup.Listing[*api.Client, *api.Chat, chatModel]{
		Type: chatType, Noun: "chats", Client: listClient, AddRemarks: warnOfQuota,
		Description: "The tenant's [chats](https://docs.imi.chat/reference/get-chats), newest first, at most the newest 10,000. The platform's list has ten chats per request and no filters: " +
			"the filters here are applied to what was read. With `include_resource`, each chat takes a request of its own, because the list leaves out what was given at creation.",
		Arguments: map[string]schema.Attribute{
			"status":   lookup.Filter("Only chats with this status: "+attribute.Choices(statuses()...)+".", stringvalidator.OneOf(statuses()...)),
			"channel":  lookup.Filter("Only chats on this channel: "+attribute.Choices(channels()...)+".", attribute.Known(channels()...)),
			"assignee": lookup.Filter("Only chats that the user with this login id holds."),
			"tag":      lookup.Filter("Only chats that have this tag."),
		},
		Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[*api.Chat, error] {
			text := func(name string) types.String { return types.StringValue(given.Text(name)) }
			filters := chatFilters{Status: text("status"), Channel: text("channel"), Assignee: text("assignee"), Tag: text("tag")}

			return lookup.Only(eachChat(ctx, client), filters.matches)
		},
		Name: func(chat *api.Chat) string {
			return strings.TrimSpace(chat.Channel + " " + chat.ID + " " + chat.Customer.Name)
		},
		Identity: func(client *api.Client, chat *api.Chat, _ lookup.Arguments) map[string]string {
			return map[string]string{"chat_id": chat.ID, "domain": client.Domain}
		},
		Fill: func(ctx context.Context, client *api.Client, m *chatModel, row *api.Chat, diags *diag.Diagnostics) bool {
			whole, err := client.WholeChat(ctx, row.ID)
			if err != nil {
				apidiag.Add(diags, "read chat "+row.ID, err)
				return !transport.IsNotFound(err)
			}

			m.fromAPI(whole, true)

			return true
		},
		AddError: func(diags *diag.Diagnostics, _ lookup.Arguments, err error) {
			if !api.IsTooFar(err) {
				apidiag.Add(diags, "list chats", err)
				return
			}

			diags.AddWarning("Not all chats were read", fmt.Sprintf(
				"The list is read no further than the newest %d: that is a tenth of the requests that a tenant has for a day.", api.MostChats))
		},
	}.New()
}

// eachChat reads the tenant's chats page by page, newest first.
func eachChat(ctx context.Context, client *api.Client) iter.Seq2[*api.Chat, error] {
	return func(yield func(*api.Chat, error) bool) {
		isWanted := true

		err := client.EachChat(ctx, func(chat *api.Chat) bool {
			isWanted = yield(chat, nil)
			return isWanted
		})
		if isWanted && err != nil {
			yield(nil, err)
		}
	}
}

func newUserList() list.ListResource {
	return lookup.Listing[*api.Client, teamUser, userModel]{
		Type: userType, Noun: "users", Client: listClient, AddRemarks: warnOfQuota,
		Description: "The [users](https://docs.imi.chat/reference/users-search) of a team, ten per request. With `include_resource`, each user takes a request of its own.",
		Arguments: map[string]schema.Attribute{
			"team_id": lookup.Filter("Id of the team whose users are listed. Default: the provider's `team_id`; one of the two is needed.", attribute.IntegerID()),
			"status":  lookup.Filter("Only users with this status: `active` or `inactive`.", stringvalidator.OneOf("active", "inactive")),
		},
		Check: func(client *api.Client, given lookup.Arguments, diags *diag.Diagnostics) {
			teamOrDefault(types.StringValue(given.Text("team_id")), client, diags)
		},
		Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[teamUser, error] {
			return lookup.Each(func() ([]teamUser, error) { return usersOfTeam(ctx, client, given) })
		},
		Name: func(user teamUser) string {
			return strings.TrimSpace(user.FirstName + " " + user.LastName + " (" + user.LoginID + ")")
		},
		Identity: func(client *api.Client, user teamUser, _ lookup.Arguments) map[string]string {
			return map[string]string{"id": user.ID, "domain": client.Domain}
		},
		Fill: func(ctx context.Context, client *api.Client, m *userModel, row teamUser, diags *diag.Diagnostics) bool {
			user, err := client.User(ctx, row.team, row.ID)
			if err != nil {
				apidiag.Add(diags, "read user "+row.ID, err)
				return !transport.IsNotFound(err)
			}

			m.fromAPI(user, true)

			return true
		},
	}.New()
}

// teamUser is a user with the team in whose list it stands.
type teamUser struct {
	api.User

	team string
}

func usersOfTeam(ctx context.Context, client *api.Client, given lookup.Arguments) ([]teamUser, error) {
	var ignored diag.Diagnostics // Check has reported what is missing.

	team := teamOrDefault(types.StringValue(given.Text("team_id")), client, &ignored)
	status := given.Text("status")

	users, err := client.Users(ctx, team, func(user api.User) bool { return status == "" || user.Status == status })

	listed := make([]teamUser, len(users))
	for i, user := range users {
		listed[i] = teamUser{user, team}
	}

	return listed, err
}
