package desk

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// labelSources are the data sources chatlake_label and chatlake_labels.
var labelSources = lookup.Sources[api.Client, api.Label, labelData]{
	Type: "chatlake_label", Plural: "chatlake_labels", ListName: "labels",
	Description:       "A label of the account, by id or title.",
	PluralDescription: "All labels of the account.",
	ListDescription:   "The labels, by title.",
	Attributes: map[string]schema.Attribute{
		"id":              attribute.Found("The label's id."),
		"title":           attribute.Found("The label's title, in lower case."),
		"description":     attribute.Found("What the label is for."),
		"color":           attribute.Found("The label's colour."),
		"show_on_sidebar": attribute.FoundFlag("Whether the label is in the agents' side bar; null if that is left open."),
	},
	Keys: []lookup.Key[api.Label]{
		{
			Name: "id", Attribute: attribute.Lookup("The label's id. Exactly one of `id` and `title` is needed.", attribute.IntegerID()),
			Of: func(label api.Label) string { return label.ID.String() },
		},
		{
			Name: "title", Attribute: attribute.Lookup("The label's title, in lower case.", attribute.LowerCase()),
			Of: func(label api.Label) string { return label.Title },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Label, error) {
		return client.Labels(ctx)
	},
	Model: func(label api.Label, _ string) labelData {
		var m labelData
		m.fromAPI(label, true)

		return m
	},
}
