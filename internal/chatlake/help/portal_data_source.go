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

// portalSources are the data sources chatlake_portal and chatlake_portals.
var portalSources = lookup.Sources[api.Client, api.Portal, portalData]{
	Type: "chatlake_portal", Plural: "chatlake_portals", ListName: "portals",
	Description:       "A portal, by id or `slug`.",
	PluralDescription: "All portals of the account.",
	ListDescription:   "The portals.",
	Attributes: map[string]schema.Attribute{
		"id":              attribute.Found("The portal's id."),
		"slug":            attribute.Found("What addresses name the portal by."),
		"name":            attribute.Found("What the portal is called."),
		"color":           attribute.Found("The portal's colour."),
		"custom_domain":   attribute.Found("A domain of the portal's own."),
		"header_text":     attribute.Found("What the portal's first page says."),
		"homepage_link":   attribute.Found("Where the portal's logo leads to."),
		"page_title":      attribute.Found("What browsers show as the title."),
		"archived":        attribute.FoundFlag("Whether the portal is archived."),
		"default_locale":  attribute.Found("The portal's language."),
		"allowed_locales": attribute.FoundIDs("The languages that categories and articles may have."),
		"draft_locales":   attribute.FoundIDs("Those that are not shown yet."),
		"layout":          attribute.Found("How the portal looks."),
		"social_profiles": schema.MapAttribute{MarkdownDescription: "Links to the business elsewhere, by network.", ElementType: types.StringType, Computed: true},
		"inbox_id":        attribute.Found("The id of the web widget that the portal's pages show."),
	},
	Keys: []lookup.Key[api.Portal]{
		{
			Name: "id", Attribute: attribute.Lookup("The portal's id. Exactly one of `id` and `slug` is needed.", attribute.IntegerID()),
			Of: func(portal api.Portal) string { return portal.ID.String() },
		},
		{
			Name: "slug", Attribute: attribute.Lookup("What addresses name the portal by.", attribute.NotEmpty()),
			Of: func(portal api.Portal) string { return portal.Slug },
		},
	},
	Client: account.ClientOf,
	All: func(ctx context.Context, client *api.Client, _ string) ([]api.Portal, error) {
		return client.Portals(ctx)
	},
	Model: func(portal api.Portal, _ string) portalData {
		var m portalData
		m.fromAPI(portal, true)

		return m
	},
}
