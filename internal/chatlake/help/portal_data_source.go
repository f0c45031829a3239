package help

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework-validators/datasourcevalidator"
	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/seed-426837f5/terraform-provider-chat/internal/apidiag"
	"github.com/seed-426837f5/terraform-provider-chat/internal/attribute"
	"github.com/seed-426837f5/terraform-provider-chat/internal/chatlake/account"
)

var (
	_ datasource.DataSourceWithConfigValidators = (*portalDataSource)(nil)
	_ datasource.DataSourceWithConfigure        = (*portalsDataSource)(nil)
)

func newPortalDataSource() datasource.DataSource { return &portalDataSource{} }

func newPortalsDataSource() datasource.DataSource { return &portalsDataSource{} }

type portalDataSource struct{ account.DataSource }

func (d *portalDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_portal"
}

func portalDataAttributes() map[string]schema.Attribute {
	return map[string]schema.Attribute{
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
	}
}

func (d *portalDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	attributes := portalDataAttributes()
	attributes["id"] = attribute.Lookup("The portal's id. Exactly one of `id` and `slug` is needed.", attribute.IntegerID())
	attributes["slug"] = attribute.Lookup("What addresses name the portal by.", attribute.NotEmpty())
	resp.Schema = schema.Schema{MarkdownDescription: "A portal, by id or `slug`.", Attributes: attributes}
}

func (d *portalDataSource) ConfigValidators(context.Context) []datasource.ConfigValidator {
	return []datasource.ConfigValidator{datasourcevalidator.ExactlyOneOf(path.MatchRoot("id"), path.MatchRoot("slug"))}
}

func (d *portalDataSource) Read(ctx context.Context, req datasource.ReadRequest, resp *datasource.ReadResponse) {
	var config portalData
	resp.Diagnostics.Append(req.Config.Get(ctx, &config)...)
	if resp.Diagnostics.HasError() {
		return
	}

	all, err := d.Client.Portals(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read portals", err)
		return
	}

	for _, one := range all {
		if one.ID.String() == config.ID.ValueString() || one.Slug == config.Slug.ValueString() {
			config.fromAPI(one, true)
			resp.Diagnostics.Append(resp.State.Set(ctx, config)...)

			return
		}
	}

	apidiag.NotFound(&resp.Diagnostics, "Portal "+config.ID.ValueString()+config.Slug.ValueString())
}

type portalsDataSource struct{ account.DataSource }

func (d *portalsDataSource) Metadata(_ context.Context, _ datasource.MetadataRequest, resp *datasource.MetadataResponse) {
	resp.TypeName = "chatlake_portals"
}

func (d *portalsDataSource) Schema(_ context.Context, _ datasource.SchemaRequest, resp *datasource.SchemaResponse) {
	resp.Schema = schema.Schema{
		MarkdownDescription: "All portals of the account.",
		Attributes:          map[string]schema.Attribute{"portals": attribute.FoundList("The portals.", portalDataAttributes())},
	}
}

func (d *portalsDataSource) Read(ctx context.Context, _ datasource.ReadRequest, resp *datasource.ReadResponse) {
	found, err := d.Client.Portals(ctx)
	if err != nil {
		apidiag.Add(&resp.Diagnostics, "read portals", err)
		return
	}

	all := struct {
		Portals []portalData `tfsdk:"portals"`
	}{make([]portalData, len(found))}
	for i, one := range found {
		all.Portals[i].fromAPI(one, true)
	}

	resp.Diagnostics.Append(resp.State.Set(ctx, all)...)
}
