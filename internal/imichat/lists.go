package imichat

import (
	"context"
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/schema/validator"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/imichat/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/providerdata"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
	"github.com/seed-426837f5/terraform-provider-chat/internal/transport"
)

var (
	_ list.ListResourceWithConfigure = (*chatList)(nil)
	_ list.ListResourceWithConfigure = (*userList)(nil)
)

// ListResources lists what the room can list for terraform query.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{newChatList, newUserList}
}

// tenantList is embedded by every list resource. It holds the client of the tenant.
type tenantList struct{ client *api.Client }

// Configure takes the platform's client.
func (l *tenantList) Configure(_ context.Context, req resource.ConfigureRequest, resp *resource.ConfigureResponse) {
	l.client = providerdata.Client(req.ProviderData, clientSource.IMIchat, &resp.Diagnostics)
}

// result returns one object by name and identity. Key is the id's name in the identity.
func (l *tenantList) result(ctx context.Context, req list.ListRequest, name, key, id string) list.ListResult {
	result := req.NewListResult(ctx)
	result.DisplayName = name
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root(key), id)...)
	result.Diagnostics.Append(result.Identity.SetAttribute(ctx, path.Root("domain"), tfvalue.StringOrNull(l.client.Domain))...)

	return result
}

// end reports what is to be said after the last object: an error, and a quota that runs low.
func (l *tenantList) end(push func(list.ListResult) bool, noun string, err error) {
	var diags diag.Diagnostics

	switch {
	case api.IsTooFar(err):
		diags.AddWarning("Not all "+noun+" were read", fmt.Sprintf(
			"The list is read no further than the newest %d: that is a tenth of the requests that a tenant has for a day.", api.MostChats))
	case err != nil:
		apidiag.Add(&diags, "list "+noun, err)
	}

	warnOfQuota(l.client, &diags)

	if len(diags) > 0 {
		push(list.ListResult{Diagnostics: diags})
	}
}

// setNulls fills a resource with nulls of the schema's types, and the model with them.
func setNulls(ctx context.Context, target *tfsdk.Resource, model any) diag.Diagnostics {
	attributes := map[string]tftypes.Value{}
	for name, attribute := range target.Schema.GetAttributes() {
		attributes[name] = tftypes.NewValue(attribute.GetType().TerraformType(ctx), nil)
	}

	target.Raw = tftypes.NewValue(target.Schema.Type().TerraformType(ctx), attributes)

	return target.Get(ctx, model)
}

// filter is an optional argument of a list resource.
func filter(description string, validators ...validator.String) schema.StringAttribute {
	return schema.StringAttribute{MarkdownDescription: description, Optional: true, Validators: attribute.OrEmpty(validators...)}
}

func newChatList() list.ListResource { return &chatList{} }

// chatList lists chats.
type chatList struct{ tenantList }

// Metadata names the type.
func (l *chatList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = chatType
}

// ListResourceConfigSchema describes the filters.
func (l *chatList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The tenant's [chats](https://docs.imi.chat/reference/get-chats), newest first, at most the newest 10,000. The platform's list has ten chats per request and no filters: " +
			"the filters here are applied to what was read. With `include_resource`, each chat takes a request of its own, because the list leaves out what was given at creation.",
		Attributes: map[string]schema.Attribute{
			"status":   filter("Only chats with this status: "+attribute.Choices(statuses()...)+".", stringvalidator.OneOf(statuses()...)),
			"channel":  filter("Only chats on this channel: "+attribute.Choices(channels()...)+".", attribute.Known(channels()...)),
			"assignee": filter("Only chats that the user with this login id holds."),
			"tag":      filter("Only chats that have this tag."),
		},
	}
}

// List streams the chats page by page.
func (l *chatList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var filters chatFilters

	if !req.Config.Raw.IsNull() {
		diags := req.Config.Get(ctx, &filters)
		if diags.HasError() {
			stream.Results = list.ListResultsStreamDiagnostics(diags)
			return
		}
	}

	stream.Results = func(push func(list.ListResult) bool) {
		count, isWanted := int64(0), true

		err := l.client.EachChat(ctx, func(chat *api.Chat) bool {
			if filters.matches(chat) {
				one, isThere := l.chat(ctx, req, chat)
				if isThere {
					count++
					isWanted = push(one) && count != req.Limit
				}
			}

			return isWanted
		})
		if isWanted {
			l.end(push, "chats", err)
		}
	}
}

