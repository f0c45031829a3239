package connect

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// campaignKind is chatlake_campaign, with its data sources and its list.
func campaignKind() account.Kind {
	return account.Kind{Resource: newCampaignResource, DataSources: campaignSources.DataSources(), List: campaignList.New}
}

var campaignSources = lookup.Sources[api.Client, api.Campaign, campaignFound]{
	Type: "chatlake_campaign", Plural: "chatlake_campaigns", ListName: "campaigns",
	Description:       "A campaign of the account, by id or `title`.",
	PluralDescription: "All campaigns of the account.",
	ListDescription:   "The campaigns.",
	Attributes: map[string]schema.Attribute{
		"id":                                 attribute.Found("The campaign's number in the account."),
		"title":                              attribute.Found("What the campaign is called."),
		"description":                        attribute.Found("What the campaign is for."),
		"message":                            attribute.Found("What it says."),
		"inbox_id":                           attribute.Found("The id of its inbox."),
		"sender_id":                          attribute.Found("The id of the agent in whose name it speaks; null for a bot, and for a user who is gone."),
		"enabled":                            attribute.FoundFlag("Whether it is switched on; null counts as off."),
		"trigger_only_during_business_hours": attribute.FoundFlag("Whether it waits for the working hours of its inbox."),
		"scheduled_at":                       attribute.Found("When it is sent; null for one that runs all the time."),
		"audience": attribute.FoundList("Whom it is sent to; null for nobody, and for one that runs all the time.", map[string]schema.Attribute{
			"type": attribute.Found("What is meant: `Label`."), "id": attribute.Found("The id of the label."),
		}),
		"trigger_rules":   attribute.Found("Where and when it is shown on a website, as JSON."),
		"template_params": attribute.Found("The template that is sent by WhatsApp, as JSON."),
		"campaign_status": attribute.Found("`active`, `processing` or `completed`."),
		"campaign_type":   attribute.Found("`ongoing` for one that runs all the time, or `one_off`."),
	},
	Keys: []lookup.Key[api.Campaign]{
		{
			Name: "id", Attribute: attribute.Lookup("The campaign's number. Exactly one of `id` and `title` is needed.", attribute.IntegerID()),
			Of: func(found api.Campaign) string { return found.ID.String() },
		},
		{
			Name: "title", Attribute: attribute.Lookup("The campaign's title. Several campaigns may have the same one.", attribute.NotEmpty()),
			Of: func(found api.Campaign) string { return found.Title },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Campaign, error) {
		return client.Campaigns().All(ctx)
	},
	Model: func(found api.Campaign, _ string) campaignFound {
		m := campaignFound{TriggerRules: account.JSONText(found.TriggerRules), TemplateParams: account.JSONText(found.TemplateParams)}
		m.fromAPI(found, true)

		return m
	},
}

var campaignList = account.Listing[api.Campaign, campaignModel]{
	Type: "chatlake_campaign", Noun: "campaigns",
	Description: "All campaigns of the account.",
	Objects: account.Whole(func(client *api.Client, ctx context.Context) ([]api.Campaign, error) {
		return client.Campaigns().All(ctx)
	}),
	Name: func(found api.Campaign) string { return found.Title },
	Fill: func(_ context.Context, _ *api.Client, m *campaignModel, found api.Campaign, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
