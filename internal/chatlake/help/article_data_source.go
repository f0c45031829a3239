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

// articleSources are the data sources chatlake_article and chatlake_articles.
var articleSources = lookup.Sources[api.Client, api.Article, articleData]{
	Type: "chatlake_article", Plural: "chatlake_articles", ListName: "articles",
	Description:       "A page of a help center. It needs an administrator's token.",
	PluralDescription: "All articles of a help center, in their order.",
	ListDescription:   "The articles.",
	Parent:            &lookup.Parent{Name: "portal_slug", Attribute: attribute.RequiredLookup("The portal's slug.", attribute.NotEmpty())},
	Attributes: map[string]schema.Attribute{
		"id":          attribute.Found("The article's id."),
		"portal_slug": attribute.Found("The portal's slug."),
		"title":       attribute.Found("The title."),
		"slug":        attribute.Found("What addresses name the article by."),
		"author_id":   attribute.Found("The id of the user who wrote it."),
		"content":     attribute.Found("The article, in Markdown."),
		"description": attribute.Found("What the article is about."),
		"status":      attribute.Found("Who sees the article."),
		"category_id": attribute.Found("The id of the category that it is in."),
		"locale":      attribute.Found("The category's language; the platform does not tell that of an article in none."),
		"position":    attribute.FoundNumber("Where the article is among the others."),
		"views":       attribute.FoundNumber("How often it was read."),
		"updated_at":  attribute.Found("When it was changed. RFC 3339, in UTC."),
	},
	Keys:   []lookup.Key[api.Article]{{Name: "id", Attribute: attribute.RequiredLookup("The article's id.", attribute.IntegerID())}},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, portal string) ([]api.Article, error) {
		return client.Articles(ctx, portal)
	},
	One: func(ctx context.Context, client *api.Client, portal, id string) (api.Article, error) {
		return client.Article(ctx, portal, api.ParseID(id))
	},
	Model: func(article api.Article, portal string) articleData {
		m := articleData{PortalSlug: types.StringValue(portal)}
		m.fromAPI(article)

		return m
	},
}
