package platform

import (
	"context"
	"iter"
	"maps"
	"slices"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
	"github.com/seed-426837f5/terraform-provider-chat/internal/tfvalue"
)

// noList is what users have to know about the list of accounts before they build on it.
const noList = "The server can list the accounts of an app **only until one of them was deleted**, here or elsewhere: from then on this fails for good, and says so. " +
	"It never leaves accounts out. Where accounts come and go, name each by its id."

// accountSources are the data sources chatlake_platform_account and chatlake_platform_accounts. One is read without the list.
var accountSources = lookup.Sources[api.Platform, api.PlatformAccount, accountData]{
	Type: "chatlake_platform_account", Plural: "chatlake_platform_accounts", ListName: "accounts",
	Description:       "An account that the platform app made or was given, by id.",
	PluralDescription: "All accounts that the platform app made or was given, on servers from 2.9.0 on. " + noList,
	ListDescription:   "The accounts, by id.",
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
	All: func(ctx context.Context, client *api.Platform, _ string) ([]api.PlatformAccount, error) {
		return client.Accounts(ctx)
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

var accountList = lookup.Listing[*api.Platform, api.PlatformAccount, accountModel]{
	Type: "chatlake_platform_account", Noun: "accounts",
	Description: "All accounts that the platform app made or was given, on servers from 2.9.0 on. " + noList,
	Client:      clientOf,
	Objects: func(ctx context.Context, client *api.Platform, _ lookup.Arguments) iter.Seq2[api.PlatformAccount, error] {
		return lookup.Each(func() ([]api.PlatformAccount, error) { return client.Accounts(ctx) })
	},
	Name:     func(found api.PlatformAccount) string { return found.Name },
	Identity: identityOf[api.PlatformAccount],
	Fill: func(_ context.Context, _ *api.Platform, m *accountModel, found api.PlatformAccount, _ *diag.Diagnostics) bool {
		m.fromAPI(found, true)
		return true
	},
}
