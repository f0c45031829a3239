package help

import (
	"context"
	"iter"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/list"
	"github.com/hashicorp/terraform-plugin-framework/list/schema"

	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/api"
	"github.com/seed-426837f5/terraform-provider-chat/internal/lookup"
)

// ListResources lists what terraform query can list of this area.
func ListResources() []func() list.ListResource {
	return []func() list.ListResource{portalList.New, categoryList.New, articleList.New}
}

var portalList = account.Listing[api.Portal, portalModel]{
	Type: "chatlake_portal", Noun: "portals",
	Description: "All help centers of the account.",
	Objects:     account.Whole((*api.Client).Portals),
	Name:        func(found api.Portal) string { return found.Name + " (" + found.Slug + ")" },
	Fill: func(_ context.Context, _ *api.Client, m *portalModel, found api.Portal, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

// inPortal is the argument that names the help center.
func inPortal() map[string]schema.Attribute {
	return map[string]schema.Attribute{"portal_slug": lookup.Owner("The portal's slug.", attribute.NotEmpty())}
}

// partIdentity returns what identifies something in a help center.
func partIdentity[T api.Identified](found T, given lookup.Arguments) map[string]string {
	return map[string]string{"portal_slug": given.Text("portal_slug"), "id": api.IDOf(found).String()}
}

var categoryList = account.Listing[api.Category, categoryModel]{
	Type: "chatlake_category", Noun: "categories",
	Description: "All categories of a help center.",
	Arguments:   inPortal(),
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.Category, error] {
		return client.EachCategory(ctx, given.Text("portal_slug"))
	},
	Name:     func(found api.Category) string { return found.Name + " (" + found.Locale + ")" },
	Identity: partIdentity[api.Category],
	Fill: func(_ context.Context, _ *api.Client, m *categoryModel, found api.Category, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}

var articleList = account.Listing[api.Article, articleModel]{
	Type: "chatlake_article", Noun: "articles",
	Description: "All articles of a help center, those that were changed last first.",
	Arguments:   inPortal(),
	Objects: func(ctx context.Context, client *api.Client, given lookup.Arguments) iter.Seq2[api.Article, error] {
		return client.EachArticle(ctx, given.Text("portal_slug"))
	},
	Name:     func(found api.Article) string { return found.Title },
	Identity: partIdentity[api.Article],
	Fill: func(_ context.Context, _ *api.Client, m *articleModel, found api.Article, _ *diag.Diagnostics) {
		m.fromAPI(found, true)
	},
}
