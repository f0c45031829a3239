package platform

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// userSources is the data source chatlake_platform_user. There is no list.
var userSources = lookup.Sources[api.Platform, api.PlatformUser, userData]{
	Type:        "chatlake_platform_user",
	Description: "A person whom the platform app made or was given, by id. The platform API has no list of people, so there is no data source of all.",
	Attributes: map[string]schema.Attribute{
		"id":                attribute.Found("The person's id."),
		"name":              attribute.Found("The person's name."),
		"email":             attribute.Found("The address the person signs in with."),
		"display_name":      attribute.Found("What customers see instead of the name."),
		"confirmed":         attribute.FoundFlag("Whether the address is confirmed."),
		"custom_attributes": attribute.Found("The person's attributes, as JSON."),
	},
	Keys: []lookup.Key[api.PlatformUser]{{
		Name: "id", Attribute: attribute.RequiredLookup("The person's id.", attribute.IntegerID()),
		Of: func(found api.PlatformUser) string { return found.ID.String() },
	}},
	Client: clientOf,
	One: func(ctx context.Context, client *api.Platform, _, id string) (api.PlatformUser, error) {
		return client.User(ctx, api.ParseID(id))
	},
	Model: func(found api.PlatformUser, _ string) userData {
		return userData{
			ID: types.StringValue(found.ID.String()), Name: types.StringValue(found.Name), Email: types.StringValue(found.Email),
			DisplayName: tfvalue.StringOrNull(found.DisplayName), Confirmed: types.BoolValue(found.Confirmed),
			CustomAttributes: account.JSONText(found.CustomAttributes),
		}
	},
}
