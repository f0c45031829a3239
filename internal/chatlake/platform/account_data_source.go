package platform

import (
	"context"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// accountSources is the data source chatlake_platform_account. There is no list that can be trusted.
var accountSources = lookup.Sources[api.Platform, api.PlatformAccount, accountData]{
	Type:        "chatlake_platform_account",
	Description: "An account that the platform app made or was given, by id. The platform API lists them only until one was deleted, so there is no data source of all.",
	Attributes: map[string]schema.Attribute{
		"id":                attribute.Found("The account's id."),
		"name":              attribute.Found("The account's name."),
		"locale":            attribute.Found("The account's language."),
		"domain":            attribute.Found("The domain of the account's addresses for incoming e-mail."),
		"support_email":     attribute.Found("The address that e-mail comes from; null if it is the installation's."),
		"status":            attribute.Found("`active` or `suspended`."),
		"features":          attribute.FoundTexts("The features that are on, by name."),
		"limits":            schema.MapAttribute{MarkdownDescription: "How much the account may have.", Computed: true, ElementType: types.Int64Type},
		"custom_attributes": attribute.Found("The account's attributes, as JSON."),
	},
	Keys: []lookup.Key[api.PlatformAccount]{{
		Name: "id", Attribute: attribute.RequiredLookup("The account's id.", attribute.IntegerID()),
		Of: func(found api.PlatformAccount) string { return found.ID.String() },
	}},
	Client: clientOf,
	One: func(ctx context.Context, client *api.Platform, _, id string) (api.PlatformAccount, error) {
		return client.Account(ctx, api.ParseID(id))
	},
	Model: func(found api.PlatformAccount, _ string) accountData {
		return accountData{
			ID: types.StringValue(found.ID.String()), Name: types.StringValue(found.Name), Locale: tfvalue.StringOrNull(found.Locale),
			Domain: tfvalue.StringOrNull(found.Domain), SupportEmail: tfvalue.StringOrNull(found.SupportEmail),
			Status: tfvalue.StringOrNull(found.Status), Features: account.TextListOrNull(slices.Sorted(maps.Keys(found.Features))),
			Limits: limitsOf(found.Limits), CustomAttributes: account.JSONText(found.CustomAttributes),
		}
	},
}
