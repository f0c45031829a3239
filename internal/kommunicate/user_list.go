package kommunicate

import (
	"cmp"
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework-validators/stringvalidator"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/kommunicate/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// newUserList lists users for terraform query.
func newUserList() list.ListResource {
	return lookup.Listing[*api.Client, api.User, userModel]{
		Type: userType, Noun: "users", Client: listClient,
		Description: "End users of a Kommunicate application. Agents and bots are left out unless `role` asks for them, because the dashboard manages them; so are those who are deactivated, unless `deactivated` asks for them, and those who are deleted.\n\n" +
			"Unverified: no page of the [Platform API](https://docs.kommunicate.io/docs/api-detail) documents listing users; the provider uses the call of the vendor's apps.",
		Arguments: map[string]schema.Attribute{
			"role": lookup.Filter("Lists those of this role: "+attribute.Choices("user", "bot", "admin")+". Default `user`. Agents have the role `admin`; the platform refuses to change them.",
				stringvalidator.OneOf("user", "bot", "admin")),
			"deactivated": schema.BoolAttribute{MarkdownDescription: "Lists those whose access was ended instead of the others. Default `false`.", Optional: true},
		},
		Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.User, error] {
			inactive, _ := given["deactivated"].(types.Bool)
			role := cmp.Or(given.Text("role"), "user")

			return client.ListUsers(ctx, api.UserFilter{Role: roleNames[role], Inactive: inactive.ValueBool()})
		},
		Name: func(found api.User) string { return cmp.Or(found.Name(), found.UserID) },
		Identity: func(_ *api.Client, found api.User, _ lookup.Arguments) map[string]string {
			return map[string]string{"user_id": found.UserID}
		},
		Fill: func(_ context.Context, _ *api.Client, m *userModel, found api.User, _ *diag.Diagnostics) bool {
			m.fromAPI(found, true)
			return true
		},
	}.New()
}
