package rules

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// macroSources are the data sources chatlake_macro and chatlake_macros.
var macroSources = lookup.Sources[api.Client, api.Macro, macroData]{
	Type: "chatlake_macro", Plural: "chatlake_macros", ListName: "macros",
	Description:       "A macro, by id or `name`.",
	PluralDescription: "All macros of the account.",
	ListDescription:   "The macros.",
	Attributes: map[string]schema.Attribute{
		"id":            attribute.Found("The macro's id."),
		"name":          attribute.Found("What the macro is called."),
		"visibility":    attribute.Found("Who sees it."),
		"actions":       attribute.Found("What is done, as JSON."),
		"created_by_id": attribute.Found("The id of the user who made it."),
	},
	Keys: []lookup.Key[api.Macro]{
		{
			Name: "id", Attribute: attribute.Lookup("The macro's id. Exactly one of `id` and `name` is needed.", attribute.IntegerID()),
			Of: func(macro api.Macro) string { return macro.ID.String() },
		},
		{
			Name: "name", Attribute: attribute.Lookup("What the macro is called. It is an error if several have it.", attribute.NotEmpty()),
			Of: func(macro api.Macro) string { return macro.Name },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Macro, error) {
		return client.Macros(ctx)
	},
	Model: func(macro api.Macro, _ string) macroData {
		var m macroData
		m.fromAPI(macro)

		return m
	},
}
