package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// customAttributeDefinitionSources are the data sources chatlake_custom_attribute_definition and chatlake_custom_attribute_definitions.
var customAttributeDefinitionSources = lookup.Sources[api.Client, api.CustomAttributeDefinition, customAttributeDefinitionData]{
	Type: "chatlake_custom_attribute_definition", Plural: "chatlake_custom_attribute_definitions", ListName: "custom_attribute_definitions",
	Description:       "A custom attribute definition, by id or `attribute_key`.",
	PluralDescription: "All custom attribute definitions of the account.",
	ListDescription:   "The custom attribute definitions.",
	Attributes: map[string]schema.Attribute{
		"id":                     attribute.Found("The definition's id."),
		"attribute_display_name": attribute.Found("What agents see."),
		"attribute_key":          attribute.Found("The attribute's key."),
		"attribute_model":        attribute.Found("What has the attribute."),
		"attribute_display_type": attribute.Found("The kind of value."),
		"attribute_description":  attribute.Found("What the attribute means."),
		"attribute_values":       attribute.FoundTexts("What agents choose from."),
		"regex_pattern":          attribute.Found("A regular expression that values must match."),
		"regex_cue":              attribute.Found("What agents are told about it."),
		"created_at":             attribute.Found("When it was made. RFC 3339, in UTC."),
	},
	Keys: []lookup.Key[api.CustomAttributeDefinition]{
		{
			Name: "id", Attribute: attribute.Lookup("The custom attribute definition's id. Exactly one of `id` and `attribute_key` is needed.", attribute.IntegerID()),
			Of: func(found api.CustomAttributeDefinition) string { return found.ID.String() },
		},
		{
			Name: "attribute_key", Attribute: attribute.Lookup("The attribute's key, with `attribute_model` if several models have it.", attribute.NotEmpty()),
			Of: func(found api.CustomAttributeDefinition) string { return found.Key },
		},
	},
	Filters: []lookup.Key[api.CustomAttributeDefinition]{
		{
			Name: "attribute_model", Attribute: attribute.Lookup("What has the attribute; needed if several models have the key.", attribute.Known(definitionModels...)),
			Of: func(found api.CustomAttributeDefinition) string { return found.Model },
		},
	},
	ListFilters: []lookup.Key[api.CustomAttributeDefinition]{
		{
			Name: "attribute_model",
			Attribute: schema.StringAttribute{
				MarkdownDescription: "Only those of what has the attribute: " + attribute.Choices(definitionModels...) + ".", Optional: true,
				Validators: attribute.OrEmpty(attribute.Known(definitionModels...)),
			},
			Of: func(found api.CustomAttributeDefinition) string { return found.Model },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.CustomAttributeDefinition, error) {
		return client.CustomAttributeDefinitions(ctx)
	},
	Model: func(found api.CustomAttributeDefinition, _ string) customAttributeDefinitionData {
		var m customAttributeDefinitionData
		m.fromAPI(found, true)

		return m
	},
}
