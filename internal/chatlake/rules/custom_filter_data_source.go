package rules

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// customFilterSources are the data sources chatlake_custom_filter and chatlake_custom_filters.
var customFilterSources = lookup.Sources[api.Client, api.CustomFilter, filterData]{
	Type: "chatlake_custom_filter", Plural: "chatlake_custom_filters", ListName: "custom_filters",
	Description:       "A custom filter, by id or `name`.",
	PluralDescription: "All custom filters of the token's user.",
	ListDescription:   "The custom filters.",
	Attributes: map[string]schema.Attribute{
		"id":          attribute.Found("The filter's id."),
		"name":        attribute.Found("What the view is called."),
		"filter_type": attribute.Found("What is shown."),
		"query":       attribute.Found("Which are shown, as JSON."),
		"created_at":  attribute.Found("When it was made. RFC 3339, in UTC."),
	},
	Keys: []lookup.Key[api.CustomFilter]{
		{
			Name: "id", Attribute: attribute.Lookup("The custom filter's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(filter api.CustomFilter) string { return filter.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("What the view is called. It is an error if several have it.", attribute.NotEmpty()),
			Of: func(filter api.CustomFilter) string { return filter.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CustomFilter, error) {
		return client.CustomFilters(ctx)
	},
	Model: func(filter api.CustomFilter, _ string) filterData {
		var m filterData
		m.fromAPI(filter)

		return m
	},
}
