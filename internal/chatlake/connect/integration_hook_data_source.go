package connect

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// integrationHookKind is chatlake_integration_hook, with its data sources and its list.
func integrationHookKind() account.Kind {
	return account.Kind{Resource: newIntegrationHookResource, DataSources: integrationHookSources.DataSources(), List: integrationHookList.New}
}

var integrationHookSources = lookup.Sources[api.Client, api.IntegrationHook, integrationHookFound]{
	Type: "chatlake_integration_hook", Plural: "chatlake_integration_hooks", ListName: "integration_hooks",
	Description:       "An integration hook of the account, by id or `app_id`.",
	PluralDescription: "All integration hooks of the account, of the apps that the server lists and of those that the provider knows.",
	ListDescription:   "The integration hooks.",
	Attributes: map[string]schema.Attribute{
		"id":       attribute.Found("The hook's id."),
		"app_id":   attribute.Found("The app."),
		"inbox_id": attribute.Found("The id of the inbox that uses the app; null for the whole account."),
		"status":   attribute.Found("`enabled` or `disabled`."),
		"settings": attribute.Found("The settings that the server shows, as JSON; null if there are none."),
	},
	Keys: []lookup.Key[api.IntegrationHook]{
		{
			Name: "id", Attribute: attribute.Lookup("The hook's id. Exactly one of `id` and `app_id` is needed.", attribute.IntegerID()),
			Of: func(found api.IntegrationHook) string { return found.ID.String() },
		},
		{
			Name: "app_id", Attribute: attribute.Lookup("The app. Some apps, such as `dialogflow`, may have several hooks.", attribute.NotEmpty()),
			Of: func(found api.IntegrationHook) string { return found.AppID },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.IntegrationHook, error) {
		return client.IntegrationHooks().All(ctx)
	},
	Model: func(found api.IntegrationHook, _ string) integrationHookFound {
		return integrationHookFound{
			ID: types.StringValue(found.ID.String()), AppID: types.StringValue(found.AppID), InboxID: account.IDOrNull(found.InboxID()),
			Status: types.StringValue(found.Status()), Settings: account.JSONText(found.Settings),
		}
	},
}

var integrationHookList = account.Listing[api.IntegrationHook, integrationHookModel]{
	Type: "chatlake_integration_hook", Noun: "integration hooks",
	Description: "All integration hooks of the account.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.IntegrationHook, error) {
		return client.IntegrationHooks().All(ctx)
	}),
	Name: func(found api.IntegrationHook) string { return found.AppID },
	Fill: func(_ context.Context, _ *api.Client, m *integrationHookModel, found api.IntegrationHook, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
