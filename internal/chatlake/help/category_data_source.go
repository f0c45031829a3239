package help

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// categorySources are the data sources chatlake_category and chatlake_categories.
var categorySources = lookup.Sources[api.Client, api.Category, categoryData]{
	Type: "chatlake_category", Plural: "chatlake_categories", ListName: "categories",
	Description:       "A chapter of a help center. It needs an administrator's token.",
	PluralDescription: "All categories of a help center, in their order.",
	ListDescription:   "The categories.",
	Parent:            &lookup.Parent{Name: "portal_slug", Attribute: attribute.RequiredLookup("The portal's slug.", attribute.NotEmpty())},
	Attributes: map[string]schema.Attribute{
		"id":                     attribute.Found("The category's id."),
		"portal_slug":            attribute.Found("The portal's slug."),
		"name":                   attribute.Found("What the category is called."),
		"slug":                   attribute.Found("What addresses name the category by."),
		"locale":                 attribute.Found("The category's language."),
		"description":            attribute.Found("What the category is about."),
		"position":               attribute.FoundNumber("Where the category is among the others."),
		"icon":                   attribute.Found("The category's picture."),
		"icon_color":             attribute.Found("The picture's colour."),
		"parent_category_id":     attribute.Found("The id of the category that this one is in."),
		"associated_category_id": attribute.Found("The id of the category that this one is a translation of."),
		"related_category_ids":   attribute.FoundIDs("The ids of categories that readers are pointed to."),
	},
	Keys:   []lookup.Key[api.Category]{{Name: "id", Attribute: attribute.RequiredLookup("The category's id.", attribute.IntegerID())}},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, portal string) ([]api.Category, error) {
		return client.Categories(ctx, portal)
	},
	One: func(ctx context.Context, client *api.Client, portal, id string) (api.Category, error) {
		return client.Category(ctx, portal, api.ParseID(id))
	},
	Model: func(category api.Category, portal string) categoryData {
		m := categoryData{PortalSlug: types.StringValue(portal)}
		m.fromAPI(category, true)

		return m
	},
}
