package enterprise

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// customRoleKind is chatlake_custom_role, with its data sources and its list.
func customRoleKind() account.Kind {
	return account.Kind{Resource: newCustomRoleResource, DataSources: customRoleSources.DataSources(), List: customRoleList.New}
}

// customRoleModel is a custom role in a configuration and in state.
type customRoleModel struct {
	ID          types.String `tfsdk:"id"`
	Name        types.String `tfsdk:"name"`
	Description types.String `tfsdk:"description"`
	Permissions types.Set    `tfsdk:"permissions"`
}

// fromAPI takes everything from the platform's answer, or, of what is optional, only what is managed.
func (m *customRoleModel) fromAPI(found api.CustomRole, everything bool) {
	m.ID = types.StringValue(found.ID.String())
	m.Name = types.StringValue(found.Name)
	m.Description = account.Track(everything, m.Description, tfvalue.StringOrNull(found.Description))
	m.Permissions = account.Track(everything, m.Permissions, account.TextSetOrNull(found.Permissions))
}

// changeFrom returns the request that turns prior into the plan; from the zero value, it creates a custom role.
func (m *customRoleModel) changeFrom(prior customRoleModel) api.CustomRoleRequest {
	return api.CustomRoleRequest{
		Name:        account.TextChange(prior.Name, m.Name),
		Description: account.TextChange(prior.Description, m.Description),
		Permissions: account.TextsChange(prior.Permissions, m.Permissions),
	}
}

var customRoleSources = lookup.Sources[api.Client, api.CustomRole, customRoleModel]{
	Type: "chatlake_custom_role", Plural: "chatlake_custom_roles", ListName: "custom_roles",
	Description:       "A custom role of the account, by id or `name`.",
	PluralDescription: "All custom roles of the account.",
	ListDescription:   "The custom roles.",
	Attributes: map[string]schema.Attribute{
		"id":          attribute.Found("The role's id."),
		"name":        attribute.Found("What the role is called."),
		"description": attribute.Found("What the role is for."),
		"permissions": attribute.FoundIDs("What the role lets agents do; null if it adds nothing."),
	},
	Keys: []lookup.Key[api.CustomRole]{
		{
			Name: "id", Attribute: attribute.Lookup("The role's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(found api.CustomRole) string { return found.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("The role's name. Several roles may have the same one.", attribute.NotEmpty()),
			Of: func(found api.CustomRole) string { return found.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CustomRole, error) {
		return client.CustomRoles().All(ctx)
	},
	Model: func(found api.CustomRole, _ string) customRoleModel {
		var m customRoleModel
		m.fromAPI(found, true)

		return m
	},
}

var customRoleList = account.Listing[api.CustomRole, customRoleModel]{
	Type: "chatlake_custom_role", Noun: "custom roles",
	Description: "All custom roles of the account.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.CustomRole, error) {
		return client.CustomRoles().All(ctx)
	}),
	Name: func(found api.CustomRole) string { return found.Name },
	Fill: func(_ context.Context, _ *api.Client, m *customRoleModel, found api.CustomRole, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