// chat returns one chat, and the resource as an import reads it if it was asked for; false if it went after it was listed.
func (l *chatList) chat(ctx context.Context, req list.ListRequest, row *api.Chat) (list.ListResult, bool) {
	result := l.result(ctx, req, strings.TrimSpace(row.Channel+" "+row.ID+" "+row.Customer.Name), "chat_id", row.ID)
	if !req.IncludeResource {
		return result, true
	}

	whole, err := l.client.WholeChat(ctx, row.ID)
	if err != nil {
		apidiag.Add(&result.Diagnostics, "read chat "+row.ID, err)
		return result, !transport.IsNotFound(err)
	}

	var m chatModel

	result.Diagnostics.Append(setNulls(ctx, result.Resource, &m)...)
	m.fromAPI(whole, true)
	result.Diagnostics.Append(result.Resource.Set(ctx, m)...)

	return result, true
}

func newUserList() list.ListResource { return &userList{} }

// userList lists the users of a team.
type userList struct{ tenantList }

// Metadata names the type.
func (l *userList) Metadata(_ context.Context, _ resource.MetadataRequest, resp *resource.MetadataResponse) {
	resp.TypeName = userType
}

// ListResourceConfigSchema describes the filters.
func (l *userList) ListResourceConfigSchema(_ context.Context, _ list.ListResourceSchemaRequest, resp *list.ListResourceSchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "The [users](https://docs.imi.chat/reference/users-search) of a team, ten per request. With `include_resource`, each user takes a request of its own.",
		Attributes: map[string]schema.Attribute{
			"team_id": filter("Id of the team whose users are listed. Default: the provider's `team_id`; one of the two is needed.", attribute.IntegerID()),
			"status":  filter("Only users with this status: `active` or `inactive`.", stringvalidator.OneOf("active", "inactive")),
		},
	}
}

// List returns the users.
func (l *userList) List(ctx context.Context, req list.ListRequest, stream *list.ListResultsStream) {
	var (
		filters struct {
			TeamID types.String `tfsdk:"team_id"`
			Status types.String `tfsdk:"status"`
		}
		diags diag.Diagnostics
	)

	if !req.Config.Raw.IsNull() {
		diags.Append(req.Config.Get(ctx, &filters)...)
	}

	team := teamOrDefault(filters.TeamID, l.client, &diags)
	if diags.HasError() {
		stream.Results = list.ListResultsStreamDiagnostics(diags)
		return
	}

	status := filters.Status.ValueString()
	stream.Results = func(push func(list.ListResult) bool) {
		users, err := l.client.Users(ctx, team, func(user api.User) bool { return status == "" || user.Status == status })
		count := int64(0)

		for _, user := range users {
			one, isThere := l.user(ctx, req, team, user)
			if !isThere {
				continue
			}

			count++
			if !push(one) || count == req.Limit {
				return
			}
		}

		l.end(push, "users", err)
	}
}

// user returns one user, and the resource as an import reads it if it was asked for; false if it went after it was listed.
func (l *userList) user(ctx context.Context, req list.ListRequest, team string, row api.User) (list.ListResult, bool) {
	result := l.result(ctx, req, strings.TrimSpace(row.FirstName+" "+row.LastName+" ("+row.LoginID+")"), "id", row.ID)
	if !req.IncludeResource {
		return result, true
	}

	user, err := l.client.User(ctx, team, row.ID)
	if err != nil {
		apidiag.Add(&result.Diagnostics, "read user "+row.ID, err)
		return result, !transport.IsNotFound(err)
	}

	var m userModel

	result.Diagnostics.Append(setNulls(ctx, result.Resource, &m)...)
	m.fromAPI(user, true)
	result.Diagnostics.Append(result.Resource.Set(ctx, m)...)

	return result, true
}
