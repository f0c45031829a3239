package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// webhookSources are the data sources chatlake_webhook and chatlake_webhooks.
var webhookSources = lookup.Sources[api.Client, api.Webhook, webhookData]{
	Type: "chatlake_webhook", Plural: "chatlake_webhooks", ListName: "webhooks",
	Description:       "A webhook, by id or `url`.",
	PluralDescription: "All webhooks of the account.",
	ListDescription:   "The webhooks.",
	Attributes: map[string]schema.Attribute{
		"id":            attribute.Found("The webhook's id."),
		"url":           attribute.FoundSecret("The address that is posted to."),
		"name":          attribute.Found("What the webhook is called."),
		"subscriptions": attribute.FoundIDs("What is posted."),
		"inbox_id":      attribute.Found("The id of the inbox that is noted with the webhook."),
		"secret":        attribute.FoundSecret("The key that signs what is posted."),
	},
	Keys: []lookup.Key[api.Webhook]{
		{
			Name: "id", Attribute: attribute.Lookup("The webhook's id. Exactly one of `id` and `url` is needed.", attribute.IntegerID()),
			Of: func(found api.Webhook) string { return found.ID.String() },
		},
		{
			Name: "url", Attribute: sensitive(attribute.Lookup("The address that is posted to.")),
			Of: func(found api.Webhook) string { return found.URL },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Webhook, error) {
		return client.Webhooks(ctx)
	},
	Model: func(found api.Webhook, _ string) webhookData {
		var m webhookData
		m.fromAPI(found, true)

		return m
	},
}

func sensitive(a schema.StringAttribute) schema.StringAttribute {
	a.Sensitive = true
	return a
}
