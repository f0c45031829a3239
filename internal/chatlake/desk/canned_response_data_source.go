package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// cannedResponseSources are the data sources chatlake_canned_response and chatlake_canned_responses.
var cannedResponseSources = lookup.Sources[api.Client, api.CannedResponse, cannedResponseData]{
	Type: "chatlake_canned_response", Plural: "chatlake_canned_responses", ListName: "canned_responses",
	Description:       "A canned response, by id or `short_code`.",
	PluralDescription: "All canned responses of the account.",
	ListDescription:   "The canned responses.",
	Attributes: map[string]schema.Attribute{
		"id":         attribute.Found("The canned response's id."),
		"short_code": attribute.Found("What agents type to insert the text."),
		"content":    attribute.Found("The text."),
		"created_at": attribute.Found("When it was made. RFC 3339, in UTC."),
	},
	Keys: []lookup.Key[api.CannedResponse]{
		{
			Name: "id", Attribute: attribute.Lookup("The canned response's id. Exactly one of `id` and `short_code` is needed.", attribute.IntegerID()),
			Of: func(found api.CannedResponse) string { return found.ID.String() },
		},
		{
			Name: "short_code", Attribute: attribute.Lookup("What agents type to insert the text. Case counts.", attribute.NotEmpty()),
			Of: func(found api.CannedResponse) string { return found.ShortCode },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CannedResponse, error) {
		return client.CannedResponses(ctx)
	},
	Model: func(found api.CannedResponse, _ string) cannedResponseData {
		var m cannedResponseData
		m.fromAPI(found)

		return m
	},
}
